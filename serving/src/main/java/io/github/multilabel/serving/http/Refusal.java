package io.github.multilabel.serving.http;

import java.util.Map;

/** A request that cannot be answered, with what its sender is told. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    static final int BAD_REQUEST = 400;
    static final int UNAUTHORIZED = 401;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int TIMEOUT = 408;
    static final int TOO_LARGE = 413;
    static final int UNSUPPORTED_TYPE = 415;
    static final int UNUSABLE = 422;
    static final int FAILED = 500;
    static final int NOT_IMPLEMENTED = 501;
    static final int UNAVAILABLE = 503;

    private final transient Answer answer;

    Refusal(int status, String message) {
        this(status, message, Map.of());
    }

    Refusal(int status, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.answer = Answer.problem(status, message, headers);
    }

    /** One that may be tried again in a moment. */
    static Refusal busy(String message) {
        return new Refusal(UNAVAILABLE, message, Map.of("Retry-After", "1"));
    }

    Answer answer() {
        return answer;
    }
}
