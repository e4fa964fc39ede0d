package io.github.multilabel.core.internal.message;

import org.jspecify.annotations.Nullable;

/** Refuses arguments that are null, with a message that says what to pass. */
public final class Given {

    private Given() {}

    /**
     * Returns the value of an argument.
     *
     * @param argument the name of the argument, such as {@code folder}
     * @param wanted what to pass, such as {@code the folder of a saved model}
     * @throws IllegalArgumentException if the value is null
     */
    public static <T> T require(@Nullable T value, String argument, String wanted) {
        if (value == null) {
            throw new IllegalArgumentException("argument '" + argument + "' is null; pass " + wanted);
        }
        return value;
    }
}
