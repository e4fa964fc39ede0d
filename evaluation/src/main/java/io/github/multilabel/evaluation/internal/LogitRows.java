package io.github.multilabel.evaluation.internal;

import ai.djl.ndarray.NDList;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

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
