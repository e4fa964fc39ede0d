package io.github.multilabel.evaluation.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.heads.HeadCalibration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Keeps the logits and labels of all images of a pass on the heap: 4 bytes for each category of each image. */
public final class KeptLogits implements EvaluationLoop.Watch {

    private final HeadSet heads;
    private final EvaluationLoop.Watch progress;
    /** By head. */
    private final List<List<float[]>> logits = new ArrayList<>();
    /** By head; of a single-label head the index alone. */
    private final List<List<float[]>> labels = new ArrayList<>();

    /**
     * Prepares a pass.
     *
     * @param heads of the model
     * @param progress watches too
     */
    public KeptLogits(HeadSet heads, EvaluationLoop.Watch progress) {
        this.heads = heads;
        this.progress = progress;
        for (int h = 0; h < heads.size(); h++) {
            logits.add(new ArrayList<>());
            labels.add(new ArrayList<>());
        }
    }

    /**
     * All images of a data set as a model answers them, in float32.
     *
     * @param model neither changed nor closed
     * @param data labelled images with the model's heads, in any order and beside others; not closed
     * @throws IllegalArgumentException if the data lacks a head of the model, or has no images
     * @throws IOException if the data cannot be read, or none of its images can be used
     */
    public static KeptLogits of(MultiLabelModel model, MultiLabelDataset data) throws IOException {
        FittingData.requireLabels("data", model.heads(), data);
        KeptLogits kept = new KeptLogits(model.heads(), EvaluationLoop.Watch.NONE);
        try (NDManager manager = model.manager().newSubManager();
                MultiHeadLoss loss = new MultiHeadLoss(manager, model.heads(), Map.of(), Map.of(), Map.of())) {
            new EvaluationLoop(manager, loss).run(data, model, Precision.FLOAT32, kept);
        }
        return kept;
    }

    @Override
    public boolean isStopAsked() {
        return progress.isStopAsked();
    }

    @Override
    public void onLogits(MultiLabelBatch batch, NDList ofHeads) throws IOException {
        progress.onLogits(batch, ofHeads);
        for (int h = 0; h < heads.size(); h++) {
            Head head = heads.get(h);
            addRows(ofHeads.get(head.name()).toFloatArray(), head.size(), logits.get(h));
            NDArray label = batch.label(head.name());
            switch (head.kind()) {
                case SINGLE_LABEL -> addRows(floats(label.toLongArray()), 1, labels.get(h));
                case MULTI_LABEL -> addRows(label.toFloatArray(), head.size(), labels.get(h));
            }
        }
    }

    private static float[] floats(long[] indices) { // exact up to 16 million categories
        float[] floats = new float[indices.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = indices[i];
        }
        return floats;
    }

    private static void addRows(float[] values, int width, List<float[]> rows) {
        for (int start = 0; start < values.length; start += width) {
            rows.add(Arrays.copyOfRange(values, start, start + width));
        }
    }

    @Override
    public void onBatch(int images, EvaluationAccumulator soFar) {
        progress.onBatch(images, soFar);
    }

    /** The heads of the model. */
    public HeadSet heads() {
        return heads;
    }

    /** (N, K), not to be changed. */
    public float[][] logits(Head head) {
        return logits.get(heads.indexOf(head.name())).toArray(float[][]::new);
    }

    /** (N) of a single-label head: the index of the category, or {@link Labels#MISSING}. */
    public int[] categories(Head head) {
        return labels.get(heads.indexOf(head.name())).stream()
                .mapToInt(row -> (int) row[0])
                .toArray();
    }

    /** (N, K) of a multi-label head: 1 with the tag, 0 without, below 0 where it is missing. */
    public float[][] tags(Head head) {
        return labels.get(heads.indexOf(head.name())).toArray(float[][]::new);
    }

    /** The same images, with other logits of those heads. */
    public KeptLogits calibrated(List<HeadCalibration> calibration) {
        KeptLogits other = new KeptLogits(heads, progress);
        for (int h = 0; h < heads.size(); h++) {
            other.logits.get(h).addAll(logits.get(h));
            other.labels.get(h).addAll(labels.get(h));
        }
        for (HeadCalibration each : calibration) {
            other.logits.get(heads.indexOf(each.head())).replaceAll(each::apply);
        }
        return other;
    }

    /** Shows all images, as a pass shows them. */
    public void show(List<? extends LogitRows.Taker> takers) {
        for (int i = 0; i < logits.get(0).size(); i++) {
            float[][] row = new float[heads.size()][];
            int[] known = new int[row.length];
            for (int h = 0; h < row.length; h++) {
                boolean isSingle = heads.get(h).kind() == Head.Kind.SINGLE_LABEL;
                row[h] = isSingle ? logits.get(h).get(i) : new float[0];
                known[h] = isSingle ? (int) labels.get(h).get(i)[0] : Labels.MISSING;
            }
            takers.forEach(taker -> taker.add(row, known));
        }
    }
}
