package io.github.multilabel.cli.program;

import java.util.List;

/** A command that knows what the user typed, apart from what files and defaults added. */
public interface TypedWords {

    /** All words after the name of the command, in order. */
    List<String> typed();
}
