package io.github.multilabel.evaluation.report;

import io.github.multilabel.evaluation.internal.page.Axis;
import io.github.multilabel.evaluation.internal.page.Cell;
import io.github.multilabel.evaluation.internal.page.Chart;
import io.github.multilabel.evaluation.internal.page.Charts;
import io.github.multilabel.evaluation.internal.page.Figures;
import io.github.multilabel.evaluation.internal.page.Part;
import io.github.multilabel.evaluation.internal.page.Table;
import io.github.multilabel.evaluation.metrics.CategoryMetrics;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.evaluation.scoring.CategoryIntervals;
import io.github.multilabel.evaluation.scoring.HeadScores;
import io.github.multilabel.evaluation.scoring.Interval;
import io.github.multilabel.evaluation.scoring.RankMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** How the categories of a head are distributed, and how well each is found. */
final class CategoriesPart {

    /** With more categories than these, bars alone do not show the whole. */
    private static final int MANY = 30;
    /** Points of the line over all categories. */
    private static final int POINTS = 200;

    private final HeadMetrics metrics;
    private final HeadScores scores;
    private final List<CategoryIntervals> intervals;
    private final Distribution distribution;

    CategoriesPart(
            HeadMetrics metrics, HeadScores scores, List<CategoryIntervals> intervals, Distribution distribution) {
        this.metrics = metrics;
        this.scores = scores;
        this.intervals = intervals;
        this.distribution = distribution;
    }

    Table ofSingleLabel() {
        return table(List.of("predicted"), category -> List.of(Cell.count(category.predicted())));
    }

    /** What {@code confusion} of a multi-label head has, a row for each tag. */
    Table ofTags() {
        return table(
                List.of("rightly given", "wrongly given", "missed", "rightly not given"),
                category -> List.of(
                        Cell.count(category.truePositives()),
                        Cell.count(category.falsePositives()),
                        Cell.count(category.falseNegatives()),
                        Cell.count(metrics.support() - category.support() - category.falsePositives())));
    }

    /** The most frequent category first. */
    private Table table(List<String> columns, Function<CategoryMetrics, List<Cell>> figures) {
        List<String> names = new ArrayList<>(List.of("category"));
        names.addAll(distribution.names());
        names.add("distribution");
        names.addAll(List.of("precision", "recall", "F1", "average precision", "AUROC"));
        names.addAll(columns);
        long most = IntStream.range(0, metrics.head().size())
                .mapToLong(this::sum)
                .max()
                .orElse(0);
        List<List<Cell>> rows = new ArrayList<>();
        for (int k : order()) {
            CategoryMetrics category = metrics.categories().get(k);
            long[] images = distribution.of(k, category.support());
            List<Cell> row = new ArrayList<>(List.of(Cell.text(category.category())));
            Arrays.stream(images).forEach(count -> row.add(Cell.count(count)));
            row.add(Cell.bar(most, images));
            RankMetrics ranked = scores.categories().get(k);
            row.addAll(List.of(
                    share(intervals.get(k).precision()),
                    share(intervals.get(k).recall()),
                    share(intervals.get(k).f1()),
                    Cell.score(ranked.averagePrecision()),
                    Cell.score(ranked.auroc())));
            row.addAll(figures.apply(category));
            rows.add(row);
        }
        return new Table(
                "Categories",
                names,
                rows,
                distribution.names(),
                "In brackets: between which bounds a figure could as well have been with other images.");
    }

    private static Cell share(Interval interval) {
        return Cell.shareWithin(interval.value(), interval.low(), interval.high());
    }

    private long sum(int category) {
        return LongStream.of(distribution.of(
                        category, metrics.categories().get(category).support()))
                .sum();
    }

    private List<Integer> order() {
        return IntStream.range(0, metrics.head().size())
                .boxed()
                .sorted(Comparator.comparingLong(category -> -sum(category)))
                .toList();
    }

    /** How uneven many categories are. */
    Optional<Part> chart() {
        List<Integer> order = order();
        if (order.size() <= MANY) {
            return Optional.empty();
        }
        int step = (order.size() + POINTS - 1) / POINTS;
        List<Double> places = new ArrayList<>();
        List<Double> images = new ArrayList<>();
        for (int i = 0; i < order.size(); i += step) {
            places.add(i + 1.0);
            images.add((double) sum(order.get(i)));
        }
        long most = sum(order.get(0));
        long least = sum(order.get(order.size() - 1));
        return Optional.of(new Charts(List.of(new Chart(
                "Images of each category, the most frequent first",
                "from " + Figures.count(most) + " to " + Figures.count(least) + " images, "
                        + Figures.count(sum(order.get(order.size() / 2))) + " in the middle",
                Axis.numbers("categories", order.size()),
                Axis.values("", 0, most),
                List.of(new Chart.Line("images", 0, places, images)),
                List.of()))));
    }
}
