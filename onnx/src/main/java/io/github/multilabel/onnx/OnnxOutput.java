package io.github.multilabel.onnx;

import io.github.multilabel.core.Head;
import io.github.multilabel.model.prediction.HeadPrediction;
import java.util.function.BiFunction;

/** What an exported model gives for each head: (N, K) float32, K being the categories of the head in order. */
public enum OnnxOutput {
    /**
     * Those that a predictor of this library makes its probabilities of, by softmax or, of tags, sigmoid: averaged over
     * mirror images, joint and calibrated where the model is.
     */
    LOGITS,
    /** The probabilities that a predictor of this library gives, each in [0, 1]. */
    PROBABILITIES;

    /** The name in descriptions, which are kept. */
    static String inFiles(OnnxOutput output) {
        return switch (output) {
            case LOGITS -> "LOGITS";
            case PROBABILITIES -> "PROBABILITIES";
        };
    }

    /** What makes the answer of a head of the values of its output. */
    static BiFunction<Head, float[], HeadPrediction> answer(OnnxOutput output) {
        return switch (output) {
            case LOGITS -> HeadPrediction::fromLogits;
            case PROBABILITIES -> HeadPrediction::fromProbabilities;
        };
    }
}
