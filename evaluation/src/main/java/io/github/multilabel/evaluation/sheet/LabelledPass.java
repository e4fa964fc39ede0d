package io.github.multilabel.evaluation.sheet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.evaluation.internal.EvaluationLoop;
import io.github.multilabel.evaluation.internal.FittingData;
import io.github.multilabel.evaluation.internal.MultiHeadLoss;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.model.prediction.HeadPrediction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Predicts all images of a data set once, in float32, and shows them to whoever draws or writes. */
final class LabelledPass {

    private LabelledPass() {}

    /** Sees an image after the other. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Sees an image.
         *
         * @param source its name
         * @param predictions of the heads, in their order
         * @param image as the model sees it; to be asked for only now
         */
        void see(String source, List<LabelledPrediction> predictions, Supplier<Pixels> image) throws IOException;
    }

    /**
     * Predicts all images, and evaluates the model as {@code Evaluator} does.
     *
     * @throws IllegalArgumentException if the data lacks a head of the model or has no images
     * @throws IllegalStateException if a logit is not finite
     * @throws IOException if the data cannot be read, none of its images can be used, or the visitor cannot write
     */
    static Evaluation run(MultiLabelModel model, MultiLabelDataset data, Visitor visitor) throws IOException {
        Given.require(model, "model", "e.g. MultiLabelModel.load(folder)");
        Given.require(data, "data", "a data set with labels, e.g. table.validation().build()");
        FittingData.requireLabels("data", model.heads(), data);
        try (NDManager manager = model.manager().newSubManager();
                MultiHeadLoss loss = new MultiHeadLoss(manager, model.heads(), Map.of(), Map.of(), Map.of())) {
            return new EvaluationLoop(manager, loss).run(data, model, Precision.FLOAT32, new EvaluationLoop.Watch() {
                @Override
                public void onLogits(MultiLabelBatch batch, NDList logits) throws IOException {
                    show(batch, logits, model, visitor);
                }
            });
        }
    }

    private static void show(MultiLabelBatch batch, NDList logits, MultiLabelModel model, Visitor visitor)
            throws IOException {
        HeadSet heads = model.heads();
        Map<String, HeadThreshold> thresholds =
                model.thresholds().stream().collect(Collectors.toMap(HeadThreshold::head, each -> each));
        float[][] ofHeads = heads.stream()
                .map(head -> logits.get(head.name()).toFloatArray())
                .toArray(float[][]::new);
        List<LabelReader> labels =
                heads.stream().map(head -> LabelReader.of(head, batch)).toList();
        for (int i = 0; i < batch.getSize(); i++) {
            List<LabelledPrediction> predictions = new ArrayList<>();
            for (int h = 0; h < labels.size(); h++) {
                Head head = labels.get(h).head();
                float[] row = Arrays.copyOfRange(ofHeads[h], i * head.size(), (i + 1) * head.size());
                predictions.add(new LabelledPrediction(
                        HeadPrediction.fromLogits(head, row)
                                .withThreshold(Optional.ofNullable(thresholds.get(head.name()))),
                        labels.get(h).of(i)));
            }
            int sample = i;
            visitor.see(batch.sources().get(i), predictions, () -> pixels(batch, sample));
        }
    }

    private static Pixels pixels(MultiLabelBatch batch, int i) {
        try (NDArray image = batch.image().get(i);
                NDArray rgb = image.transpose(1, 2, 0)) {
            return new Pixels((int) rgb.getShape().get(0), (int) rgb.getShape().get(1), rgb.toByteArray());
        }
    }
}
