package io.github.multilabel.cli.prediction;

import io.github.multilabel.model.ModelAnswers;
import io.github.multilabel.model.prediction.PredictionColumns;
import io.github.multilabel.model.prediction.PredictionResult;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** How predictions are written. */
public enum PredictionFile {
    /** A table (RFC 4180) with columns for each head. */
    CSV(".csv"),
    /** A line of JSON for each image. */
    JSON_LINES(".jsonl");

    private final String ending;

    PredictionFile(String ending) {
        this.ending = ending;
    }

    /** Writes predictions one after the other. */
    @FunctionalInterface
    public interface Lines {
        /** Writes one. */
        void add(PredictionResult result) throws IOException;
    }

    /** The one that the ending of a file's name says; empty if it is of neither. */
    public static Optional<PredictionFile> of(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        for (PredictionFile kind : values()) {
            if (name.endsWith(kind.ending)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /**
     * Begins to write.
     *
     * @param text not closed, nor flushed
     * @param answers whose predictions they are
     * @param top how many categories of each head are written; empty for the usual
     * @param allProbabilities whether a table has the probabilities of all categories; lines of JSON always do
     */
    public Lines to(Writer text, ModelAnswers answers, OptionalInt top, boolean allProbabilities) throws IOException {
        return to(text, answers.columns(false, top.orElse(1), allProbabilities), top);
    }

    Lines to(Writer text, PredictionColumns columns, OptionalInt top) throws IOException {
        if (this == CSV) {
            CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180);
            csv.printRecord(columns.header());
            return result -> csv.printRecord(columns.cells(result));
        }
        return result -> text.append(top.isPresent() ? result.toJson(top.getAsInt()) : result.toJson())
                .append('\n');
    }
}
