package io.github.multilabel.data;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.BoxCrop;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.data.augment.Augmentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects what a data set needs. */
public final class ImageDatasetBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(ImageDataset.class);
    private static final int SMALLEST_CACHED_SIDE = 32;

    private final List<Sample> samples = new ArrayList<>();
    private @Nullable HeadSet heads;
    private int batchSize = 32;
    private boolean shuffle = true;
    private Optional<SamplingWeights> weights = Optional.empty();
    private final Problems nulls = new Problems("build ImageDataset");
    private Augmentation augmentation = Augmentation.light();
    private Preprocessing preprocessing = Preprocessing.imageNet(224);
    private ImageDecoder decoder = ImageDecoder.strict();
    private BadImages badImages = BadImages.FAIL;
    private Optional<BoxCrop> boxCrop = Optional.empty();
    private Optional<Path> cache = Optional.empty();
    private int cachedSide = SMALLEST_CACHED_SIDE;
    private int threads = Runtime.getRuntime().availableProcessors();
    private OptionalInt limit = OptionalInt.empty();

    ImageDatasetBuilder() {}

    /** Sets the heads of the labels. Must be given. */
    public ImageDatasetBuilder setHeads(HeadSet heads) {
        this.heads = heads;
        return this;
    }

    /** Adds a labelled image. At least one must be given. */
    public ImageDatasetBuilder addSample(Sample sample) {
        nulls.requireGiven("addSample", sample, "e.g. Sample.of(file, labels)");
        samples.add(sample);
        return this;
    }

    /** Adds labelled images. */
    public ImageDatasetBuilder addSamples(Collection<Sample> samples) {
        if (samples == null) {
            nulls.add("addSamples", null, "the labelled images, e.g. table.samples()");
        } else {
            samples.forEach(this::addSample);
        }
        return this;
    }

    /** These images, in place of any that were given before. */
    public ImageDatasetBuilder setSamples(Collection<Sample> samples) {
        this.samples.clear();
        return addSamples(samples);
    }

    /** Changes the number of images per batch, at least 1; 32 by default. The last batch of a pass can be smaller. */
    public ImageDatasetBuilder optBatchSize(int batchSize) {
        this.batchSize = batchSize;
        return this;
    }

    /**
     * Changes whether each training pass has a random order of its own; true by default. An evaluation never shuffles.
     */
    public ImageDatasetBuilder optShuffle(boolean shuffle) {
        this.shuffle = shuffle;
        return this;
    }

    /** Changes what training passes do to an image; {@link Augmentation#light()} by default. */
    public ImageDatasetBuilder optAugmentation(Augmentation augmentation) {
        this.augmentation = augmentation;
        return this;
    }

    /**
     * Cuts each image to the box of its {@link Sample#box()} before anything else, in training and in evaluation alike;
     * one without a box stays whole. Without this, boxes only serve augmentations that keep them in the image. An image
     * that its box does not fit counts as one that cannot be used, see {@link #optBadImages}.
     */
    public ImageDatasetBuilder optBoxCrop(BoxCrop crop) {
        nulls.requireGiven("optBoxCrop", crop, "leave the option out to keep images whole");
        this.boxCrop = Optional.ofNullable(crop);
        return this;
    }

    /** Changes what {@link ImageDataset#getData} gives; ImageNet's at 224 pixels by default. Passes bring theirs. */
    public ImageDatasetBuilder optPreprocessing(Preprocessing preprocessing) {
        this.preprocessing = preprocessing;
        return this;
    }

    /** Changes how images are decoded; {@link ImageDecoder#strict()} by default. */
    public ImageDatasetBuilder optDecoder(ImageDecoder decoder) {
        this.decoder = decoder;
        return this;
    }

    /** Changes what happens to images that cannot be used; {@link BadImages#FAIL} by default. */
    public ImageDatasetBuilder optBadImages(BadImages badImages) {
        this.badImages = badImages;
        return this;
    }

    /**
     * Draws the images of a training pass by weight, with replacement, against skew. An epoch stays as long as there
     * are samples; an image that comes twice in it is augmented anew. The draw follows from the pass's seed and epoch.
     * Evaluation has every image once.
     */
    public ImageDatasetBuilder optWeightedSampling(SamplingWeights weights) {
        nulls.requireGiven("optWeightedSampling", weights, "e.g. SamplingWeights.balanced(\"brand\")");
        this.weights = Optional.ofNullable(weights);
        return this;
    }

    /**
     * Keeps large photos made smaller in a folder, so that later epochs and runs need not decode them again. Only
     * augmented training passes look there; evaluation sees the photos as they are. A photo that has changed is made
     * smaller anew. One entry of 300 by 400 pixels takes 360 KB; nothing is ever deleted: remove the folder when it is
     * no longer of use. Where it cannot be written, a warning is logged and training goes on without it.
     *
     * @param folder for this alone; data sets, processes and users can share it, as far as the permissions of its files
     *     allow, which are those of any new file
     * @param shorterSide of what is kept, in pixels, at least 32: about 1.5 times the model's image size, so that parts
     *     of the photo need not be enlarged
     */
    public ImageDatasetBuilder optCache(Path folder, int shorterSide) {
        nulls.requireGiven("optCache", folder, "a folder; leave the option out for no cache");
        this.cache = Optional.ofNullable(folder);
        this.cachedSide = shorterSide;
        return this;
    }

    /** Changes the number of decoding threads; one per processor by default. */
    public ImageDatasetBuilder optThreads(int threads) {
        this.threads = threads;
        return this;
    }

    /**
     * Uses only so many of the samples, for a quick trial: one at random (always the same) from each of {@code limit}
     * stretches of equal length, so that a sorted table keeps its categories. All are used if there are no more.
     */
    public ImageDatasetBuilder optLimit(int limit) {
        this.limit = OptionalInt.of(limit);
        return this;
    }

    /**
     * Checks what can be checked without the samples, for example before they are downloaded; {@link #build} does the
     * same and more.
     *
     * @throws IllegalArgumentException listing every option that is wrong
     */
    public void requireUsable() {
        Problems problems = new Problems("build ImageDataset").addAll(nulls);
        checkOptions(problems);
        problems.throwIfAny();
    }

    /**
     * Builds the data set, and asks each image whether it is there.
     *
     * @throws IllegalArgumentException if something is missing or wrong, the message lists all of it; or if the sample
     *     weights are not usable
     * @throws IOException if images are missing and are not to be skipped, or none is left
     */
    public ImageDataset build() throws IOException {
        nulls.throwIfAny();
        HeadSet given = requireComplete();
        withoutEffect().forEach(note -> LOG.warn("{}", note));
        UsableSamples usable = UsableSamples.of(samples, badImages, limit);
        ImageSettings settings = new ImageSettings(
                batchSize,
                shuffle,
                weights,
                augmentation,
                boxCrop,
                decoder,
                badImages,
                usable.limited() ? limit : OptionalInt.empty(),
                cache.map(folder -> new PhotoCache(folder, cachedSide)));
        return new ImageDataset(
                given,
                List.copyOf(usable.used()),
                new SkippedImages(usable.leftOut(), samples.size()),
                settings,
                preprocessing,
                threads);
    }

    /** What was asked for, and will not happen. */
    List<String> withoutEffect() {
        List<String> notes = new ArrayList<>();
        if (boxCrop.isPresent()
                && samples.stream().allMatch(sample -> sample.box().isEmpty())) {
            notes.add("optBoxCrop has no effect: none of the " + samples.size()
                    + " samples has a box; all images stay whole");
        }
        if (cache.isPresent() && augmentation == Augmentation.none()) {
            notes.add("optCache has no effect with Augmentation.none(): only training passes that augment look for"
                    + " smaller photos");
        }
        return notes;
    }

    private HeadSet requireComplete() {
        Problems problems = new Problems("build ImageDataset");
        HeadSet given = heads;
        if (given == null) {
            problems.missing("setHeads", "pass the heads of the labels");
        } else {
            requireSameHeads(given, problems);
        }
        if (samples.isEmpty()) {
            problems.add("there are no samples: call addSample or addSamples");
        }
        checkOptions(problems);
        problems.throwIfAny();
        return Objects.requireNonNull(given);
    }

    private void checkOptions(Problems problems) {
        problems.require(batchSize >= 1, "optBatchSize", batchSize, "at least 1 image per batch")
                .require(
                        weights.isEmpty() || shuffle,
                        "optShuffle",
                        shuffle,
                        "optWeightedSampling draws images at random; leave one of the two out")
                .requireGiven("optAugmentation", augmentation, "for none, pass Augmentation.none()")
                .requireGiven("optPreprocessing", preprocessing, "e.g. Preprocessing.imageNet(224)")
                .requireGiven("optDecoder", decoder, "e.g. ImageDecoder.strict()")
                .requireGiven("optBadImages", badImages, "pass FAIL or SKIP")
                .require(
                        cachedSide >= SMALLEST_CACHED_SIDE,
                        "optCache",
                        cache.map(Path::toString).orElse("") + ", " + cachedSide,
                        "the shorter side must be at least " + SMALLEST_CACHED_SIDE + " pixels")
                .require(
                        cache.filter(folder -> Files.exists(folder) && !Files.isDirectory(folder))
                                .isEmpty(),
                        "optCache",
                        cache.map(Path::toString).orElse(""),
                        "it is a file; name a folder")
                .require(threads >= 1, "optThreads", threads, "at least 1")
                .require(limit.isEmpty() || limit.getAsInt() >= 1, "optLimit", limit.orElse(0), "at least 1");
    }

    private void requireSameHeads(HeadSet heads, Problems problems) {
        for (Sample sample : samples) {
            try {
                heads.requireSame(sample.labels().heads());
            } catch (IllegalArgumentException e) {
                problems.add("the labels of " + sample.image().name()
                        + (sample.origin().isEmpty() ? "" : " (" + sample.origin() + ")") + ": " + e.getMessage());
                return; // one is enough: they are mostly wrong together
            }
        }
    }
}
