package io.github.multilabel.spring;

/** The models that the properties name cannot be loaded as the properties say. */
final class UnusableModelsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableModelsException(String message, Exception cause) {
        super(message, cause);
    }
}
