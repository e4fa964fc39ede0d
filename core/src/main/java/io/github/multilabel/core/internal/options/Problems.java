package io.github.multilabel.core.internal.options;

import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.core.InvalidOptionsException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with the options of a builder, so that all of it is reported at once. */
public final class Problems {

    private final String work;
    private final List<Problem> found = new ArrayList<>();

    /**
     * Starts without a problem.
     *
     * @param work what cannot be done if there is one, such as {@code build ImageDataset}
     */
    public Problems(String work) {
        this.work = work;
    }

    /** An option that must be given, and is not. */
    public Problems missing(String option, String wanted) {
        found.add(new Problem(option, Optional.empty(), wanted));
        return this;
    }

    /** A value that an option cannot have. */
    public Problems add(String option, @Nullable Object value, String wanted) {
        found.add(new Problem(option, Optional.of(String.valueOf(value)), wanted));
        return this;
    }

    /**
     * A value that an option cannot have, which is given inside a call of another method.
     *
     * @param call such as {@code optEarlyStopping(3, -1.0): minDelta -1.0}
     */
    public Problems add(String option, @Nullable Object value, String wanted, String call) {
        found.add(new Problem(option, Optional.of(String.valueOf(value)), wanted, Optional.of(call)));
        return this;
    }

    /** A problem with an option that no single value shows. */
    public Problems add(String option, String wanted) {
        return add(option, "", wanted);
    }

    /** A problem that is about no single option. */
    public Problems add(String problem) {
        return add("", problem);
    }

    /** All that others found. */
    public Problems addAll(Problems others) {
        found.addAll(others.found);
        return this;
    }

    /** A value that an option can have only if something holds. */
    public Problems require(boolean holds, String option, @Nullable Object value, String wanted) {
        return holds ? this : add(option, value, wanted);
    }

    /** A value that may not be null. */
    public Problems requireGiven(String option, @Nullable Object value, String wanted) {
        return require(value != null, option, value, wanted);
    }

    /** What a check throws as {@link IllegalArgumentException} is a problem with an option. */
    public Problems check(String option, Runnable check) {
        return check(option, "", check);
    }

    /** What a check throws as {@link IllegalArgumentException} is a problem with the value of an option. */
    public Problems check(String option, @Nullable Object value, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            add(option, value, Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
        return this;
    }

    /** @throws InvalidOptionsException if there is a problem; lists all of them */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidOptionsException(work, found);
        }
    }
}
