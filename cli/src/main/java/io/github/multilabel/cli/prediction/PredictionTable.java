package io.github.multilabel.cli.prediction;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.prediction.CategoryProbability;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionResult;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Predictions as a table (RFC 4180): the image, for each head its most probable categories with their probabilities,
 * and what is wrong with an image that could not be read. A head of tags has those above 0.5 in one cell.
 */
final class PredictionTable implements PredictionFile.Lines {

    private static final double TAG_THRESHOLD = 0.5;
    private static final List<String> SEPARATORS = List.of("|", ";", ",", "/", "\t", "\n");

    private final CSVPrinter csv;
    private final HeadSet heads;
    private final int top;

    PredictionTable(Writer text, HeadSet heads, int top) throws IOException {
        this.csv = new CSVPrinter(text, CSVFormat.RFC4180);
        this.heads = heads;
        this.top = top;
        csv.printRecord(header());
    }

    private List<String> header() {
        List<String> header = new ArrayList<>(List.of("image"));
        for (Head head : heads) {
            for (int rank = 1; rank <= ranks(head); rank++) {
                String column = head.name() + (rank == 1 ? "" : "_" + rank);
                header.add(header.contains(column) || column.equals("problem") ? "head_" + column : column);
                header.add(column + "_probability");
            }
        }
        header.add("problem");
        return header;
    }

    private int ranks(Head head) {
        return head.kind() == Head.Kind.MULTI_LABEL ? 1 : Math.min(top, head.size());
    }

    @Override
    public void add(PredictionResult result) throws IOException {
        List<String> cells = new ArrayList<>(List.of(result.source()));
        cells.addAll(result.when(this::cells, failure -> unknown(failure.reason())));
        csv.printRecord(cells);
    }

    private List<String> unknown(String problem) {
        List<String> cells = new ArrayList<>();
        heads.forEach(head ->
                cells.addAll(Stream.generate(() -> "").limit(2L * ranks(head)).toList()));
        cells.add(problem);
        return cells;
    }

    private List<String> cells(Prediction prediction) {
        List<String> cells = new ArrayList<>();
        for (HeadPrediction head : prediction.heads()) {
            if (head.head().kind() == Head.Kind.MULTI_LABEL) {
                List<CategoryProbability> tags = head.above(TAG_THRESHOLD);
                String separator = separator(head.head());
                cells.add(joined(tags, CategoryProbability::category, separator));
                cells.add(joined(tags, PredictionTable::probability, separator));
            } else {
                for (CategoryProbability one : head.top(top)) {
                    cells.add(one.category());
                    cells.add(probability(one));
                }
            }
        }
        cells.add("");
        return cells;
    }

    private static String joined(
            List<CategoryProbability> tags, Function<CategoryProbability, String> text, String separator) {
        return tags.stream().map(text).collect(Collectors.joining(separator));
    }

    /** One that no tag has, so that the cell can be taken apart again. */
    private static String separator(Head head) {
        return SEPARATORS.stream()
                .filter(separator -> head.categories().stream().noneMatch(tag -> tag.contains(separator)))
                .findFirst()
                .orElse("\0");
    }

    private static String probability(CategoryProbability one) {
        return String.format(Locale.ROOT, "%.6f", one.probability());
    }
}
