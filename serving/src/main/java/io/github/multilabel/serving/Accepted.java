package io.github.multilabel.serving;

import io.github.multilabel.model.prediction.PredictionResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Images that wait for a model.
 *
 * @param model the version that answers all of them
 * @param answers one for each image, in order: a {@link io.github.multilabel.model.prediction.PredictionFailure} for
 *     one that cannot be used. It fails if the model does. A caller that cancels one gives up its place in the queue
 */
public record Accepted(ModelInfo model, List<CompletableFuture<PredictionResult>> answers) {

    /** Copies the list. */
    public Accepted {
        answers = List.copyOf(answers);
    }
}
