package io.github.multilabel.cli.program;

import io.github.multilabel.core.InvalidOptionsException;
import java.util.function.Function;

/**
 * What the user of a program typed cannot be used. The message says why and what to do; {@link Launcher} shows it
 * without a stack trace.
 */
public final class InvalidInputException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** For people at a command line. */
    public InvalidInputException(String message) {
        super(message);
    }

    private InvalidInputException(IllegalArgumentException cause) {
        super(cause.getMessage(), cause);
    }

    /**
     * Checks what was typed.
     *
     * @throws InvalidInputException with the message, if the condition does not hold
     */
    public static void require(boolean condition, String message) {
        if (!condition) {
            throw new InvalidInputException(message);
        }
    }

    /**
     * Checks arguments that come from the command line.
     *
     * @throws InvalidInputException if the check refuses them
     */
    public static void require(Runnable check) {
        check(() -> {
            check.run();
            return check;
        });
    }

    /**
     * Makes something of the value of one option.
     *
     * @throws InvalidInputException naming the option, if the value is refused
     */
    public static <T, R> R ofOption(String option, T value, Function<T, R> make) {
        try {
            return make.apply(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(option + " " + Flags.asTyped(value.toString()) + ": " + e.getMessage());
        }
    }

    /** Work whose arguments are what the user typed, so that a wrong argument is the user's. */
    @FunctionalInterface
    public interface Work<R, E extends Exception> {
        /** Does it. */
        R run() throws E;
    }

    /**
     * Does work whose arguments come from the command line. Elsewhere an {@link IllegalArgumentException} is a fault of
     * the program.
     *
     * @throws InvalidInputException if the work refuses its arguments
     */
    public static <R, E extends Exception> R check(Work<R, E> work) throws E {
        try {
            return work.run();
        } catch (InvalidOptionsException e) {
            throw e; // its problems are shown one by one
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(e);
        }
    }
}
