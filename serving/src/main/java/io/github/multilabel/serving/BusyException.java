package io.github.multilabel.serving;

/** More images wait for a model than may wait: try again in a moment. */
public final class BusyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BusyException(String message) {
        super(message);
    }
}
