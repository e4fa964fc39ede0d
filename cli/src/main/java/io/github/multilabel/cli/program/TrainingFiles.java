package io.github.multilabel.cli.program;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The files that a training writes under names that a user's own files may have too, told apart from those by how they
 * begin: a table of labels that is called {@code split.csv} must not be lost.
 */
final class TrainingFiles {

    private static final int BEGINNING = 200;

    private static final Map<String, Pattern> BEGINNINGS = Map.of(
            "steps.csv",
            Pattern.compile("step,epoch,"),
            "history.csv",
            Pattern.compile("epoch,learning_rate,"),
            RunFolder.SPLIT,
            Pattern.compile("row,part\\R"),
            StartedTraining.FILE,
            Pattern.compile("\\{\\s*\"format\":\\s*\"multilabel-run\""),
            RunFolder.METRICS,
            Pattern.compile("\\{\\s*\"metrics\":"));

    private TrainingFiles() {}

    /**
     * Checks that files which a training would replace are of a training. An empty one is: a kill may leave it.
     *
     * @throws InvalidInputException if one is not
     * @throws IOException if one cannot be read
     */
    static void requireOwn(Path folder) throws IOException {
        for (Map.Entry<String, Pattern> named : BEGINNINGS.entrySet()) {
            Path file = folder.resolve(named.getKey());
            if (Files.isRegularFile(file)) {
                String text = beginning(file);
                if (!text.isEmpty() && !named.getValue().matcher(text).lookingAt()) {
                    throw new InvalidInputException("'" + file + "' is not of a training, and a training writes a file"
                            + " of that name: move it, or name another --output");
                }
            }
        }
    }

    private static String beginning(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(BEGINNING), StandardCharsets.UTF_8);
        }
    }
}
