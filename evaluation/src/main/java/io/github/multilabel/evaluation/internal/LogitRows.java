package io.github.multilabel.evaluation.internal;

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
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Shows each image of a pass, on the heap, to those who choose how heads answer. */
public final class LogitRows implements EvaluationLoop.Watch {

    private final HeadSet heads;
    private final EvaluationLoop.Watch progress;
    private final List<? extends Taker> takers;

    /** Takes one image after the other. */
    public interface Taker {
        /**
         * Takes an image.
         *
         * @param logits of all heads, in their order; of multi-label heads none
         * @param labels of the single-label heads, at the positions of all heads
         */
        void add(float[][] logits, int[] labels);
    }

    /**
     * Prepares a pass.
     *
     * @param heads of the model
     * @param progress watches too
     */
    public LogitRows(HeadSet heads, EvaluationLoop.Watch progress, List<? extends Taker> takers) {
        this.heads = heads;
        this.progress = progress;
        this.takers = takers;
    }

    /**
     * Shows all images of a data set as a model answers them, in float32.
     *
     * @param model neither changed nor closed
     * @param data labelled images with the model's heads, in any order and beside others; not closed
     * @throws IllegalArgumentException if the data lacks a head of the model, or has no images
     * @throws IOException if the data cannot be read, or none of its images can be used
     */
    public static void show(MultiLabelModel model, MultiLabelDataset data, List<? extends Taker> takers)
            throws IOException {
        FittingData.requireLabels("data", model.heads(), data);
        LogitRows rows = new LogitRows(model.heads(), EvaluationLoop.Watch.NONE, takers);
        try (NDManager manager = model.manager().newSubManager();
                MultiHeadLoss loss = new MultiHeadLoss(manager, model.heads(), Map.of(), Map.of(), Map.of())) {
            new EvaluationLoop(manager, loss).run(data, model, Precision.FLOAT32, rows);
        }
    }

    @Override
    public boolean isStopAsked() {
        return progress.isStopAsked();
    }

    @Override
    public void onLogits(MultiLabelBatch batch, NDList logits) throws IOException {
        progress.onLogits(batch, logits);
        float[][] ofHeads = new float[heads.size()][];
        long[][] labels = new long[heads.size()][];
        for (int h = 0; h < heads.size(); h++) {
            Head head = heads.get(h);
            boolean isSingle = head.kind() == Head.Kind.SINGLE_LABEL;
            ofHeads[h] = isSingle ? logits.get(head.name()).toFloatArray() : new float[0];
            labels[h] = isSingle ? batch.label(head.name()).toLongArray() : new long[0];
        }
        for (int row = 0; row < batch.getSize(); row++) {
            show(ofHeads, labels, row);
        }
    }

    private void show(float[][] logits, long[][] labels, int row) {
        float[][] ofRow = new float[logits.length][];
        int[] known = new int[logits.length];
        for (int h = 0; h < known.length; h++) {
            int size = labels[h].length == 0 ? 0 : heads.get(h).size();
            ofRow[h] = Arrays.copyOfRange(logits[h], row * size, (row + 1) * size);
            known[h] = labels[h].length == 0 ? Labels.MISSING : (int) labels[h][row];
        }
        takers.forEach(taker -> taker.add(ofRow, known));
    }

    @Override
    public void onBatch(int images, EvaluationAccumulator soFar) {
        progress.onBatch(images, soFar);
    }
}
