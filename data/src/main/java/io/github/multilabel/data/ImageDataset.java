package io.github.multilabel.data;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import ai.djl.util.Progress;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.image.BoxCrop;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.data.augment.Augmentation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Labelled images, read in parallel a few batches ahead of the training step.
 *
 * <pre>{@code
 * try (ImageDataset photos = ImageDataset.builder()
 *         .setHeads(heads)
 *         .addSample(Sample.of(Path.of("car.jpg"), Labels.builder(heads).set("type", "SUV").build()))
 *         .optBatchSize(32)
 *         .build()) {
 *     trainer.fit(photos, validation);
 * }
 * }</pre>
 *
 * <p>Order and augmentation follow from the pass's seed, its epoch and the sample's index alone, so that one thread and
 * eight give the same batches. A training pass never ends in a batch of one image, of which batch norm knows nothing:
 * it joins the batch before it (unless the batch size is 1).
 *
 * <p>Safe for use by several threads; each {@link Batches} belongs to one.
 */
public final class ImageDataset implements MultiLabelDataset {

    private final HeadSet heads;
    private final List<Sample> samples;
    private final int batchSize;
    private final boolean shuffle;
    /** Null if each sample comes once an epoch. */
    private final WeightedDraw weighted;

    private final Preprocessing preprocessing;
    private final BadImages badImages;
    private final SkippedImages skipped;
    private final ImageLoader loader;
    private final AtomicInteger epoch = new AtomicInteger();

    private ImageDataset(Builder builder, UsableSamples found) {
        heads = builder.heads;
        samples = List.copyOf(found.used());
        batchSize = builder.batchSize;
        shuffle = builder.shuffle;
        weighted = builder.weighted(samples);
        preprocessing = builder.preprocessing;
        badImages = builder.badImages;
        skipped = new SkippedImages(found.leftOut(), builder.samples.size());
        loader = new ImageLoader(
                samples,
                builder.decoder,
                Optional.ofNullable(builder.boxCrop),
                builder.augmentation,
                Optional.ofNullable(builder.cache).map(folder -> new PhotoCache(folder, builder.cachedSide)),
                builder.threads);
    }

    /** Starts to collect what a data set needs. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public HeadSet heads() {
        return heads;
    }

    @Override
    public int size() {
        return samples.size();
    }

    @Override
    public Labels labels(int index) {
        return samples.get(index).labels();
    }

    @Override
    public String source(int index) {
        return samples.get(index).image().name();
    }

    /** The samples in order, without those that were left out when the data set was built. */
    public List<Sample> samples() {
        return samples;
    }

    /**
     * The images that were left out so far: first those that were missing when the data set was built, then those that
     * a pass could not decode, in the order of the samples.
     */
    public List<SkippedImage> skipped() {
        return skipped.list();
    }

    @Override
    public List<Integer> leftOut() {
        return skipped.indices();
    }

    /**
     * Decodes every image once and tells which ones a pass would reject, whatever the policy. Takes as long as an epoch
     * without training; nothing is logged or counted.
     *
     * @return in the order of the samples; empty if all are whole
     * @throws IllegalStateException if the data set was closed
     */
    public List<SkippedImage> check() {
        return loader.check();
    }

    /**
     * {@inheritDoc}
     *
     * <p>With {@link BadImages#SKIP}, a batch is smaller by its bad images, and one without any good image is passed
     * over; so is, in training, a batch of which a single image is left.
     *
     * @throws IllegalStateException if the data set was closed
     */
    @Override
    public Batches batches(NDManager manager, DataPass pass) {
        Objects.requireNonNull(manager, "manager");
        loader.requireOpen();
        return new ImageBatches(manager, pass, this, places(pass));
    }

    @Override
    public Optional<List<int[]>> fixedBatches(DataPass pass) {
        return pass.training() && loader.isAugmenting()
                ? Optional.empty()
                : Optional.of(places(pass).stream()
                        .map(batch -> SampleOrder.indices(batch, size()))
                        .toList());
    }

    private List<long[]> places(DataPass pass) {
        return SampleOrder.batches(size(), batchSize, shuffle, weighted, pass);
    }

    /**
     * The batches of one pass with the image normalised, (N, 3, H, W) float32, for DJL's own loops. If the sampling
     * shuffles, each call is the next training epoch of seed 0, otherwise it is an evaluation. A missing label is -1.
     *
     * @throws IllegalStateException if the data set was closed
     */
    @Override
    public Iterable<Batch> getData(NDManager manager) {
        DataPass pass = shuffle
                ? DataPass.training(preprocessing, 0, epoch.getAndIncrement())
                : DataPass.evaluation(preprocessing);
        Batches batches = batches(manager, pass);
        return () -> new NormalizedBatches(batches, preprocessing);
    }

    /** Does nothing: a data set is ready when it is built. */
    @Override
    public void prepare(Progress progress) {}

    @Override
    public void close() {
        loader.close();
    }

    ImageLoader loader() {
        return loader;
    }

    SkippedImages skippedImages() {
        return skipped;
    }

    BadImages badImages() {
        return badImages;
    }

    /** Collects what a data set needs. */
    public static final class Builder {

        private static final Logger LOG = LoggerFactory.getLogger(ImageDataset.class);
        private static final int SMALLEST_CACHED_SIDE = 32;

        private final List<Sample> samples = new ArrayList<>();
        private HeadSet heads;
        private int batchSize = 32;
        private boolean shuffle = true;
        private SamplingWeights weights;
        private Augmentation augmentation = Augmentation.light();
        private Preprocessing preprocessing = Preprocessing.imageNet(224);
        private ImageDecoder decoder = ImageDecoder.strict();
        private BadImages badImages = BadImages.FAIL;
        private BoxCrop boxCrop;
        private boolean caching;
        private Path cache;
        private int cachedSide = SMALLEST_CACHED_SIDE;
        private int threads = Runtime.getRuntime().availableProcessors();
        private Integer limit;

        private Builder() {}

        /** Sets the questions that the labels answer. Must be given. */
        public Builder setHeads(HeadSet heads) {
            this.heads = heads;
            return this;
        }

        /** Adds a labelled image. At least one must be given. */
        public Builder addSample(Sample sample) {
            samples.add(sample);
            return this;
        }

        /** Adds labelled images. */
        public Builder addSamples(Collection<Sample> samples) {
            this.samples.addAll(samples);
            return this;
        }

        /** These images, in place of any that were given before. */
        public Builder setSamples(Collection<Sample> samples) {
            this.samples.clear();
            return addSamples(samples);
        }

        /**
         * Changes the number of images per batch, at least 1; 32 by default. The last batch of a pass can be smaller.
         */
        public Builder optBatchSize(int batchSize) {
            this.batchSize = batchSize;
            return this;
        }

        /**
         * Changes whether each training pass has a random order of its own; true by default. An evaluation never
         * shuffles.
         */
        public Builder optShuffle(boolean shuffle) {
            this.shuffle = shuffle;
            return this;
        }

        /** Changes what training passes do to a picture; {@link Augmentation#light()} by default. */
        public Builder optAugmentation(Augmentation augmentation) {
            this.augmentation = augmentation;
            return this;
        }

        /**
         * Cuts each picture to the box of its {@link Sample#box()} before anything else, in training and in evaluation
         * alike; one without a box stays whole. Without this, boxes only serve augmentations that keep them in the
         * picture. A picture that its box does not fit counts as one that cannot be used, see {@link #optBadImages}.
         */
        public Builder optBoxCrop(BoxCrop crop) {
            this.boxCrop = crop;
            return this;
        }

        /**
         * Changes what {@link ImageDataset#getData} gives; ImageNet's at 224 pixels by default. Passes bring theirs.
         */
        public Builder optPreprocessing(Preprocessing preprocessing) {
            this.preprocessing = preprocessing;
            return this;
        }

        /** Changes how images are decoded; {@link ImageDecoder#strict()} by default. */
        public Builder optDecoder(ImageDecoder decoder) {
            this.decoder = decoder;
            return this;
        }

        /** Changes what happens to images that cannot be used; {@link BadImages#FAIL} by default. */
        public Builder optBadImages(BadImages badImages) {
            this.badImages = badImages;
            return this;
        }

        /**
         * Draws the images of a training pass by weight, with replacement, against skew. An epoch stays as long as
         * there are samples; an image that comes twice in it is augmented anew. The draw follows from the pass's seed
         * and epoch. Evaluation has every image once.
         */
        public Builder optWeightedSampling(SamplingWeights weights) {
            this.weights = weights;
            return this;
        }

        /**
         * Keeps large photos made smaller in a folder, so that later epochs and runs need not decode them again. Only
         * augmented training passes look there; evaluation sees the photos as they are. A photo that has changed is
         * made smaller anew. One entry of 300 by 400 pixels takes 360 KB; nothing is ever deleted: remove the folder
         * when it is no longer of use. Where it cannot be written, a warning says so and all goes on without.
         *
         * @param folder for this alone; data sets, processes and users can share it, as far as the permissions of its
         *     files allow, which are those of any new file
         * @param shorterSide of what is kept, in pixels, at least 32: about 1.5 times the model's image size, so that
         *     parts of the photo need not be enlarged
         */
        public Builder optCache(Path folder, int shorterSide) {
            this.caching = true;
            this.cache = folder;
            this.cachedSide = shorterSide;
            return this;
        }

        /** Changes the number of decoding threads; one per processor by default. */
        public Builder optThreads(int threads) {
            this.threads = threads;
            return this;
        }

        /**
         * Uses only so many of the samples, for a quick trial: one at random (always the same) from each of
         * {@code limit} stretches of equal length, so that a sorted table keeps its categories. All are used if there
         * are no more.
         */
        public Builder optLimit(int limit) {
            this.limit = limit;
            return this;
        }

        /**
         * Builds the data set, and asks each image whether it is there.
         *
         * @throws IllegalArgumentException if something is missing or wrong, the message lists all of it; or if the
         *     sample weights are not usable
         * @throws IOException if images are missing and are not to be skipped, or none is left
         */
        public ImageDataset build() throws IOException {
            requireComplete();
            withoutEffect().forEach(note -> LOG.warn("{}", note));
            return new ImageDataset(this, UsableSamples.of(samples, badImages, limit));
        }

        /** What was asked for, and will not happen. */
        List<String> withoutEffect() {
            List<String> notes = new ArrayList<>();
            if (boxCrop != null
                    && samples.stream().allMatch(sample -> sample.box().isEmpty())) {
                notes.add("optBoxCrop has no effect: none of the " + samples.size()
                        + " samples has a box; all images stay whole");
            }
            if (cache != null && augmentation == Augmentation.none()) {
                notes.add("optCache has no effect with Augmentation.none(): only training passes that augment look for"
                        + " smaller photos");
            }
            return notes;
        }

        private WeightedDraw weighted(List<Sample> used) {
            if (weights == null) {
                return null;
            }
            double[] found = weights.of(heads, used);
            if (found.length != used.size()) {
                throw new IllegalArgumentException("optWeightedSampling: got " + found.length + " weights for "
                        + used.size() + " samples; give one to each");
            }
            return new WeightedDraw(found);
        }

        private void requireComplete() {
            Problems problems = new Problems("build ImageDataset");
            if (heads == null) {
                problems.missing("setHeads", "pass the heads that the labels answer");
            } else {
                requireSameHeads(problems);
            }
            if (samples.isEmpty()) {
                problems.add("there are no samples: call addSample or addSamples");
            }
            problems.require(batchSize >= 1, "optBatchSize", batchSize, "at least 1 image per batch")
                    .require(
                            weights == null || shuffle,
                            "optShuffle",
                            shuffle,
                            "optWeightedSampling draws images at random; leave one of the two out")
                    .requireGiven("optAugmentation", augmentation, "for none, pass Augmentation.none()")
                    .requireGiven("optPreprocessing", preprocessing, "e.g. Preprocessing.imageNet(224)")
                    .requireGiven("optDecoder", decoder, "e.g. ImageDecoder.strict()")
                    .requireGiven("optBadImages", badImages, "pass FAIL or SKIP")
                    .require(
                            !caching || cache != null,
                            "optCache",
                            "null, " + cachedSide,
                            "name the folder, or leave it out")
                    .require(
                            cachedSide >= SMALLEST_CACHED_SIDE,
                            "optCache",
                            cache + ", " + cachedSide,
                            "the shorter side must be at least " + SMALLEST_CACHED_SIDE + " pixels")
                    .require(threads >= 1, "optThreads", threads, "at least 1")
                    .require(limit == null || limit >= 1, "optLimit", limit, "at least 1")
                    .throwIfAny();
        }

        private void requireSameHeads(Problems problems) {
            for (Sample sample : samples) {
                try {
                    heads.requireSame(sample.labels().heads());
                } catch (IllegalArgumentException e) {
                    problems.add("the labels of " + sample.image().name()
                            + (sample.origin().isEmpty() ? "" : " (" + sample.origin() + ")") + ": " + e.getMessage());
                    return; // one tells enough: they are mostly wrong together
                }
            }
        }
    }
}
