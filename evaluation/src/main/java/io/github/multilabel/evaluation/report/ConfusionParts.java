package io.github.multilabel.evaluation.report;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.evaluation.internal.page.Cell;
import io.github.multilabel.evaluation.internal.page.Figures;
import io.github.multilabel.evaluation.internal.page.Matrix;
import io.github.multilabel.evaluation.internal.page.Part;
import io.github.multilabel.evaluation.internal.page.Table;
import io.github.multilabel.evaluation.metrics.CategoryMetrics;
import io.github.multilabel.evaluation.metrics.ConfusionCell;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.evaluation.mistakes.Confusions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Which categories of a head are taken for each other. */
final class ConfusionParts {

    /** Categories of a matrix that one can read. */
    private static final int MATRIX = 30;
    /** Rows of the list of pairs, if there are fewer categories than these. */
    private static final int PAIRS = 200;

    private final HeadMetrics metrics;
    private final Confusions confusions;

    private ConfusionParts(HeadMetrics metrics, Confusions confusions) {
        this.metrics = metrics;
        this.confusions = confusions;
    }

    /** @param confusions of the same head */
    static List<Part> of(HeadMetrics metrics, Confusions confusions) {
        ConfusionParts made = new ConfusionParts(metrics, confusions);
        List<Part> parts = new ArrayList<>();
        switch (metrics.head().kind()) {
            case SINGLE_LABEL -> {
                parts.add(made.matrix(
                        "Confusion matrix",
                        "A row has the images of a category, a column those for which it was predicted. "
                                + "Categories that are taken for each other stand side by side."));
                if (metrics.head().size() > 2 && confusions.pairs() > 0) {
                    parts.add(made.categoryPairs());
                }
            }
            case MULTI_LABEL -> {
                if (metrics.head().size() > 1) {
                    parts.add(made.matrix(
                            "Tags that are missed and given",
                            "A row has the images with a tag: on the diagonal those for which it was given, elsewhere"
                                    + " those for which it was missed and the tag of the column wrongly given. An image"
                                    + " can count in several columns, or in none. Tags that are taken for each other"
                                    + " stand side by side."));
                }
                if (metrics.head().size() > 2 && confusions.pairs() > 0) {
                    parts.add(made.tagPairs());
                }
            }
        }
        return parts;
    }

    private Matrix matrix(String caption, String note) {
        Head head = metrics.head();
        List<Integer> order = confusions.bySimilarity(MATRIX);
        long[][] counts = confusions.matrix(order);
        List<List<Matrix.Count>> rows = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            List<Matrix.Count> row = new ArrayList<>();
            for (int j = 0; j < counts.length; j++) {
                row.add(Matrix.Count.of(counts[i][j], support(order.get(i)), i == j));
            }
            rows.add(row);
        }
        return new Matrix(
                caption,
                order.stream()
                        .map(category -> Excerpt.of(head.category(category)))
                        .toList(),
                rows,
                note
                        + (order.size() < head.size()
                                ? " Of " + Figures.count(head.size()) + " categories, the "
                                        + Figures.count(order.size()) + " that are confused most."
                                : ""));
    }

    private Table categoryPairs() {
        long mistakes = metrics.support()
                - metrics.categories().stream()
                        .mapToLong(CategoryMetrics::truePositives)
                        .sum();
        return pairs(
                "Most frequent confusions",
                List.of("label", "predicted", "images", "of the label", "of all mistakes"),
                cell -> Cell.share((double) cell.images() / mistakes));
    }

    private Table tagPairs() {
        return pairs(
                "Tags most often given in place of others",
                List.of("missed", "wrongly given", "images", "of the missed tag", "of the wrongly given"),
                cell -> Cell.share((double) cell.images()
                        / metrics.categories().get(cell.predicted()).falsePositives()));
    }

    private Table pairs(String caption, List<String> columns, Function<ConfusionCell, Cell> last) {
        Head head = metrics.head();
        List<ConfusionCell> shown = confusions.mostFrequent(Math.max(PAIRS, head.size()));
        return new Table(
                        caption,
                        columns,
                        shown.stream()
                                .map(cell -> List.of(
                                        Cell.text(head.category(cell.category())),
                                        Cell.text(head.category(cell.predicted())),
                                        Cell.count(cell.images()),
                                        Cell.share((double) cell.images() / support(cell.category())),
                                        last.apply(cell)))
                                .toList())
                .withNote(
                        shown.size() < confusions.pairs()
                                ? "and " + Figures.count(confusions.pairs() - shown.size()) + " more pairs"
                                : "");
    }

    private long support(int category) {
        return metrics.categories().get(category).support();
    }
}
