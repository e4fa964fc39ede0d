package io.github.multilabel.evaluation.internal;

import ai.djl.ndarray.NDList;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.evaluation.metrics.SureChoice;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Watches a model answer as it predicts, and then chooses from which probability on each hierarchy is sure. */
public final class SurePass implements EvaluationLoop.Watch {

    private final HeadSet heads;
    private final EvaluationLoop.Watch progress;
    private final List<SureFit> fits;

    /**
     * Begins without an image.
     *
     * @param heads of the model
     * @param progress watches too
     */
    public SurePass(HeadSet heads, EvaluationLoop.Watch progress) {
        this.heads = heads;
        this.progress = progress;
        fits = heads.hierarchy().finest().stream()
                .map(finest -> new SureFit(heads, finest))
                .toList();
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
            add(ofHeads, labels, row);
        }
    }

    private void add(float[][] logits, long[][] labels, int row) {
        float[][] ofRow = new float[logits.length][];
        int[] known = new int[logits.length];
        for (int h = 0; h < known.length; h++) {
            int size = labels[h].length == 0 ? 0 : heads.get(h).size();
            ofRow[h] = Arrays.copyOfRange(logits[h], row * size, (row + 1) * size);
            known[h] = labels[h].length == 0 ? Labels.MISSING : (int) labels[h][row];
        }
        fits.forEach(fit -> fit.add(ofRow, known));
    }

    @Override
    public void onBatch(int images, EvaluationAccumulator soFar) {
        progress.onBatch(images, soFar);
    }

    /**
     * Chooses.
     *
     * @param precision that is wished, in (0, 1)
     * @return for each hierarchy; none for one of which no threshold keeps it for certain
     */
    public List<SureChoice> choices(double precision) {
        return fits.stream()
                .map(fit -> fit.best(precision))
                .flatMap(Optional::stream)
                .toList();
    }
}
