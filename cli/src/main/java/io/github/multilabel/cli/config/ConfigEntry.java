package io.github.multilabel.cli.config;

import java.util.List;
import java.util.Map;

/**
 * One key of a configuration file with its value, whose numbers and words are texts as they were written.
 *
 * @param place the file and, where it is known, the line, for messages
 */
record ConfigEntry(String key, Value value, String place) {

    /** What a key has. */
    sealed interface Value permits One, Several, Named, Nothing {

        /** For messages. */
        String describe();
    }

    /** A text, a number or a truth value. */
    record One(String text) implements Value {
        @Override
        public String describe() {
            return "one value";
        }
    }

    /** A list. */
    record Several(List<String> texts) implements Value {
        @Override
        public String describe() {
            return "a list";
        }
    }

    /** A map, such as a value for each head. */
    record Named(Map<String, String> texts) implements Value {
        @Override
        public String describe() {
            return "a map";
        }
    }

    /** JSON's null: as if the key were not there. */
    record Nothing() implements Value {
        @Override
        public String describe() {
            return "no value";
        }
    }
}
