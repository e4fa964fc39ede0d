package io.github.multilabel.evaluation.report;

import io.github.multilabel.core.Head;
import io.github.multilabel.evaluation.internal.page.Cell;
import io.github.multilabel.evaluation.internal.page.Figures;
import io.github.multilabel.evaluation.internal.page.Note;
import io.github.multilabel.evaluation.internal.page.Part;
import io.github.multilabel.evaluation.internal.page.Section;
import io.github.multilabel.evaluation.internal.page.Table;
import io.github.multilabel.evaluation.metrics.CategoryMetrics;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.evaluation.mistakes.Mistakes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How good the heads are, beside each other and together. */
final class OverviewSection {

    private OverviewSection() {}

    static Section of(Evaluation evaluation, Mistakes mistakes) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Table(
                "Heads",
                List.of("head", "an image has", "categories", "labelled", "accuracy", "macro F1", "always the same"),
                evaluation.heads().stream().map(OverviewSection::row).toList(),
                List.of(),
                "Always the same: the accuracy of answering every image alike. Macro F1 counts rare categories as"
                        + " much as frequent ones."));
        if (evaluation.heads().size() > 1) {
            parts.add(together(evaluation, mistakes.imagesByFailedHeads()));
        }
        if (evaluation.heads().stream().allMatch(head -> head.support() == 0)) {
            parts.add(new Note("Nothing was measured: no image has a label."));
        }
        return new Section("Summary", parts);
    }

    private static List<Cell> row(HeadMetrics head) {
        return List.of(
                Cell.text(head.head().name()),
                Cell.text(
                        switch (head.head().kind()) {
                            case SINGLE_LABEL -> "one category";
                            case MULTI_LABEL -> "any number of tags";
                        }),
                Cell.count(head.head().size()),
                Cell.count(head.support()),
                Cell.share(head.accuracy()),
                Cell.number(Figures.score(head.macro().f1()), head.macro().f1()),
                Cell.share(alwaysTheSame(head)));
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

    private static Table together(Evaluation evaluation, long... images) {
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
                "Of the images with a label for every head, " + Figures.share(evaluation.exactMatch())
                        + " are right in all of them.");
    }
}
