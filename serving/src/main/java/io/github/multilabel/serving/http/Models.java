package io.github.multilabel.serving.http;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.model.prediction.PredictionFailure;
import io.github.multilabel.model.prediction.PredictionResult;
import io.github.multilabel.serving.Accepted;
import io.github.multilabel.serving.ModelInfo;
import io.github.multilabel.serving.PredictionService;
import io.github.multilabel.serving.ServedModel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** The models of a service, as requests ask for them. */
final class Models {

    private static final Pattern CODE = Pattern.compile(",? or raise the limit with ImageDecoder\\.withPixelLimit");

    private final PredictionService service;
    private final int mostImages;
    private final Duration timeout;

    /**
     * Asks a service.
     *
     * @param mostImages of one request
     * @param timeout in which the model must answer
     */
    Models(PredictionService service, int mostImages, Duration timeout) {
        this.service = service;
        this.mostImages = mostImages;
        this.timeout = timeout;
    }

    /**
     * What a model said.
     *
     * @param model the version that said it
     */
    record Predicted(ModelInfo model, List<PredictionResult> results) {}

    /** What only the code of an application could do is no advice for a client. */
    private static PredictionResult inWordsOfClients(PredictionResult result) {
        return result.when(
                prediction -> prediction,
                failure -> new PredictionFailure(failure.source(), inWordsOfClients(failure.reason())));
    }

    static String inWordsOfClients(String reason) {
        return CODE.matcher(reason).replaceAll("");
    }

    List<ServedModel> all() {
        return service.models();
    }

    /**
     * The model of a name.
     *
     * @throws Refusal if there is none
     */
    ServedModel named(String name) {
        try {
            return service.model(name);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.NOT_FOUND, String.valueOf(e.getMessage()));
        }
    }

    /** The model that the parameter {@code model} names; the first if it is not there. */
    ServedModel asked(Call call) {
        return call.parameter("model").map(this::named).orElseGet(() -> all().get(0));
    }

    /**
     * Predicts images.
     *
     * @return in order; it fails with a {@link Refusal} if the model does not answer in time
     * @throws Refusal if there are none, or too many
     */
    CompletableFuture<Predicted> predict(ServedModel model, List<ImageSource> images) {
        if (images.isEmpty()) {
            throw new Refusal(Refusal.BAD_REQUEST, "there is no image in the request");
        }
        if (images.size() > mostImages) {
            throw new Refusal(
                    Refusal.TOO_LARGE,
                    images.size() + " images came, and one request may have " + mostImages + "; send several");
        }
        Accepted accepted = model.predict(images);
        List<CompletableFuture<PredictionResult>> answers = accepted.answers();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((done, problem) -> {
                    Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
                    if (cause instanceof TimeoutException) {
                        answers.forEach(answer -> answer.cancel(false));
                        throw Refusal.busy("the model did not answer within " + timeout.toSeconds() + " s");
                    }
                    return new Predicted(
                            accepted.model(),
                            answers.stream()
                                    .map(CompletableFuture::join)
                                    .map(Models::inWordsOfClients)
                                    .toList());
                });
    }
}
