package io.github.multilabel.evaluation.mistakes;

import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.evaluation.metrics.ConfusionCell;
import io.github.multilabel.evaluation.metrics.SingleLabelHeadMetrics;
import io.github.multilabel.evaluation.predictions.MultiLabelPredictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which categories a model takes for each other. Of a single-label head, an image is confused if another category than
 * its own is predicted; of a multi-label head, two tags are confused on an image if one of them is missed and the other
 * wrongly given, so that an image can count for several pairs. What is asked for follows the pairs that occur, so that
 * a head can have many categories.
 *
 * <pre>{@code
 * List<ConfusionCell> worst = metrics.confusions("brand").mostFrequent(10);
 * }</pre>
 *
 * <p>Immutable; threads may share it.
 */
public final class Confusions {

    /** Of a multi-label head with more tags, the pairs of these are counted: those with most mistakes. */
    public static final int MOST_TAGS = 256;

    private final int size;
    private final long[] support;
    private final List<ConfusionCell> cells;
    /** The cells that are not on the diagonal. */
    private final List<ConfusionCell> wrong;

    private Confusions(List<ConfusionCell> cells, long... support) {
        size = support.length;
        this.support = support;
        this.cells = List.copyOf(cells);
        wrong = this.cells.stream()
                .filter(cell -> cell.category() != cell.predicted())
                .toList();
    }

    /**
     * The confusions of a single-label head.
     *
     * @throws IllegalStateException unless the metrics have the confusion matrix
     */
    public static Confusions of(SingleLabelHeadMetrics head) {
        List<ConfusionCell> cells = Given.require(head, "head", "its metrics").confusionCells();
        long[] support = new long[head.head().size()];
        cells.forEach(cell -> support[cell.category()] += cell.images());
        return new Confusions(cells, support);
    }

    /**
     * The confusions of the tags of a multi-label head, in two passes over its images. Of more than {@value #MOST_TAGS}
     * tags, those of the tags with most mistakes.
     */
    public static Confusions of(MultiLabelPredictions head) {
        int size = Given.require(head, "head", "its predictions").head().size();
        int[] rows = IntStream.range(0, head.size())
                .filter(row -> !head.isMissing(row))
                .toArray();
        long[] support = new long[size];
        long[] mistakes = new long[size];
        for (int row : rows) {
            for (int k = 0; k < size; k++) {
                boolean isRight = head.isRight(row, k);
                support[k] += isRight ? 1 : 0;
                mistakes[k] += isRight == head.isPredicted(row, k) ? 0 : 1;
            }
        }
        int[] counted = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingLong(k -> -mistakes[k]))
                .limit(MOST_TAGS)
                .sorted()
                .mapToInt(Integer::intValue)
                .toArray();
        return new Confusions(cells(head, rows, counted), support);
    }

    private static List<ConfusionCell> cells(MultiLabelPredictions head, int[] rows, int... tags) {
        long[][] images = new long[tags.length][tags.length];
        int[] missed = new int[tags.length];
        int[] given = new int[tags.length];
        for (int row : rows) {
            int ofMissed = 0;
            int ofGiven = 0;
            for (int k = 0; k < tags.length; k++) {
                boolean isRight = head.isRight(row, tags[k]);
                boolean isPredicted = head.isPredicted(row, tags[k]);
                if (isRight && isPredicted) {
                    images[k][k]++;
                } else if (isRight) {
                    missed[ofMissed++] = k;
                } else if (isPredicted) {
                    given[ofGiven++] = k;
                }
            }
            for (int i = 0; i < ofMissed; i++) {
                for (int j = 0; j < ofGiven; j++) {
                    images[missed[i]][given[j]]++;
                }
            }
        }
        List<ConfusionCell> cells = new ArrayList<>();
        for (int i = 0; i < tags.length; i++) {
            for (int j = 0; j < tags.length; j++) {
                if (images[i][j] > 0) {
                    cells.add(new ConfusionCell(tags[i], tags[j], images[i][j]));
                }
            }
        }
        return cells;
    }

    /**
     * The counts of some categories as a matrix.
     *
     * @param categories their indices, each once
     * @return by the places of the right category and of the predicted one; on the diagonal the images with the
     *     category that are right in it
     */
    public long[][] matrix(List<Integer> categories) {
        int[] places = places(categories);
        long[][] images = new long[categories.size()][categories.size()];
        for (ConfusionCell cell : cells) {
            int i = places[cell.category()];
            int j = places[cell.predicted()];
            if (i >= 0 && j >= 0) {
                images[i][j] = cell.images();
            }
        }
        return images;
    }

    /** Where each category stands among some; -1 for the others. */
    private int[] places(List<Integer> categories) {
        int[] places = new int[size];
        Arrays.fill(places, -1);
        IntStream.range(0, categories.size()).forEach(place -> places[categories.get(place)] = place);
        return places;
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
        int[] places = places(chosen);
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
