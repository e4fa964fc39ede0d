package io.github.multilabel.cli.prediction;

import io.github.multilabel.cli.program.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.Stream;

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

    /**
     * Looks whether it is also read, which {@code --overwrite} does not mean.
     *
     * @param option for example {@code --output}
     * @param inputs names of files
     * @throws InvalidInputException if it is one of them
     * @throws IOException if it cannot be compared with one
     */
    public static void requireNoInput(String option, Path file, Stream<String> inputs) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        for (String input : (Iterable<String>) inputs::iterator) {
            if (isSame(file, input)) {
                throw new InvalidInputException(option + " " + file + " is one of the files that are read, and would be"
                        + " lost; name another file");
            }
        }
    }

    private static boolean isSame(Path file, String input) throws IOException {
        try {
            Path read = Path.of(input);
            return Files.exists(read) && Files.isSameFile(file, read);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
