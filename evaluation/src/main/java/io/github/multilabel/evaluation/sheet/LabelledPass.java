package io.github.multilabel.evaluation.sheet;

import ai.djl.ndarray.NDArray;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.evaluation.internal.PredictionCollector;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.model.prediction.HeadPrediction;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Predicts all images of a data set once, in float32, and shows them to whoever draws. */
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
        void see(String source, List<LabelledPrediction> predictions, Supplier<Pixels> image);
    }

    /**
     * Predicts all images.
     *
     * @throws IllegalArgumentException if the data lacks a head of the model or has no images
     * @throws IllegalStateException if a logit is not finite
     * @throws IOException if the data cannot be read, or none of its images can be used
     */
    static Predictions run(MultiLabelModel model, MultiLabelDataset data, Visitor visitor) throws IOException {
        Given.require(model, "model", "e.g. MultiLabelModel.load(folder)");
        Given.require(data, "data", "a data set with labels, e.g. table.validation().build()");
        Map<String, HeadThreshold> thresholds =
                model.thresholds().stream().collect(Collectors.toMap(HeadThreshold::head, each -> each));
        return PredictionCollector.run(
                model,
                data,
                (batch, row, labels, logits) -> visitor.see(
                        batch.sources().get(row),
                        predictions(model.heads(), thresholds, labels, logits),
                        () -> pixels(batch, row)));
    }

    private static List<LabelledPrediction> predictions(
            HeadSet heads, Map<String, HeadThreshold> thresholds, Labels labels, float[][] logits) {
        return IntStream.range(0, heads.size())
                .mapToObj(h -> {
                    Head head = heads.get(h);
                    HeadPrediction prediction = HeadPrediction.fromLogits(head, logits[h])
                            .withThreshold(Optional.ofNullable(thresholds.get(head.name())));
                    return new LabelledPrediction(prediction, label(head, labels));
                })
                .toList();
    }

    private static Optional<Set<String>> label(Head head, Labels labels) {
        return labels.isMissing(head.name())
                ? Optional.empty()
                : Optional.of(Set.copyOf(labels.categories(head.name())));
    }

    private static Pixels pixels(MultiLabelBatch batch, int i) {
        try (NDArray image = batch.image().get(i);
                NDArray rgb = image.transpose(1, 2, 0)) {
            return new Pixels((int) rgb.getShape().get(0), (int) rgb.getShape().get(1), rgb.toByteArray());
        }
    }
}
