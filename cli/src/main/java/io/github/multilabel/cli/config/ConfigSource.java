package io.github.multilabel.cli.config;

import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.core.internal.message.Excerpt;

/**
 * A configuration file, as messages name it.
 *
 * @param name as it was typed
 */
record ConfigSource(String name) {

    /** A line of it, counted from 1. */
    String at(int line) {
        return at() + ", line " + line;
    }

    String at() {
        return "'" + Excerpt.inOneLine(name) + "'";
    }

    InvalidInputException refusal(String what) {
        return new InvalidInputException(at() + ": " + what);
    }

    InvalidInputException refusal(int line, String what) {
        return new InvalidInputException(at(line) + ": " + what);
    }

    InvalidInputException empty() {
        return refusal("it is empty; options are expected, one in a line, such as 'epochs: 5'");
    }
}
