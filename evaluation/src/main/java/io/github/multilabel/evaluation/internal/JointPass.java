package io.github.multilabel.evaluation.internal;

import ai.djl.ndarray.NDList;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.evaluation.metrics.JointChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Watches the heads answer by themselves, and then chooses how those of each hierarchy are to answer. */
public final class JointPass implements EvaluationLoop.Watch {

    private final HeadSet heads;
    private final EvaluationLoop.Watch progress;
    private final List<JointFit> fits = new ArrayList<>();

    /**
     * Begins without an image.
     *
     * @param heads of the model
     * @param untrained heads that have learned nothing themselves
     * @param progress watches too
     */
    public JointPass(HeadSet heads, Set<String> untrained, EvaluationLoop.Watch progress) {
        this.heads = heads;
        this.progress = progress;
        Set<String> answered = new HashSet<>();
        for (String finest : heads.hierarchy().finest()) {
            List<String> parents = heads.hierarchy().parents(finest).stream()
                    .filter(answered::add) // a head that two determine answers with the first
                    .toList();
            if (!parents.isEmpty()) {
                fits.add(new JointFit(heads, finest, parents, untrained));
            }
        }
    }

    @Override
    public boolean isStopAsked() {
        return progress.isStopAsked();
    }

    @Override
    public void onLogits(MultiLabelBatch batch, NDList logits) throws IOException {
        int rows = batch.getSize();
        float[][] ofHeads = new float[heads.size()][];
        long[][] labels = new long[heads.size()][];
        for (int h = 0; h < heads.size(); h++) {
            Head head = heads.get(h);
            if (head.kind() == Head.Kind.SINGLE_LABEL) {
                ofHeads[h] = logits.get(head.name()).toFloatArray();
                labels[h] = batch.label(head.name()).toLongArray();
            }
        }
        for (int row = 0; row < rows; row++) {
            float[][] ofRow = new float[heads.size()][];
            int[] known = new int[heads.size()];
            for (int h = 0; h < known.length; h++) {
                int size = heads.get(h).size();
                ofRow[h] = ofHeads[h] == null ? new float[0] : Arrays.copyOfRange(ofHeads[h], row * size, (row + 1) * size);
                known[h] = labels[h] == null ? Labels.MISSING : (int) labels[h][row];
            }
            fits.forEach(fit -> fit.add(ofRow, known));
        }
    }

    @Override
    public void onBatch(int images, EvaluationAccumulator soFar) {
        progress.onBatch(images, soFar);
    }

    /** For each hierarchy of which images have all labels. */
    public List<JointChoice> choices() {
        return fits.stream().map(JointFit::best).flatMap(Optional::stream).toList();
    }
}
