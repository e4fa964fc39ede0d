package io.github.multilabel.cli;

import io.github.multilabel.testsupport.Ran;
import java.util.List;
import java.util.stream.Stream;

/** The command as a user types it. */
public final class Typed {

    private Typed() {}

    /** The command {@code multilabel} with some words, each as its {@code toString}. */
    public static Ran multilabel(Object... words) {
        return underDefaults(List.of(), words);
    }

    /** The command with defaults for what is not typed. */
    public static Ran underDefaults(List<String> defaults, Object... words) {
        String[] typed = Stream.of(words).map(Object::toString).toArray(String[]::new);
        return Ran.of(() -> Multilabel.execute(defaults, typed));
    }

    /** Options and more of them. */
    public static Object[] with(Object[] options, Object... more) {
        return Stream.concat(Stream.of(options), Stream.of(more)).toArray();
    }
}
