package io.github.multilabel.model.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A file that {@link TorchScriptExport} wrote.
 *
 * @param file where it is
 * @param bytes its length
 * @param outputs the names of its outputs: the heads in order
 * @param largestDifference between an answer of the file and that of the model, as a fraction of the largest answer,
 *     over batches of 1, 2 and 7 random images; at most 1e-4
 */
public record ExportedModel(Path file, long bytes, List<String> outputs, double largestDifference) {

    /** Copies the list. */
    public ExportedModel {
        outputs = List.copyOf(outputs);
    }

    /** For example {@code cars.pt: 85.3 MB, outputs brand, type, year, agrees with the model within 4.1e-07}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %.1f MB, outputs %s, agrees with the model within %.1e",
                file,
                bytes / 1e6,
                String.join(", ", outputs),
                largestDifference);
    }
}
