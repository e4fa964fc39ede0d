package io.github.multilabel.evaluation.internal;

import ai.djl.ndarray.NDList;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Keeps the logits and labels of a pass. */
public final class PredictionCollector implements EvaluationLoop.Watch {

    private final HeadSet heads;
    private final EvaluationLoop.Watch progress;
    private final Predictions.Builder collected;

    /**
     * Prepares a pass.
     *
     * @param heads of the model
     * @param progress watches too
     */
    public PredictionCollector(HeadSet heads, EvaluationLoop.Watch progress) {
        this.heads = heads;
        this.progress = progress;
        collected = Predictions.builder(heads);
    }

    /** What was collected so far. */
    public Predictions predictions() {
        return collected.build();
    }

    @Override
    public boolean isStopAsked() {
        return progress.isStopAsked();
    }

    @Override
    public void onLogits(MultiLabelBatch batch, NDList logits) throws IOException {
        progress.onLogits(batch, logits);
        float[][] ofHeads = heads.stream()
                .map(head -> logits.get(head.name()).toFloatArray())
                .toArray(float[][]::new);
        BatchLabels labels = new BatchLabels(heads, batch);
        for (int i = 0; i < batch.getSize(); i++) {
            int row = i;
            float[][] ofRow = IntStream.range(0, ofHeads.length)
                    .mapToObj(h -> {
                        int size = heads.get(h).size();
                        return Arrays.copyOfRange(ofHeads[h], row * size, (row + 1) * size);
                    })
                    .toArray(float[][]::new);
            collected.add(batch.sources().get(i), labels.of(i), ofRow);
        }
    }

    @Override
    public void onBatch(int images, EvaluationAccumulator soFar) {
        progress.onBatch(images, soFar);
    }

    /** The labels of a batch, on the heap. */
    private static final class BatchLabels {

        private final HeadSet heads;
        private final long[][] single;
        private final float[][] multi;

        BatchLabels(HeadSet heads, MultiLabelBatch batch) {
            this.heads = heads;
            single = new long[heads.size()][];
            multi = new float[heads.size()][];
            for (int h = 0; h < heads.size(); h++) {
                Head head = heads.get(h);
                switch (head.kind()) {
                    case SINGLE_LABEL -> single[h] = batch.label(head.name()).toLongArray();
                    case MULTI_LABEL -> multi[h] = batch.label(head.name()).toFloatArray();
                }
            }
        }

        Labels of(int row) {
            Labels.Builder labels = Labels.builder(heads);
            for (int h = 0; h < heads.size(); h++) {
                Head head = heads.get(h);
                switch (head.kind()) {
                    case SINGLE_LABEL -> labels.setIndex(head.name(), (int) single[h][row]);
                    case MULTI_LABEL -> setTags(labels, head, multi[h], row * head.size());
                }
            }
            return labels.build();
        }

        private static void setTags(Labels.Builder labels, Head head, float[] values, int start) {
            if (values[start] != Labels.MISSING) {
                labels.set(
                        head.name(),
                        IntStream.range(0, head.size())
                                .filter(k -> values[start + k] == 1)
                                .mapToObj(head::category)
                                .toList());
            }
        }
    }
}
