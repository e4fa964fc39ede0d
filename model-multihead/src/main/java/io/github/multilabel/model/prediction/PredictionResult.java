package io.github.multilabel.model.prediction;

import java.util.function.Function;

/**
 * The result for one image of several: a {@link Prediction}, or a {@link PredictionFailure} if the image could not be
 * used. Immutable.
 */
public sealed interface PredictionResult permits Prediction, PredictionFailure {

    /** The name of the image, for example its file. */
    String source();

    /**
     * Applies the function for this result.
     *
     * <pre>{@code
     * String line = result.when(car -> car.head("type").best().toString(), PredictionFailure::reason);
     * }</pre>
     *
     * @param prediction applied to a prediction
     * @param failure applied to a failure
     * @return the result of the function
     */
    <R> R when(Function<Prediction, R> prediction, Function<PredictionFailure, R> failure);

    /**
     * Returns one line of JSON. A prediction:
     * {@code {"image":"car.jpg","heads":{"type":{"category":"SUV","probability":0.97,
     * "probabilities":{"Coupe":0.03,"SUV":0.97}}}}}; a multi-label head has {@code "categories"}, those above 0.5, in
     * place of {@code "category"} and {@code "probability"}. Where the model knows which categories go together, there
     * is {@code "combination":{"categories":{"type":"SUV","brand":"BMW"},"probability":0.83,"unusual":false}} after the
     * heads, see {@link Combination}. A failure: {@code {"image":"car.jpg","error":"..."}}.
     */
    String toJson();

    /**
     * Returns one line of JSON as {@link #toJson()} does, with the probabilities of the k most probable categories of
     * each head alone, the most probable first.
     *
     * @param k at least 1; all categories are written if there are fewer
     * @throws IllegalArgumentException if {@code k} is below 1
     */
    String toJson(int k);
}
