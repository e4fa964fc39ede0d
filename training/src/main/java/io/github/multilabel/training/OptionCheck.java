package io.github.multilabel.training;

import java.util.List;

/** Collects what is wrong with options, so that all of it is told at once. */
final class OptionCheck {

    private OptionCheck() {}

    /** Adds what a check throws as {@link IllegalArgumentException}, with the option before it. */
    static void check(String option, Runnable check, List<String> wrong) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            wrong.add(option + ": " + e.getMessage());
        }
    }
}
