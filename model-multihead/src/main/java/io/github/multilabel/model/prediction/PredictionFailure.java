package io.github.multilabel.model.prediction;

import java.util.function.Function;

/**
 * An image that could not be used, for example because its file is truncated.
 *
 * @param source the name of the image, for example its file
 * @param reason what is wrong with the image and what to do, for people
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

    @Override
    public String toJson(int k) {
        return toJson();
    }

    /** Returns the name of the image and the reason. */
    @Override
    public String toString() {
        return source + ": " + reason;
    }
}
