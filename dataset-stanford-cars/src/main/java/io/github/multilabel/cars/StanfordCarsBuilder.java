package io.github.multilabel.cars;

import ai.djl.training.dataset.Dataset.Usage;
import io.github.multilabel.cars.download.StanfordCarsDownload;
import io.github.multilabel.core.image.BoxCrop;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.data.BadImages;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.ImageDatasetBuilder;
import io.github.multilabel.data.SamplingWeights;
import io.github.multilabel.data.Split;
import io.github.multilabel.data.augment.Augmentation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Selects photos of Stanford Cars and their heads; {@link #build} reads the annotations. */
public final class StanfordCarsBuilder {

    private final ImageDatasetBuilder images = ImageDataset.builder();
    private StanfordCarsDownload download = StanfordCarsDownload.builder().build();
    private Optional<Path> root = Optional.empty();
    private final CarQuery query = new CarQuery();
    private final Problems nulls = new Problems("build StanfordCars");

    StanfordCarsBuilder() {}

    /**
     * The folder that has the data, or has a folder that does. Its layout is found out; understood are
     *
     * <pre>
     * devkit/*.mat, cars_train_annos.mat, cars_train/, cars_test/     (torchvision)
     * the same with cars_train/cars_train/ and cars_test/cars_test/   (Kaggle)
     * cars_annos.mat, car_ims/                                        (the authors, merged)
     * names.csv, anno_train.csv, car_data/car_data/train/NAME/        (Kaggle, by class)
     * </pre>
     *
     * <p>Without a root the data is downloaded once, see {@link #optDownload}.
     */
    public StanfordCarsBuilder optRoot(Path folder) {
        nulls.requireGiven("optRoot", folder, "the folder of the data; leave the option out to download it");
        root = Optional.ofNullable(folder);
        return this;
    }

    /** Where the data comes from if no root is given; the default takes 2 GB from the fast.ai mirror. */
    public StanfordCarsBuilder optDownload(StanfordCarsDownload source) {
        nulls.requireGiven("optDownload", source, "e.g. StanfordCarsDownload.builder().build()");
        download = source;
        return this;
    }

    /**
     * Changes which photos are used; {@link Split#TRAIN} by default. Where the folder has labelled test photos, TRAIN
     * has the 8,144 training photos, and VALIDATION and TEST have the 8,041 test photos. Where it has none, as with the
     * annotations that were published first, VALIDATION has a fixed tenth of the training photos and TRAIN the others.
     *
     * @param splits at least one; the photos of several are used together: {@code optSplit(Split.TRAIN, Split.TEST)}
     */
    public StanfordCarsBuilder optSplit(Split... splits) {
        query.splits = new LinkedHashSet<>(
                given("optSplit", splits == null ? null : Arrays.asList(splits), "e.g. Split.TRAIN"));
        return this;
    }

    /** The same in DJL's words. */
    public StanfordCarsBuilder optUsage(Usage usage) {
        return optSplit(
                switch (Given.require(usage, "usage", "TRAIN, VALIDATION or TEST")) {
                    case TRAIN -> Split.TRAIN;
                    case VALIDATION -> Split.VALIDATION;
                    case TEST -> Split.TEST;
                });
    }

    /**
     * Only a part of the split, drawn by a fixed shuffle: {@code optFraction(0, 0.9)} and {@code optFraction(0.9, 1)}
     * have no photo in common and together have all. Which photos belong to a part does not depend on which are there.
     *
     * @param from where the part begins, in [0, 1)
     * @param to where it ends, above {@code from}, at most 1
     */
    public StanfordCarsBuilder optFraction(double from, double to) {
        query.from = from;
        query.to = to;
        return this;
    }

    /** At most so many photos, drawn by a fixed shuffle. */
    public StanfordCarsBuilder optLimit(int photos) {
        query.limit = photos;
        return this;
    }

    /** The values of an option; none if it has a null, which {@link #build} reports. */
    private <T> List<T> given(String option, @Nullable List<T> values, String wanted) {
        if (values == null || values.stream().anyMatch(Objects::isNull)) {
            nulls.add(option, values, wanted);
            return List.of();
        }
        return values;
    }

    /** Changes the number of images per batch, at least 1; 32 by default. */
    public StanfordCarsBuilder optBatchSize(int batchSize) {
        query.batchSize = batchSize;
        images.optBatchSize(batchSize);
        return this;
    }

    /** Changes whether each training pass has a random order of its own; true by default. */
    public StanfordCarsBuilder optShuffle(boolean shuffle) {
        images.optShuffle(shuffle);
        return this;
    }

    /** The heads in the order wanted, of brand, type, year, model; the default is the first three. */
    public StanfordCarsBuilder optHeads(String... names) {
        return optHeads(Arrays.asList(Given.require(names, "names", "e.g. \"brand\", \"type\"")));
    }

    /** The heads in the order wanted, of brand, type, year, model; the default is the first three. */
    public StanfordCarsBuilder optHeads(List<String> names) {
        query.heads = List.copyOf(given("optHeads", names, "e.g. List.of(\"brand\", \"type\")"));
        return this;
    }

    /**
     * A brand is kept as a category if it has more than this number of photos among the 16,185, 1,000 by default. On a
     * part of the data, or on data of another size, the same fraction counts: with the 8,144 training annotations alone
     * a brand needs more than 8,144 * 1,000 / 16,185 = 503.2 photos, and the same five brands come out.
     */
    public StanfordCarsBuilder optBrandThreshold(int photosOfAll) {
        query.brandThreshold = photosOfAll;
        return this;
    }

    /** The brands to keep, in the order wanted, instead of the frequent ones; all others are Other. */
    public StanfordCarsBuilder optBrands(List<String> names) {
        query.brands =
                Optional.of(List.copyOf(given("optBrands", names, "leave the option out for the frequent ones")));
        return this;
    }

    /** What counts as which vehicle type; the default is {@link VehicleTypeRule#byBody()}. */
    public StanfordCarsBuilder optTypeRule(VehicleTypeRule rule) {
        nulls.requireGiven("optTypeRule", rule, "e.g. VehicleTypeRule.byBody()");
        query.types = rule;
        return this;
    }

    /**
     * Whether an annotated photo that is not there or cannot be decoded is an error (the default) or left out, with a
     * logged count.
     */
    public StanfordCarsBuilder optBadImages(BadImages policy) {
        query.skipMissing = policy == BadImages.SKIP;
        images.optBadImages(policy);
        return this;
    }

    /** What {@link StanfordCars#getData} gives; ImageNet's at 224 pixels by default. Passes bring theirs. */
    public StanfordCarsBuilder optPreprocessing(Preprocessing preprocessing) {
        images.optPreprocessing(preprocessing);
        return this;
    }

    /**
     * Cuts each photo to the box around its car, with a margin, in training and in evaluation alike; a photo without a
     * box stays whole. Without this, the boxes serve augmentations alone, see {@code RandomResizedCrop.keepingBox}.
     *
     * <p>The boxes count in the pixels of the photos as they were published, taken as upright; copies that were resized
     * do not fit them. Where most of a box lies outside its photo, or the box is empty or inverted, the photo counts as
     * one that cannot be used, see {@link #optBadImages}; but a box that merely looks as if it fitted is not noticed.
     * To predict with such a model, cut its images alike: {@link BoxCrop#apply}.
     */
    public StanfordCarsBuilder optBoxCrop(BoxCrop crop) {
        images.optBoxCrop(crop);
        return this;
    }

    /** How photos are decoded; {@link ImageDecoder#strict()} by default. */
    public StanfordCarsBuilder optDecoder(ImageDecoder decoder) {
        images.optDecoder(decoder);
        return this;
    }

    /** How training passes change the images; see {@link Augmentation}. */
    public StanfordCarsBuilder optAugmentation(Augmentation augmentation) {
        images.optAugmentation(augmentation);
        return this;
    }

    /** Draws the photos of a training pass by weight; see {@link ImageDatasetBuilder#optWeightedSampling}. */
    public StanfordCarsBuilder optWeightedSampling(SamplingWeights weights) {
        images.optWeightedSampling(weights);
        return this;
    }

    /** Keeps large photos made smaller in a folder; see {@link ImageDatasetBuilder#optCache}. */
    public StanfordCarsBuilder optCache(Path folder, int shorterSide) {
        images.optCache(folder, shorterSide);
        return this;
    }

    /** The threads that decode. */
    public StanfordCarsBuilder optThreads(int threads) {
        images.optThreads(threads);
        return this;
    }

    /**
     * Checks what can be checked without the data, for example before a download of hours; {@link #build} does the same
     * and more.
     *
     * @throws IllegalArgumentException listing every option that is wrong
     */
    public void requireUsable() {
        Problems problems = new Problems("build StanfordCars").addAll(nulls);
        query.check(problems);
        problems.throwIfAny();
        images.requireUsable();
    }

    /**
     * Reads the annotations and looks which photos are there; no photo is read.
     *
     * @throws IllegalArgumentException listing every option that is wrong
     * @throws IOException if the data cannot be downloaded, found or understood, or photos are missing
     */
    public StanfordCars build() throws IOException {
        requireUsable();
        CarSelection selection = query.select(CarLayouts.read(root.isPresent() ? root.get() : download.fetch()));
        return new StanfordCars(
                images.setHeads(selection.heads())
                        .setSamples(selection.samples())
                        .build(),
                selection);
    }
}
