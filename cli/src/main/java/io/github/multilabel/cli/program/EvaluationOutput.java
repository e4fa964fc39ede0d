package io.github.multilabel.cli.program;

import io.github.multilabel.core.internal.files.ProcessLock;
import io.github.multilabel.evaluation.MetricsJson;
import io.github.multilabel.evaluation.metrics.Evaluation;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The folder in which an evaluation leaves metrics.json. As long as this is open, no other program writes there. */
public final class EvaluationOutput implements AutoCloseable {

    private final Path folder;
    private final Path metrics;
    private final boolean isMade;
    private final ProcessLock lock;

    private EvaluationOutput(Path folder, boolean isMade, ProcessLock lock) {
        this.folder = folder;
        this.metrics = folder.resolve(RunFolder.METRICS);
        this.isMade = isMade;
        this.lock = lock;
    }

    /**
     * Takes a folder, and checks before the evaluation, not after it, that its metrics can be written.
     *
     * @param folder is made if it is missing
     * @param overwrite whether to replace a metrics.json that is there
     * @throws InvalidInputException if it holds a metrics.json that is not replaced
     * @throws IOException if the folder cannot be written, or another process has it
     */
    public static EvaluationOutput take(Path folder, boolean overwrite) throws IOException {
        boolean isMade = !Files.exists(folder);
        EvaluationOutput taken = new EvaluationOutput(folder, isMade, RunFolder.lock(folder));
        boolean isReady = false;
        try {
            taken.requireWritable(overwrite);
            isReady = true;
            return taken;
        } finally {
            if (!isReady) {
                taken.close();
            }
        }
    }

    private void requireWritable(boolean overwrite) throws IOException {
        if (Files.isDirectory(metrics)) {
            throw new IOException(
                    "'" + metrics + "' is a folder, but a file of that name is to be written; remove it or"
                            + " name another --output");
        }
        if (Files.exists(metrics) && !overwrite) {
            throw new InvalidInputException("'" + metrics + "' is there already, from another evaluation or a training:"
                    + " --overwrite replaces it, another --output keeps both");
        }
    }

    /** Writes metrics.json. */
    public void write(Evaluation evaluation) throws IOException {
        MetricsJson.write(metrics, evaluation, OptionalLong.empty());
    }

    /** Lets others write there; a folder that was made for nothing is removed. */
    @Override
    public void close() throws IOException {
        lock.close();
        if (isMade && !Files.exists(metrics)) {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) {
                // somebody else writes there by now
            }
        }
    }
}
