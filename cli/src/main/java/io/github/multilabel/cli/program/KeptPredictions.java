package io.github.multilabel.cli.program;

import io.github.multilabel.core.internal.files.FileFailure;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The predictions that a training or an evaluation left. */
public final class KeptPredictions {

    private KeptPredictions() {}

    /** The file that a user means who names a folder of results, or the file itself. */
    public static Path file(Path named) {
        return Files.isDirectory(named) ? named.resolve(RunFolder.LOGITS) : named;
    }

    /**
     * Opens them.
     *
     * @param named a folder of results, or the file in it
     * @throws InvalidInputException if there is no such file, or it cannot be read
     */
    public static Predictions read(Path named) {
        Path file = file(named);
        if (Files.isDirectory(named) && !Files.exists(file)) {
            throw new InvalidInputException("'" + named + "' has no " + RunFolder.LOGITS
                    + "; name a folder in which train or evaluate left it, or evaluate the model again");
        }
        try {
            return Predictions.read(file);
        } catch (IOException e) {
            throw new InvalidInputException(FileFailure.message(e));
        }
    }
}
