package io.github.multilabel.evaluation.mistakes;

import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.evaluation.metrics.ConfusionCell;
import io.github.multilabel.evaluation.metrics.SingleLabelHeadMetrics;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which categories a model takes for each other. What is asked for follows the cells of the confusion matrix that are
 * not 0, so that a head can have many categories.
 *
 * <pre>{@code
 * List<ConfusionCell> worst = evaluation.head("brand").when(Confusions::of, tags -> ...).mostFrequent(10);
 * }</pre>
 *
 * <p>Immutable; threads may share it.
 */
public final class Confusions {

    private final int size;
    private final long[] support;
    /** The cells that are not on the diagonal. */
    private final List<ConfusionCell> wrong;

    private Confusions(int size, List<ConfusionCell> cells) {
        this.size = size;
        support = new long[size];
        cells.forEach(cell -> support[cell.category()] += cell.images());
        wrong = cells.stream()
                .filter(cell -> cell.category() != cell.predicted())
                .toList();
    }

    /**
     * The confusions of a single-label head.
     *
     * @throws IllegalStateException unless the metrics have the confusion matrix
     */
    public static Confusions of(SingleLabelHeadMetrics head) {
        return new Confusions(Given.require(head, "head", "its metrics").head().size(), head.confusionCells());
    }

    /** The number of pairs of categories, the right one and the predicted one, that are confused at least once. */
    public int pairs() {
        return wrong.size();
    }

    /**
     * The pairs that are confused most often; of equally frequent ones the one with the larger share of the images of
     * its category first.
     *
     * @param most how many at most, 0 or more
     */
    public List<ConfusionCell> mostFrequent(int most) {
        return wrong.stream()
                .sorted(Comparator.comparingLong((ConfusionCell cell) -> -cell.images())
                        .thenComparingLong(cell -> support[cell.category()])
                        .thenComparingInt(ConfusionCell::category)
                        .thenComparingInt(ConfusionCell::predicted))
                .limit(most)
                .toList();
    }

    /**
     * Categories in an order in which those that are taken for each other stand side by side: by average linkage of
     * {@code (c_ij + c_ji) / (n_i + n_j)}, with the images {@code c_ij} of category i for which j was predicted, and
     * the images {@code n_i} of category i.
     *
     * @param most how many at most, 2 or more, since the time grows with its third power; if there are more, those of
     *     the pairs that are confused most often
     * @return indices of categories, each once
     */
    public List<Integer> bySimilarity(int most) {
        List<Integer> chosen = chosen(most);
        double[][] similarity = new double[chosen.size()][chosen.size()];
        int[] places = new int[size];
        Arrays.fill(places, -1);
        IntStream.range(0, chosen.size()).forEach(place -> places[chosen.get(place)] = place);
        for (ConfusionCell cell : wrong) {
            int i = places[cell.category()];
            int j = places[cell.predicted()];
            if (i >= 0 && j >= 0) {
                double share = cell.images() / (double) (support[cell.category()] + support[cell.predicted()]);
                similarity[i][j] += share;
                similarity[j][i] += share;
            }
        }
        return AverageLinkage.order(similarity).stream().map(chosen::get).toList();
    }

    private List<Integer> chosen(int most) {
        if (size <= most) {
            return IntStream.range(0, size).boxed().toList();
        }
        Set<Integer> chosen = new TreeSet<>();
        for (ConfusionCell cell : mostFrequent(wrong.size())) {
            if (chosen.size() + 2 <= most) {
                chosen.add(cell.category());
                chosen.add(cell.predicted());
            }
        }
        return List.copyOf(chosen);
    }
}
