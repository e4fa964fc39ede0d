package io.github.multilabel.cli.program;

import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.internal.Terminal;

/** How the programs show what takes long: the library itself writes to no terminal, but to the log. */
public final class TerminalProgress {

    private TerminalProgress() {}

    /** One line that changes where a person looks on; otherwise a line in the log every ten seconds. */
    static ProgressListener listener() {
        return Terminal.isThere() ? ProgressListener.changingLine(System.err) : ProgressListener.standard();
    }

    /**
     * Beside results that are printed.
     *
     * @param printed whether they go to standard output: at a terminal they are progress enough
     */
    public static ProgressListener besides(boolean printed) {
        return printed && Terminal.isThere() ? ProgressListener.none() : listener();
    }
}
