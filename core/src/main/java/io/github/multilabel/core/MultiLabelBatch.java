package io.github.multilabel.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import ai.djl.translate.StackBatchifier;
import io.github.multilabel.core.internal.message.NearMatches;
import java.util.Arrays;
import java.util.List;

/**
 * A batch of images with their labels: one image array, and one label array per head, which is found by name.
 *
 * <ul>
 *   <li>{@code image()}: (N, 3, H, W) uint8 in [0, 255], RGB; in memory (N, H, W, 3), which PyTorch calls channels last
 *   <li>{@code label(head)} of a single-label head: (N) int64, {@code -1} where the label is missing
 *   <li>{@code label(head)} of a multi-label head: (N, K) float32 of 0 and 1, {@code -1} in the whole row where missing
 * </ul>
 *
 * <p>As a DJL {@link Batch}, its data list holds the array named {@code image}, its labels list one array per head,
 * named after the head, in the order of the heads. Closing the batch closes all of them.
 *
 * <p>For one thread at a time, the one that computes with it.
 */
public final class MultiLabelBatch extends Batch {

    /** The name of the image array in the data list. */
    public static final String IMAGE = "image";

    private final List<String> sources;
    private final List<Integer> indices;

    /**
     * Creates a batch that owns its manager, and whose positions in the data set are not known.
     *
     * @see #MultiLabelBatch(NDManager, NDArray, List, List, List, long, long)
     */
    public MultiLabelBatch(
            NDManager manager,
            NDArray image,
            List<Labels> labels,
            List<String> sources,
            long progress,
            long progressTotal) {
        this(manager, image, labels, sources, List.of(), progress, progressTotal);
    }

    /**
     * Creates a batch that owns its manager.
     *
     * @param manager holds the image and will hold the labels; closed with the batch
     * @param image (N, 3, H, W), attached to {@code manager}
     * @param labels of each of the N images, all of the same heads
     * @param sources N names that a message can show, such as file names; they need not differ
     * @param indices N numbers of the samples in the data set, see {@link MultiLabelDataset#labels}; none if they are
     *     not known
     * @param progress the number of this batch within its pass, from 0
     * @param progressTotal the number of batches of the pass
     */
    public MultiLabelBatch(
            NDManager manager,
            NDArray image,
            List<Labels> labels,
            List<String> sources,
            List<Integer> indices,
            long progress,
            long progressTotal) {
        super(
                manager,
                new NDList(named(image, IMAGE)),
                arrays(manager, labels),
                labels.size(),
                new StackBatchifier(),
                new StackBatchifier(),
                progress,
                progressTotal);
        if (image.getShape().get(0) != labels.size() || labels.size() != sources.size()) {
            throw new IllegalArgumentException("a batch needs as many labels and sources as images, got images "
                    + image.getShape() + ", " + labels.size() + " labels, " + sources.size() + " sources");
        }
        if (!indices.isEmpty() && indices.size() != labels.size()) {
            throw new IllegalArgumentException("a batch needs as many indices as images or none, got images "
                    + image.getShape() + ", " + indices.size() + " indices");
        }
        this.sources = List.copyOf(sources);
        this.indices = List.copyOf(indices);
    }

    private static NDArray named(NDArray array, String name) {
        array.setName(name);
        return array;
    }

    private static NDList arrays(NDManager manager, List<Labels> labels) {
        NDList arrays = new NDList();
        for (Head head : labels.get(0).heads()) {
            NDArray array = head.kind() == Head.Kind.SINGLE_LABEL
                    ? manager.create(
                            labels.stream().mapToLong(l -> l.index(head.name())).toArray())
                    : manager.create(indicators(head, labels), new Shape(labels.size(), head.size()));
            arrays.add(named(array, head.name()));
        }
        return arrays;
    }

    private static float[] indicators(Head head, List<Labels> labels) {
        float[] rows = new float[labels.size() * head.size()];
        for (int i = 0; i < labels.size(); i++) {
            int start = i * head.size();
            if (labels.get(i).isMissing(head.name())) {
                Arrays.fill(rows, start, start + head.size(), Labels.MISSING);
            } else {
                labels.get(i).indices(head.name()).forEach(index -> rows[start + index] = 1);
            }
        }
        return rows;
    }

    /** (N, 3, H, W); owned by the batch. */
    public NDArray image() {
        return getData().get(IMAGE);
    }

    /**
     * The labels of a head; owned by the batch.
     *
     * @throws IllegalArgumentException if the batch has no such head
     */
    public NDArray label(String head) {
        NDArray label = getLabels().get(head);
        if (label == null) {
            List<String> known = getLabels().stream().map(NDArray::getName).toList();
            throw new IllegalArgumentException(
                    "no head '" + head + "' in this batch; " + NearMatches.thereAre(head, known));
        }
        return label;
    }

    /** A name for each image, such as its file, for messages; two images can have the same. */
    public List<String> sources() {
        return sources;
    }

    /**
     * The index of each image in the data set, as in {@link MultiLabelDataset#labels}. It identifies a sample, since
     * names may occur twice. Empty if the data set does not provide indices.
     */
    public List<Integer> indices() {
        return indices;
    }
}
