package io.github.multilabel.cars;

import io.github.multilabel.core.ForwardingDataset;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.SkippedImage;
import io.github.multilabel.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Stanford Cars (16,185 photos of 196 models of cars) as a data set with several heads.
 *
 * <pre>{@code
 * try (StanfordCars train = StanfordCars.builder()
 *         .optRoot(Path.of("stanford_cars"))
 *         .optSplit(Split.TRAIN)
 *         .optBatchSize(32)
 *         .build()) {
 *     System.out.println(train.counts());
 * }
 * }</pre>
 *
 * <p>The heads, all single-label:
 *
 * <ul>
 *   <li>{@code brand}: each brand with more than a fraction of the photos, sorted by name, and {@code Other}; with the
 *       defaults Audi, BMW, Chevrolet, Dodge, Ford, Other
 *   <li>{@code type}: Convertible, Coupe, SUV, Van, Other, by {@link VehicleTypeRule#byBody()}
 *   <li>{@code year}: 2009 and earlier, 2010 and later
 *   <li>{@code model}: the 196 names themselves; only if asked for
 * </ul>
 *
 * <p>The heads come from all labelled annotations of the folder, whatever split is asked for, so that training and test
 * data of one folder have the same heads. A photo whose class the annotations do not have is missing in all heads.
 *
 * <p>Every layout that people have is read and found out: torchvision's, the authors' merged one, Kaggle's doubled
 * folders and Kaggle's folders by class; see {@link StanfordCarsBuilder#optRoot}.
 *
 * @see <a href="https://doi.org/10.1109/ICCVW.2013.77">Krause, Stark, Deng, Fei-Fei: 3D Object Representations for
 *     Fine-Grained Categorization, 3dRR-13</a>
 */
public final class StanfordCars extends ForwardingDataset {

    private final ImageDataset images;
    private final CarSelection selection;

    StanfordCars(ImageDataset images, CarSelection selection) {
        super(images);
        this.images = images;
        this.selection = selection;
    }

    /** Starts with the training photos and the heads brand, type and year. */
    public static StanfordCarsBuilder builder() {
        return new StanfordCarsBuilder();
    }

    /**
     * Whether a folder has labelled test photos: photos of the test split that are there and whose class is known. The
     * annotations that were published first have none; then {@link Split#VALIDATION} is a part of the training photos.
     *
     * @param root as for {@link StanfordCarsBuilder#optRoot}
     * @throws IOException if no data is found there, or it cannot be understood
     */
    public static boolean hasLabelledTest(Path root) throws IOException {
        return new CarSplits(CarLayouts.read(root)).hasLabelledTest();
    }

    /** The number of photos in use: those that are there, up to the limit. */
    @Override
    public int size() {
        return super.size();
    }

    /** The number of annotated photos of the split (and fraction of it) that was asked for, there or not. */
    public int annotated() {
        return selection.annotated().size();
    }

    /** The number of annotated photos that are really there. */
    public int present() {
        return selection.present().size();
    }

    /**
     * The name of the car on a photo, if the annotations have it.
     *
     * @param index in [0, size)
     */
    public Optional<CarName> carName(int index) {
        return selection.name(index);
    }

    /** How the photos in use are distributed over the categories. */
    public CategoryCounts counts() {
        return selection.counts(selection.used());
    }

    /** How all {@link #annotated} photos are distributed over the categories, whether they are there or not. */
    public CategoryCounts annotatedCounts() {
        return selection.counts(selection.annotated());
    }

    /** See {@link ImageDataset#medianAspectRatio}. */
    public double medianAspectRatio() {
        return images.medianAspectRatio();
    }

    /** The photos that passes left out so far because they could not be decoded. */
    public List<SkippedImage> skipped() {
        return images.skipped();
    }
}
