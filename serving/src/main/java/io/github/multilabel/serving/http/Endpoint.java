package io.github.multilabel.serving.http;

import java.util.concurrent.CompletableFuture;

/** Answers the requests of a route. */
@FunctionalInterface
interface Endpoint {

    /**
     * Answers a request, perhaps later and on another thread.
     *
     * @return may fail with a {@link Refusal}
     * @throws Refusal if the request cannot be answered
     */
    CompletableFuture<Answer> answer(Call call);

    /** One whose answer is there at once. */
    @FunctionalInterface
    interface Immediate {
        Answer answer(Call call);
    }

    /** An endpoint of an answer that is there at once. */
    static Endpoint of(Immediate endpoint) {
        return call -> CompletableFuture.completedFuture(endpoint.answer(call));
    }
}
