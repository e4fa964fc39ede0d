package io.github.multilabel.onnx;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A file that {@link OnnxExport} wrote.
 *
 * @param file where it is
 * @param bytes its length
 * @param outputs the names of its outputs, in the order of the heads
 * @param largestDifference between an answer of the file in ONNX Runtime and that of the model, as a fraction of the
 *     largest answer, over batches of 1, 2 and 7 random images; at most 1e-4, unless it is in int8
 * @param int8 what was found on the way to int8; empty if the file is in float32
 */
public record ExportedModel(
        Path file, long bytes, List<String> outputs, double largestDifference, Optional<Int8Result> int8) {

    /** Copies the list. */
    public ExportedModel {
        outputs = List.copyOf(outputs);
    }

    /** For example {@code cars.onnx: 85.3 MB, outputs brand, type, year, agrees with the model within 4.1e-07}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %.1f MB, outputs %s, %s",
                file,
                bytes / 1e6,
                String.join(", ", outputs),
                int8.map(Int8Result::toString)
                        .orElseGet(() ->
                                String.format(Locale.ROOT, "agrees with the model within %.1e", largestDifference)));
    }
}
