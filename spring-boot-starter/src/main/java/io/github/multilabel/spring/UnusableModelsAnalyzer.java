package io.github.multilabel.spring;

import java.util.Objects;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets Spring Boot say in a few lines, in place of a trace, why an application with models does not start. */
final class UnusableModelsAnalyzer extends AbstractFailureAnalyzer<UnusableModelsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableModelsException cause) {
        return new FailureAnalysis(
                Objects.requireNonNullElse(cause.getMessage(), "the models cannot be loaded"),
                "Change the properties 'multilabel.*', or the files that they name. A relative path starts from the"
                        + " folder in which the application is started.",
                cause);
    }
}
