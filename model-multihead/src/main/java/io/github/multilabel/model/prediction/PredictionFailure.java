package io.github.multilabel.model.prediction;

import java.util.function.Function;

/**
 * An image that could not be used.
 *
 * @param source the name of the image, such as its file
 * @param reason what is wrong with it, for people
 */
public record PredictionFailure(String source, String reason) implements PredictionResult {

    @Override
    public <R> R when(Function<Prediction, R> prediction, Function<PredictionFailure, R> failure) {
        return failure.apply(this);
    }

    @Override
    public String toJson() {
        return PredictionJson.write(this);
    }

    /** For people: the image and the reason. */
    @Override
    public String toString() {
        return source + ": " + reason;
    }
}
