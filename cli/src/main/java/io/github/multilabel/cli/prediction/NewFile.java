package io.github.multilabel.cli.prediction;

import io.github.multilabel.cli.program.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that an option names and the command writes. */
public final class NewFile {

    private NewFile() {}

    /**
     * Looks whether it may be written.
     *
     * @param option for example {@code --output}
     * @throws InvalidInputException if it is a folder, or there already and not to be replaced
     */
    public static void require(String option, Path file, boolean overwrite) {
        if (Files.isDirectory(file)) {
            throw new InvalidInputException(option + " " + file + " is a folder; name a file in it");
        }
        if (Files.exists(file) && !overwrite) {
            throw new InvalidInputException(
                    option + " " + file + " is there already: --overwrite replaces it, another name keeps it");
        }
    }
}
