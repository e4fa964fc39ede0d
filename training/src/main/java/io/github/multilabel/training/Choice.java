package io.github.multilabel.training;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An option without a default: left out, or given, be it null, which is a mistake of the caller. */
final class Choice<T> {

    private Optional<T> value = Optional.empty();
    private boolean givenNull;

    void give(@Nullable T value) {
        this.value = Optional.ofNullable(value);
        givenNull = value == null;
    }

    /** Empty if the option was left out. */
    Optional<T> value() {
        return value;
    }

    boolean isGivenNull() {
        return givenNull;
    }
}
