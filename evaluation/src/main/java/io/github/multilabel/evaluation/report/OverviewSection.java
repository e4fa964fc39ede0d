package io.github.multilabel.evaluation.report;

import io.github.multilabel.core.Head;
import io.github.multilabel.evaluation.internal.page.Cell;
import io.github.multilabel.evaluation.internal.page.Note;
import io.github.multilabel.evaluation.internal.page.Part;
import io.github.multilabel.evaluation.internal.page.Section;
import io.github.multilabel.evaluation.internal.page.Table;
import io.github.multilabel.evaluation.metrics.CategoryMetrics;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.evaluation.mistakes.Mistakes;
import io.github.multilabel.evaluation.scoring.Interval;
import io.github.multilabel.evaluation.scoring.PredictionMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How good the heads are, beside each other and together. */
final class OverviewSection {

    private OverviewSection() {}

    static Section of(PredictionMetrics metrics, Mistakes mistakes) {
        Evaluation evaluation = metrics.evaluation();
        List<Part> parts = new ArrayList<>();
        parts.add(new Table(
                "Heads",
                List.of("head", "an image has", "categories", "labelled", "accuracy", "macro F1", "always the same"),
                evaluation.heads().stream().map(head -> row(metrics, head)).toList(),
                List.of(),
                "Always the same: the accuracy of answering every image alike. Macro F1 counts rare categories as"
                        + " much as frequent ones."
                        + (metrics.intervals().isEmpty()
                                ? ""
                                : " In brackets: between which bounds a figure could as well have been with other"
                                        + " images.")));
        if (evaluation.heads().size() > 1) {
            parts.add(together(metrics, mistakes.imagesByFailedHeads()));
            parts.add(errors(metrics));
        }
        if (evaluation.heads().stream().allMatch(head -> head.support() == 0)) {
            parts.add(new Note("Nothing was measured: no image has a label."));
        }
        return new Section("Summary", parts);
    }

    private static List<Cell> row(PredictionMetrics metrics, HeadMetrics head) {
        return List.of(
                Cell.text(head.head().name()),
                Cell.text(
                        switch (head.head().kind()) {
                            case SINGLE_LABEL -> "one category";
                            case MULTI_LABEL -> "any number of tags";
                        }),
                Cell.count(head.head().size()),
                Cell.count(head.support()),
                share(metrics, head.head().name() + ".accuracy"),
                share(metrics, head.head().name() + ".macro_f1"),
                Cell.share(alwaysTheSame(head)));
    }

    private static Cell share(PredictionMetrics metrics, String name) {
        Interval interval = metrics.interval(name);
        return Cell.share(interval.value(), interval.low(), interval.high());
    }

    /** What one gets without looking; of tags it is not known from their counts. */
    private static double alwaysTheSame(HeadMetrics head) {
        Head.Kind kind = head.head().kind();
        return switch (kind) {
            case SINGLE_LABEL ->
                head.support() == 0
                        ? Double.NaN
                        : (double) head.categories().stream()
                                        .mapToLong(CategoryMetrics::support)
                                        .max()
                                        .orElse(0)
                                / head.support();
            case MULTI_LABEL -> Double.NaN;
        };
    }

    private static Table errors(PredictionMetrics metrics) {
        return new Table(
                "How mistakes of two heads go together",
                List.of(
                        "head",
                        "and head",
                        "labelled for both",
                        "both wrong",
                        "second wrong where first is",
                        "correlation"),
                metrics.errors().stream()
                        .map(pair -> List.of(
                                Cell.text(pair.first()),
                                Cell.text(pair.second()),
                                Cell.count(pair.images()),
                                Cell.count(pair.bothWrong()),
                                Cell.share(pair.secondWhereFirst()),
                                Cell.score(pair.correlation())))
                        .toList());
    }

    private static Table together(PredictionMetrics metrics, long... images) {
        long labelled =
                IntStream.range(0, images.length).mapToLong(i -> images[i]).sum();
        return new Table(
                "How many heads are wrong on one image",
                List.of("heads that are wrong", "images", "distribution", "of all"),
                IntStream.range(0, images.length)
                        .mapToObj(wrong -> List.of(
                                Cell.text(Integer.toString(wrong)),
                                Cell.count(images[wrong]),
                                Cell.bar(labelled, images[wrong]),
                                Cell.share(labelled == 0 ? Double.NaN : (double) images[wrong] / labelled)))
                        .toList(),
                List.of("images"),
                "Of the images with a label for every head, "
                        + share(metrics, "exact_match").text() + " are right in all of them; the mean accuracy of the"
                        + " heads is " + share(metrics, "mean_accuracy").text() + ".");
    }
}
