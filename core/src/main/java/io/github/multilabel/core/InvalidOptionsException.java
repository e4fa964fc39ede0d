package io.github.multilabel.core;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Thrown by a builder whose options cannot be used. The message lists all problems by the names of the builder's
 * methods; {@link #problems} has them for programs that have other names for their options.
 */
public final class InvalidOptionsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    /**
     * A problem with an option.
     *
     * @param option the method of the builder, such as {@code optEpochs}; empty if it is about no single option
     * @param value what was given, such as {@code 0}; an empty text if no value says it, and empty if the option must
     *     be given and is not
     * @param wanted what is accepted, or what is wrong
     * @param call what users wrote, if it is not {@code option(value)} but for example {@code addHeadOptions("colour",
     *     ...): dropout 2.0}
     */
    public record Problem(String option, Optional<String> value, String wanted, Optional<String> call) {

        /** A problem of a method that users call with the value. */
        public Problem(String option, Optional<String> value, String wanted) {
            this(option, value, wanted, Optional.empty());
        }

        /** Returns for example {@code optEpochs(0): at least 1}. */
        @Override
        public String toString() {
            if (option.isEmpty()) {
                return wanted;
            }
            String given =
                    value.map(text -> text.isEmpty() ? "" : "(" + text + ")").orElse(" is missing");
            return call.orElse(option + given) + ": " + wanted;
        }
    }

    /**
     * Creates the exception with its message.
     *
     * @param work what cannot be done, such as {@code build ImageDataset}
     * @param problems at least one
     */
    public InvalidOptionsException(String work, List<Problem> problems) {
        super(problems.stream()
                .map(Problem::toString)
                .collect(Collectors.joining("\n- ", "cannot " + work + ":\n- ", "")));
        this.problems = List.copyOf(problems);
    }

    /**
     * Takes the message as it is.
     *
     * @param problem with no single option of a builder, but with what the options lead to, such as data that lacks
     *     labels for a head
     */
    public InvalidOptionsException(String problem) {
        super(problem);
        this.problems = List.of(new Problem("", Optional.of(""), problem));
    }

    /** The problems in the order of the message; none if the exception was deserialised. */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }
}
