package io.github.multilabel.cars;

import io.github.multilabel.cars.download.StanfordCarsDownload;
import io.github.multilabel.core.ForwardingDataset;
import io.github.multilabel.core.image.BoxCrop;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.data.BadImages;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.SamplingWeights;
import io.github.multilabel.data.SkippedImage;
import io.github.multilabel.data.augment.Augmentation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Stanford Cars (16,185 photos of 196 models of cars) as a data set with several heads.
 *
 * <pre>{@code
 * try (StanfordCars train = StanfordCars.builder()
 *         .optRoot(Path.of("stanford_cars"))
 *         .optSplit(Split.TRAIN)
 *         .setSampling(32, true)
 *         .build()) {
 *     System.out.println(train.distribution());
 * }
 * }</pre>
 *
 * <p>The heads, all single-label:
 *
 * <ul>
 *   <li>{@code brand}: each brand with more than a share of the photos, sorted by name, and {@code Other}; with the
 *       defaults Audi, BMW, Chevrolet, Dodge, Ford, Other
 *   <li>{@code type}: Convertible, Coupe, SUV, Van, Other, by {@link VehicleTypeRule#byBody()}
 *   <li>{@code year}: 2009 and earlier, 2010 and later
 *   <li>{@code model}: the 196 names themselves; only if asked for
 * </ul>
 *
 * <p>The heads come from all labelled annotations of the folder, whatever split is asked for, so that training and test
 * data of one folder have the same heads. A photo whose class the annotations do not tell is missing in all heads.
 *
 * <p>Every layout that people have is read and found out: torchvision's, the authors' merged one, Kaggle's doubled
 * folders and Kaggle's folders by class; see {@link Builder#optRoot}.
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
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Whether a folder has test photos to judge by: photos of the test split that are there and whose class is told.
     * Where it has none, as with the annotations that were published first, hold out a share of the training photos,
     * see {@link Builder#optFraction}.
     *
     * @param root as for {@link Builder#optRoot}
     * @throws IOException if no data is found there, or it cannot be understood
     */
    public static boolean hasLabelledTest(Path root) throws IOException {
        return CarLayouts.read(root).rows().stream()
                .anyMatch(row -> row.test()
                        && row.category() != CarFiles.MISSING
                        && row.file().isPresent());
    }

    /** The number of photos in use: those that are there, up to the limit. */
    @Override
    public int size() {
        return super.size();
    }

    /** The number of annotated photos of the split (and share of it) that was asked for, there or not. */
    public int annotated() {
        return selection.annotated().size();
    }

    /** The number of annotated photos that are really there. */
    public int present() {
        return selection.present().size();
    }

    /**
     * The name of the car on a photo, if the annotations tell.
     *
     * @param index in [0, size)
     */
    public Optional<CarName> carName(int index) {
        return selection.name(index);
    }

    /** How the photos in use are distributed over the categories. */
    public Distribution distribution() {
        return selection.distribution(selection.used());
    }

    /** How all {@link #annotated} photos are distributed over the categories, whether they are there or not. */
    public Distribution annotatedDistribution() {
        return selection.distribution(selection.annotated());
    }

    /** The photos that passes left out so far because they could not be decoded. */
    public List<SkippedImage> skipped() {
        return images.skipped();
    }

    /** Says which part of the data is wanted, and with which heads. {@code setSampling} must be called. */
    public static final class Builder {

        private final ImageDataset.Builder images = ImageDataset.builder();
        private final Problems wrong = new Problems("build StanfordCars");
        private StanfordCarsDownload download = StanfordCarsDownload.builder().build();
        private Path root;
        private final CarQuery query = new CarQuery();
        private boolean sampling;

        private Builder() {}

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
        public Builder optRoot(Path folder) {
            root = Objects.requireNonNull(folder, "root");
            return this;
        }

        /** Where the data comes from if no root is given; the default takes 2 GB from the fast.ai mirror. */
        public Builder optDownload(StanfordCarsDownload source) {
            download = Objects.requireNonNull(source, "download");
            return this;
        }

        /** Which photos; the default is {@link Split#TRAIN}. */
        public Builder optSplit(Split photos) {
            query.split = Objects.requireNonNull(photos, "split");
            return this;
        }

        /** The same in DJL's words: TRAIN or TEST. There is no VALIDATION; see {@link #optFraction}. */
        public Builder optUsage(Usage usage) {
            switch (usage) {
                case TRAIN -> query.split = Split.TRAIN;
                case TEST -> query.split = Split.TEST;
                default ->
                    wrong.add(
                            "optUsage",
                            usage,
                            "Stanford Cars has no such photos; use TEST, or hold out a share of the training photos with"
                                    + " optFraction(0.9, 1)");
            }
            return this;
        }

        /**
         * Only a part of the split, drawn by a fixed shuffle: {@code optFraction(0, 0.9)} and {@code optFraction(0.9,
         * 1)} have no photo in common and together have all. Which photos belong to a part does not depend on which are
         * there.
         */
        public Builder optFraction(double fromShare, double toShare) {
            query.from = fromShare;
            query.to = toShare;
            return this;
        }

        /** At most so many photos, drawn by a fixed shuffle. */
        public Builder optLimit(int photos) {
            query.limit = photos;
            return this;
        }

        /** The images per batch, and whether a training pass shuffles them. */
        public Builder setSampling(int batchSize, boolean shuffle) {
            if (batchSize < 1) {
                wrong.add("setSampling", batchSize + ", " + shuffle, "at least 1 image per batch");
            } else {
                images.setSampling(batchSize, shuffle);
            }
            sampling = true;
            return this;
        }

        /** The heads in the order wanted, of brand, type, year, model; the default is the first three. */
        public Builder optHeads(String... names) {
            return optHeads(List.of(names));
        }

        /** The heads in the order wanted, of brand, type, year, model; the default is the first three. */
        public Builder optHeads(List<String> names) {
            query.heads = List.copyOf(names);
            return this;
        }

        /**
         * A brand is kept as a category if it has more than this number of photos among the 16,185, 1,000 by default.
         * On a part of the data, or on data of another size, the same share counts: with the 8,144 training annotations
         * alone a brand needs more than 8,144 * 1,000 / 16,185 = 503.2 photos, and the same five brands come out.
         */
        public Builder optBrandThreshold(int photosOfAll) {
            query.brandThreshold = photosOfAll;
            return this;
        }

        /** The brands to keep, in the order wanted, instead of the frequent ones; all others are Other. */
        public Builder optBrands(List<String> names) {
            if (names.isEmpty()) {
                wrong.add("optBrands", names, "at least one brand, or leave it away for the frequent ones");
            }
            query.brands = List.copyOf(names);
            return this;
        }

        /** What counts as which vehicle type; the default is {@link VehicleTypeRule#byBody()}. */
        public Builder optTypeRule(VehicleTypeRule rule) {
            query.types = Objects.requireNonNull(rule, "type rule");
            return this;
        }

        /**
         * Whether an annotated photo that is not there or cannot be decoded is an error (the default) or left out, with
         * a logged count.
         */
        public Builder optBadImages(BadImages policy) {
            query.skipMissing = Objects.requireNonNull(policy, "bad images") == BadImages.SKIP;
            images.optBadImages(policy);
            return this;
        }

        /** What {@link StanfordCars#getData} gives; ImageNet's at 224 pixels by default. Passes bring theirs. */
        public Builder optPreprocessing(Preprocessing preprocessing) {
            images.optPreprocessing(preprocessing);
            return this;
        }

        /**
         * Cuts each photo to the box around its car, with a margin, in training and in evaluation alike; a photo
         * without a box stays whole. Without this, the boxes serve augmentations alone, see
         * {@code RandomResizedCrop.keepingBox}.
         *
         * <p>The boxes count in the pixels of the photos as they were published, taken as upright; copies that were
         * resized do not fit them. Where most of a box lies outside its photo, or the box is empty or inverted, the
         * photo counts as one that cannot be used, see {@link #optBadImages}; but nothing tells a box that merely looks
         * as if it fitted. Whoever predicts with a model so trained has to cut alike: {@link BoxCrop#apply}.
         */
        public Builder optBoxCrop(BoxCrop crop) {
            images.optBoxCrop(Objects.requireNonNull(crop, "box crop"));
            return this;
        }

        /** How training passes change the images; see {@link Augmentation}. */
        public Builder optAugmentation(Augmentation augmentation) {
            images.optAugmentation(augmentation);
            return this;
        }

        /** Draws the photos of a training pass by weight; see {@link ImageDataset.Builder#optWeightedSampling}. */
        public Builder optWeightedSampling(SamplingWeights weights) {
            images.optWeightedSampling(weights);
            return this;
        }

        /** Keeps large photos made smaller in a folder; see {@link ImageDataset.Builder#optCache}. */
        public Builder optCache(Path folder, int shorterSide) {
            images.optCache(folder, shorterSide);
            return this;
        }

        /** The threads that decode. */
        public Builder optThreads(int threads) {
            images.optThreads(threads);
            return this;
        }

        /**
         * Reads the annotations and looks which photos are there; no photo is read.
         *
         * @throws IllegalArgumentException listing every option that is wrong
         * @throws IOException if the data cannot be downloaded, found or understood, or photos are missing
         */
        public StanfordCars build() throws IOException {
            Problems problems = new Problems("build StanfordCars").addAll(wrong);
            if (!sampling) {
                problems.missing("setSampling", "e.g. setSampling(32, true)");
            }
            query.check(problems);
            problems.throwIfAny();
            CarSelection selection = query.select(CarLayouts.read(root == null ? download.fetch() : root));
            return new StanfordCars(
                    images.setHeads(selection.heads())
                            .setSamples(selection.samples())
                            .build(),
                    selection);
        }
    }
}
