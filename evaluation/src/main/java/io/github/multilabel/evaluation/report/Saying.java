package io.github.multilabel.evaluation.report;

import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.evaluation.internal.page.Figures;
import io.github.multilabel.evaluation.mistakes.Mistake;
import java.util.ArrayList;
import java.util.List;

/** A mistake in words. */
final class Saying {

    private Saying() {}

    /** What is predicted, and what is right. */
    static List<String> lines(Mistake mistake) {
        String sure = " " + Figures.share(mistake.confidence());
        return switch (mistake.head().kind()) {
            case SINGLE_LABEL ->
                List.of(
                        "predicted " + Excerpt.of(mistake.category()) + sure,
                        "label " + Excerpt.of(mistake.labels().get(0)));
            case MULTI_LABEL ->
                List.of(
                        (mistake.labels().contains(mistake.category()) ? "misses " : "predicted ")
                                + Excerpt.of(mistake.category())
                                + sure,
                        "labels " + names(mistake.labels()));
        };
    }

    /** In a line, with the head. */
    static String line(Mistake mistake) {
        return Excerpt.of(mistake.head().name()) + ": "
                + names(different(mistake.predicted(), mistake.labels())) + " in place of "
                + names(different(mistake.labels(), mistake.predicted()));
    }

    private static List<String> different(List<String> from, List<String> without) {
        List<String> different = new ArrayList<>(from);
        different.removeAll(without);
        return different;
    }

    private static String names(List<String> categories) {
        int most = 5;
        List<String> names =
                new ArrayList<>(categories.stream().limit(most).map(Excerpt::of).toList());
        if (categories.size() > most) {
            names.add(Figures.count(categories.size() - most) + " more");
        }
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
