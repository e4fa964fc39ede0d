package io.github.multilabel.evaluation.report;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.evaluation.internal.page.Figures;
import io.github.multilabel.evaluation.internal.page.Gallery;
import io.github.multilabel.evaluation.internal.page.Note;
import io.github.multilabel.evaluation.internal.page.Part;
import io.github.multilabel.evaluation.internal.page.Section;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.evaluation.metrics.MultiLabelHeadMetrics;
import io.github.multilabel.evaluation.metrics.SingleLabelHeadMetrics;
import io.github.multilabel.evaluation.mistakes.Confusions;
import io.github.multilabel.evaluation.mistakes.Mistake;
import io.github.multilabel.evaluation.mistakes.Mistakes;
import io.github.multilabel.evaluation.scoring.CategoryIntervals;
import io.github.multilabel.evaluation.scoring.HeadConfidence;
import io.github.multilabel.evaluation.scoring.HeadScores;
import io.github.multilabel.evaluation.scoring.PredictionMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All about one head. */
final class HeadSection {

    /** Mistakes that are shown. */
    private static final int SHOWN = 12;

    private final HeadMetrics metrics;
    private final HeadScores scores;
    private final HeadConfidence confidence;
    private final List<CategoryIntervals> intervals;
    private final Confusions confusions;
    private final Distribution distribution;
    private final Mistakes mistakes;
    private final Pictures pictures;

    HeadSection(
            PredictionMetrics all,
            HeadMetrics metrics,
            Distribution distribution,
            Mistakes mistakes,
            Pictures pictures) {
        this.metrics = metrics;
        String head = metrics.head().name();
        scores = all.head(head);
        confidence = all.confidence(head);
        intervals = all.categoryIntervals(head);
        confusions = all.confusions(head);
        this.distribution = distribution;
        this.mistakes = mistakes;
        this.pictures = pictures;
    }

    Section section() {
        Head head = metrics.head();
        List<Part> parts = new ArrayList<>();
        parts.add(new Note(metrics.when(HeadSection::describe, HeadSection::describe)));
        CategoriesPart categories = new CategoriesPart(metrics, scores, intervals, distribution);
        categories.chart().ifPresent(parts::add);
        parts.add(metrics.when(single -> categories.ofSingleLabel(), multi -> categories.ofTags()));
        if (metrics.support() > 0) {
            parts.addAll(ConfusionParts.of(metrics, confusions));
            parts.add(TrustCharts.of(confidence));
            mistakes().ifPresent(parts::add);
        }
        String name = Excerpt.of(head.name());
        return new Section("Head \u201c" + name + "\u201d", name, parts);
    }

    private static String describe(SingleLabelHeadMetrics head) {
        return describe((HeadMetrics) head) + ", accuracy " + Figures.share(head.accuracy())
                + (head.head().size() > 2 * 5 && !Double.isNaN(head.top5Accuracy())
                        ? ", right among the five most probable " + Figures.share(head.top5Accuracy())
                        : "")
                + ", macro F1 " + Figures.share(head.macro().f1()) + " over "
                + Figures.count(head.macro().categories()) + " that occur";
    }

    private static String describe(MultiLabelHeadMetrics head) {
        return describe((HeadMetrics) head) + ", all tags of an image right " + Figures.share(head.accuracy())
                + ", of single decisions " + Figures.share(head.hammingAccuracy()) + ", macro F1 "
                + Figures.share(head.macro().f1()) + " over "
                + Figures.count(head.macro().categories())
                + " that occur";
    }

    private static String describe(HeadMetrics head) {
        int size = head.head().size();
        return Figures.count(size)
                + (size == 1 ? " category, " : " categories, ")
                + Figures.count(head.support(), "labelled image");
    }

    private Optional<Part> mistakes() {
        List<Mistake> worst = mistakes.mostConfident(metrics.head().name(), SHOWN);
        return worst.isEmpty()
                ? Optional.empty()
                : Optional.of(new Gallery(
                        "Most confident mistakes",
                        "The model is surest of these, and wrong; a wrong label looks the same.",
                        worst.stream()
                                .map(mistake -> pictures.mistake(mistake, Saying.lines(mistake)))
                                .toList()));
    }
}
