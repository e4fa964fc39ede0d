package io.github.multilabel.cli.config;

import java.util.List;
import java.util.Optional;

/** A command that knows what the user typed, apart from what files and defaults added. */
public interface TypedWords {

    /** All words after the name of the command, in order. */
    List<String> typed();

    /** The file of options that was named, as it was read: one that is a pipe can be read once. */
    Optional<ConfigFile> config();
}
