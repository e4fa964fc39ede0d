package io.github.multilabel.evaluation.report;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.evaluation.internal.page.Cell;
import io.github.multilabel.evaluation.internal.page.Figures;
import io.github.multilabel.evaluation.internal.page.Matrix;
import io.github.multilabel.evaluation.internal.page.Part;
import io.github.multilabel.evaluation.internal.page.Table;
import io.github.multilabel.evaluation.metrics.ConfusionCell;
import io.github.multilabel.evaluation.metrics.SingleLabelHeadMetrics;
import io.github.multilabel.evaluation.mistakes.Confusions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which categories of a head are taken for each other. */
final class ConfusionParts {

    /** Categories of a matrix that one can read. */
    private static final int MATRIX = 30;
    /** Rows of the list of pairs, if there are fewer categories than these. */
    private static final int PAIRS = 200;

    private ConfusionParts() {}

    static List<Part> of(SingleLabelHeadMetrics metrics) {
        Confusions confusions = Confusions.of(metrics);
        List<Part> parts = new ArrayList<>();
        parts.add(matrix(metrics, confusions.bySimilarity(MATRIX)));
        if (confusions.pairs() > 0 && metrics.head().size() > 2) {
            parts.add(pairs(metrics, confusions));
        }
        return parts;
    }

    private static Matrix matrix(SingleLabelHeadMetrics metrics, List<Integer> order) {
        Head head = metrics.head();
        int[] places = new int[head.size()];
        Arrays.fill(places, -1);
        for (int place = 0; place < order.size(); place++) {
            places[order.get(place)] = place;
        }
        long[][] counts = new long[order.size()][order.size()];
        for (ConfusionCell cell : metrics.confusionCells()) {
            if (places[cell.category()] >= 0 && places[cell.predicted()] >= 0) {
                counts[places[cell.category()]][places[cell.predicted()]] = cell.images();
            }
        }
        List<List<Matrix.Count>> rows = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            List<Matrix.Count> row = new ArrayList<>();
            for (int j = 0; j < counts.length; j++) {
                row.add(Matrix.Count.of(
                        counts[i][j], metrics.categories().get(order.get(i)).support(), i == j));
            }
            rows.add(row);
        }
        return new Matrix(
                "Confusion matrix",
                order.stream()
                        .map(category -> Excerpt.of(head.category(category)))
                        .toList(),
                rows,
                "A row has the images of a category, a column those for which it was predicted. "
                        + "Categories that are taken for each other stand side by side."
                        + (order.size() < head.size()
                                ? " Of " + Figures.count(head.size()) + " categories, the "
                                        + Figures.count(order.size()) + " that are confused most."
                                : ""));
    }

    private static Table pairs(SingleLabelHeadMetrics metrics, Confusions confusions) {
        Head head = metrics.head();
        List<ConfusionCell> shown = confusions.mostFrequent(Math.max(PAIRS, head.size()));
        long mistakes = metrics.confusionCells().stream()
                .filter(cell -> cell.category() != cell.predicted())
                .mapToLong(ConfusionCell::images)
                .sum();
        return new Table(
                        "Most frequent confusions",
                        List.of("label", "predicted", "images", "of the label", "of all mistakes"),
                        shown.stream()
                                .map(cell -> List.of(
                                        Cell.text(head.category(cell.category())),
                                        Cell.text(head.category(cell.predicted())),
                                        Cell.count(cell.images()),
                                        Cell.share((double) cell.images()
                                                / metrics.categories()
                                                        .get(cell.category())
                                                        .support()),
                                        Cell.share((double) cell.images() / mistakes)))
                                .toList())
                .withNote(
                        shown.size() < confusions.pairs()
                                ? "and " + Figures.count(confusions.pairs() - shown.size()) + " more pairs"
                                : "");
    }
}
