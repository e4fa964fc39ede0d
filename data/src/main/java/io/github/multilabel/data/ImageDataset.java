package io.github.multilabel.data;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import ai.djl.util.Progress;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.DatasetDescription;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.image.Preprocessing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

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
    private final ImageSettings settings;
    private final Optional<WeightedDraw> weighted;
    private final Preprocessing preprocessing;
    private final SkippedImages skipped;
    private final ImageLoader loader;
    private final AtomicInteger epoch = new AtomicInteger();

    /**
     * Everything as {@link ImageDatasetBuilder} checked it.
     *
     * @param preprocessing of {@link #getData}
     */
    ImageDataset(
            HeadSet heads,
            List<Sample> samples,
            SkippedImages skipped,
            ImageSettings settings,
            Preprocessing preprocessing,
            int threads) {
        this.heads = heads;
        this.samples = samples;
        this.skipped = skipped;
        this.settings = settings;
        this.preprocessing = preprocessing;
        weighted = settings.weights().map(weights -> WeightedDraw.of(weights, heads, samples));
        loader = new ImageLoader(samples, settings, threads);
    }

    /** Starts to collect what a data set needs. */
    public static ImageDatasetBuilder builder() {
        return new ImageDatasetBuilder();
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
     * Decodes every image once and returns those that a pass would reject, whatever the policy. Takes as long as an
     * epoch without training; nothing is logged or counted.
     *
     * @return in the order of the samples; empty if all are whole
     * @throws IllegalStateException if the data set was closed
     */
    public List<SkippedImage> check() {
        return loader.check();
    }

    /**
     * The median of width divided by height, of what a pass shows of the images before it resizes them. A model whose
     * input has this shape sees most of them whole and hardly distorted. Of many images, a thousand are looked at that
     * lie evenly among them; those that cannot be read are passed over.
     *
     * @return 1 if none can be read
     * @throws IllegalStateException if the data set was closed
     */
    public double medianAspectRatio() {
        return loader.medianAspectRatio();
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
        return SampleOrder.batches(size(), settings.batchSize(), settings.shuffle(), weighted, pass);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The description of a training pass has batch size, order, sampling, augmentation, box crop, boxes, decoder and
     * limit; what becomes of bad images and the size of the photo cache are free to change. That of an evaluation has
     * box crop, boxes, decoder and limit, and its batch size is free. Both have the labels of each sample, and length
     * and time of change of each image that is a file, but not the folder in which the images are.
     */
    @Override
    public DatasetDescription describe(DataPass pass) {
        Map<String, String> compared = new LinkedHashMap<>(settings.compared(pass.training()));
        compared.put("boxes", SampleFingerprints.boxes(samples));
        if (pass.training()) {
            compared.put(
                    "sampling weights", weighted.map(WeightedDraw::fingerprint).orElse("none"));
        }
        return new DatasetDescription(compared, settings.free(pass.training()), SampleFingerprints.rows(this, samples));
    }

    /**
     * The batches of one pass with the image normalised, (N, 3, H, W) float32, for DJL's own loops. If the data set
     * shuffles, each call is the next training epoch of seed 0, otherwise it is an evaluation. A missing label is -1.
     *
     * @throws IllegalStateException if the data set was closed
     */
    @Override
    public Iterable<Batch> getData(NDManager manager) {
        DataPass pass = settings.shuffle()
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

    ImageSettings settings() {
        return settings;
    }
}
