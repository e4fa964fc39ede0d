package io.github.multilabel.training.internal.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import ai.djl.util.Progress;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.ForwardingDataset;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.tensors.Normalizer;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.model.internal.FrozenPart;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data set as a frozen backbone sees it: the same samples in the same batches, but each batch has as its image the
 * features (N, F) float32. They are computed in the first pass and kept, in memory up to a budget, the rest in a
 * temporary file.
 */
public final class FeatureDataset extends ForwardingDataset {

    private static final Logger LOG = LoggerFactory.getLogger(FeatureDataset.class);

    /** A gigabyte: a million images of 256 features, or a hundred thousand of 2,560. */
    private static final long BUDGET = 1L << 30;

    private final MultiLabelDataset data;
    private final FrozenPart backbone;
    private final long budget;
    private final Path folder;
    private final BooleanSupplier stop;
    /** Null until the first pass. */
    private @Nullable FeatureRows rows;

    private @Nullable Preprocessing seen;
    private int width;

    /**
     * Features that are not computed yet, with a budget of a gigabyte or a quarter of the heap.
     *
     * @param data must know its {@link MultiLabelDataset#fixedBatches}; not closed here
     * @param backbone must be a whole one; not closed here
     * @param stop called before each batch; if it returns true, the pass ends with an {@link UncheckedIOException} of
     *     an {@link InterruptedIOException}
     */
    public FeatureDataset(MultiLabelDataset data, FrozenPart backbone, BooleanSupplier stop) {
        this(
                data,
                backbone,
                Math.min(BUDGET, Runtime.getRuntime().maxMemory() / 4),
                Path.of(System.getProperty("java.io.tmpdir")),
                stop);
    }

    FeatureDataset(MultiLabelDataset data, FrozenPart backbone, long budget, Path folder, BooleanSupplier stop) {
        super(data);
        this.data = data;
        this.backbone = backbone;
        this.budget = budget;
        this.folder = folder;
        this.stop = stop;
    }

    /**
     * The batches of a pass. The first pass, and the first after one of another image size, computes the features of
     * all images.
     *
     * @throws IllegalStateException if the images of this pass are not always the same
     */
    @Override
    public Batches batches(NDManager manager, DataPass pass) throws IOException {
        List<int[]> plan = data.fixedBatches(pass)
                .orElseThrow(() -> new IllegalStateException("the images of " + pass + " change from epoch to epoch"));
        if (!pass.preprocessing().equals(seen)) {
            close();
            compute(manager, pass.preprocessing());
            seen = pass.preprocessing();
        }
        return new FeatureBatches(manager, this, pass, plan);
    }

    private void compute(NDManager manager, Preprocessing preprocessing) throws IOException {
        int looked = 0;
        FeatureRows computed = rows;
        List<int[]> plan = data.fixedBatches(DataPass.evaluation(preprocessing)).orElseThrow();
        try (NoGradients off = NoGradients.onThisThread();
                Batches batches = data.batches(manager, DataPass.evaluation(preprocessing))) {
            while (batches.hasNext()) {
                if (stop.getAsBoolean()) {
                    throw new UncheckedIOException(
                            new InterruptedIOException("asked to stop after the features of " + looked + " images"));
                }
                try (MultiLabelBatch batch = batches.next()) {
                    NDArray image = Normalizer.normalize(batch.image(), preprocessing);
                    NDArray features = backbone.run(batch.getManager(), image);
                    float[] values = features.toFloatArray();
                    if (computed == null) {
                        width = (int) features.getShape().get(1);
                        computed = new FeatureRows(size(), width, budget, folder);
                        rows = computed;
                    }
                    int[] indices = indices(batch, plan);
                    for (int i = 0; i < indices.length; i++) {
                        computed.write(indices[i], Arrays.copyOfRange(values, i * width, (i + 1) * width));
                    }
                    looked += indices.length;
                }
            }
        }
        if (computed == null) {
            throw new IOException("not one of the " + size() + " images can be used");
        }
        LOG.info("computed the {} features of each of {} images once for all epochs", width, size());
    }

    /** Which samples a batch has; never by their names, which need not differ. */
    private static int[] indices(MultiLabelBatch batch, List<int[]> plan) {
        if (!batch.indices().isEmpty()) {
            return batch.indices().stream().mapToInt(Integer::intValue).toArray();
        }
        int[] planned = plan.get((int) batch.getProgress());
        if (planned.length == batch.getSize()) {
            return planned;
        }
        throw new IllegalStateException("batch " + batch.getProgress() + " has " + batch.getSize() + " of "
                + planned.length + " samples, and the data set does not know which: give the batches their indices, or"
                + " switch the cache off by optFeatureCache(false)");
    }

    boolean has(int index) {
        return rows().has(index);
    }

    private FeatureRows rows() {
        if (rows == null) {
            throw new IllegalStateException("the features are not computed yet, or forgotten");
        }
        return rows;
    }

    /** (N, F) of some samples. */
    NDArray features(NDManager manager, int... indices) throws IOException {
        float[] values = new float[indices.length * width];
        for (int i = 0; i < indices.length; i++) {
            rows().read(indices[i], values, i * width);
        }
        return manager.create(values, new Shape(indices.length, width));
    }

    /** Of no use here: the batches of {@link #batches} are what the trainer asks for. */
    @Override
    public Iterable<Batch> getData(NDManager manager) {
        throw new UnsupportedOperationException("features are read by batches(manager, pass)");
    }

    /** Does nothing: the first pass prepares what there is to prepare. */
    @Override
    public void prepare(Progress progress) {}

    /** Forgets the features; the data set that they are of stays open. */
    @Override
    public void close() {
        if (rows != null) {
            try {
                rows.close();
            } catch (IOException e) {
                LOG.warn("the temporary file of the features cannot be closed", e);
            }
            rows = null;
            seen = null;
        }
    }
}
