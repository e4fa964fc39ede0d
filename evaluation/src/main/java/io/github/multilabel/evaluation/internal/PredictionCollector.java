package io.github.multilabel.evaluation.internal;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.internal.tensors.ImageTensors;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.model.ModelPredictor;
import io.github.multilabel.model.MultiLabelModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/** Keeps the logits and labels of a pass, and shows its images to whoever wants to see them. */
public final class PredictionCollector implements EvaluationLoop.Watch {

    private final HeadSet heads;
    private final EvaluationLoop.Watch progress;
    private final Viewer viewer;
    private final Predictions.Builder collected;

    /** Sees one image after the other. */
    @FunctionalInterface
    public interface Viewer {
        /**
         * Sees an image.
         *
         * @param batch that it is in, which is closed afterwards
         * @param row its place in the batch
         * @param logits of each head, in the order of the heads
         */
        void see(MultiLabelBatch batch, int row, Labels labels, float[][] logits) throws IOException;
    }

    /**
     * Prepares a pass.
     *
     * @param heads of the model
     * @param progress watches too
     */
    public PredictionCollector(HeadSet heads, EvaluationLoop.Watch progress, Viewer viewer) {
        this.heads = heads;
        this.progress = progress;
        this.viewer = viewer;
        collected = Predictions.builder(heads);
    }

    /**
     * Predicts all images of a data set, in float32.
     *
     * @param model neither changed nor closed
     * @param data labelled images with the model's heads, in any order and beside others; not closed
     * @throws IllegalArgumentException if the data lacks a head of the model or has no images
     * @throws IllegalStateException if a logit is not finite
     * @throws IOException if the data cannot be read, or none of its images can be used
     */
    public static Predictions run(MultiLabelModel model, MultiLabelDataset data, Viewer viewer) throws IOException {
        FittingData.requireLabels("data", model.heads(), data);
        PredictionCollector collector = new PredictionCollector(model.heads(), EvaluationLoop.Watch.NONE, viewer);
        try (NDManager manager = model.manager().newSubManager();
                MultiHeadLoss loss = new MultiHeadLoss(manager, model.heads(), Map.of(), Map.of(), Map.of())) {
            new EvaluationLoop(manager, loss).run(data, model, Precision.FLOAT32, collector);
        }
        return collector.predictions().withThresholds(model.thresholds());
    }

    /**
     * Predicts all images of a data set with whatever engine a predictor has.
     *
     * @param predictor not closed
     * @param data labelled images with the predictor's heads, in any order and beside others; not closed
     * @throws IllegalArgumentException if the data lacks a head of the predictor or has no images
     * @throws IllegalStateException if a logit is not finite
     * @throws IOException if the data cannot be read, or none of its images can be used
     */
    public static Predictions run(ModelPredictor predictor, MultiLabelDataset data) throws IOException {
        HeadSet heads = predictor.heads();
        FittingData.requireLabels("data", heads, data);
        PredictionCollector collector =
                new PredictionCollector(heads, EvaluationLoop.Watch.NONE, (batch, row, labels, logits) -> {});
        try (NDManager manager = TorchEngine.newManager(Device.cpu());
                MultiHeadLoss loss = new MultiHeadLoss(manager, heads, Map.of(), Map.of(), Map.of())) {
            var unused = new EvaluationLoop(manager, loss)
                    .run(
                            data,
                            DataPass.evaluation(predictor.preprocessing()),
                            batch -> logits(predictor, heads, batch),
                            collector);
        }
        return collector.predictions().withThresholds(predictor.answers().thresholds());
    }

    private static NDList logits(ModelPredictor predictor, HeadSet heads, MultiLabelBatch batch) {
        float[][] ofHeads = predictor.logits(ImageTensors.unstack(batch.image()));
        NDList logits = new NDList();
        for (int h = 0; h < ofHeads.length; h++) {
            Head head = heads.get(h);
            NDArray array = batch.getManager().create(ofHeads[h], new Shape(batch.getSize(), head.size()));
            array.setName(head.name());
            logits.add(array);
        }
        return logits;
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
            Labels known = labels.of(row);
            add(batch.sources().get(row), known, ofRow);
            viewer.see(batch, row, known, ofRow);
        }
    }

    private void add(String source, Labels labels, float[]... logits) {
        try {
            collected.add(source, labels, logits);
        } catch (IllegalArgumentException e) { // nothing else can be wrong with what a model says
            throw new IllegalStateException(e.getMessage(), e);
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
