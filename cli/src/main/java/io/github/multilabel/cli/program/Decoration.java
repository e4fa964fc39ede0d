package io.github.multilabel.cli.program;

import io.github.multilabel.core.internal.files.FileFailure;
import java.io.IOException;

/** Images beside the results. If one cannot be written, a warning says why, and the program continues. */
public final class Decoration {

    private Decoration() {}

    /** Makes something on disk. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void run() throws IOException;
    }

    /** Whether it was made. */
    public static boolean isMade(String name, Work work) {
        String reason;
        try {
            work.run();
            return true;
        } catch (IOException e) {
            reason = FileFailure.message(e);
        } catch (RuntimeException | LinkageError e) { // such as a library for charts that is left out
            reason = e.toString();
        }
        System.err.println("warning: " + (reason.contains(name) ? "" : name + " cannot be written: ") + reason
                + " (everything else is there)");
        return false;
    }
}
