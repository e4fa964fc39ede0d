package io.github.multilabel.model.prediction;

import java.util.function.Function;

/**
 * What became of one image among many: a {@link Prediction}, or a {@link PredictionFailure} if it could not be used.
 */
public sealed interface PredictionResult permits Prediction, PredictionFailure {

    /** The name of the image, such as its file. */
    String source();

    /**
     * Answers for either case.
     *
     * <pre>{@code
     * String line = result.when(car -> car.head("type").best().toString(), PredictionFailure::reason);
     * }</pre>
     */
    <R> R when(Function<Prediction, R> prediction, Function<PredictionFailure, R> failure);

    /**
     * One line of JSON. A prediction: {@code {"image":"car.jpg","heads":{"type":{"category":"SUV","probability":0.97,
     * "probabilities":{"Coupe":0.03,"SUV":0.97}}}}}; a multi-label head has {@code "categories"}, those above 0.5, in
     * place of {@code "category"} and {@code "probability"}. A failure: {@code {"image":"car.jpg","error":"..."}}.
     */
    String toJson();
}
