package io.github.multilabel.core.check;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.LookAlikes;
import io.github.multilabel.core.check.Finding.Kind;
import io.github.multilabel.core.check.Finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the labels of the training rows tell of a head. */
final class LabelChecks {

    /** With fewer labelled rows, as many categories as rows mean nothing. */
    private static final int ID_ROWS = 20;

    private static final double ID_SHARE = 0.9;

    private LabelChecks() {}

    /**
     * Looks at one head.
     *
     * @param training the labels of the training rows
     * @param few a category with fewer images than this is told of
     */
    static List<Finding> of(Head head, List<Labels> training, int few) {
        int[] counts = new int[head.size()];
        int labelled = 0;
        for (Labels labels : training) {
            if (!labels.isMissing(head.name())) {
                labelled++;
                labels.indices(head.name()).forEach(index -> counts[index]++);
            }
        }
        if (labelled == 0) {
            return List.of(head(
                    Kind.HEAD_WITHOUT_LABELS,
                    Severity.ERROR,
                    "none of the " + training.size() + " training rows has a label for '" + head.name()
                            + "'; look at the column that fills it, or leave the head out"));
        }
        List<Finding> findings = new ArrayList<>(similar(head));
        if (looksLikeId(head, counts, labelled)) {
            findings.add(head(
                    Kind.LOOKS_LIKE_ID,
                    Severity.WARNING,
                    "'" + head.name() + "' has " + head.size() + " categories for " + labelled
                            + " labelled rows: is the column an id or a name? Leave it out, or fold rare categories"));
            return findings; // that each category is rare is then no news
        }
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] < few) {
                findings.add(head(
                        Kind.FEW_IMAGES,
                        Severity.WARNING,
                        "'" + head.name() + "': category '" + head.category(i) + "' has " + counts[i]
                                + " training images, fewer than " + few));
            }
        }
        return findings;
    }

    private static boolean looksLikeId(Head head, int[] counts, int labelled) {
        int used = 0;
        for (int count : counts) {
            used += count > 0 ? 1 : 0;
        }
        return head.kind() == Head.Kind.SINGLE_LABEL && labelled >= ID_ROWS && used >= ID_SHARE * labelled;
    }

    private static List<Finding> similar(Head head) {
        Map<String, List<String>> byFolded = head.categories().stream()
                .collect(Collectors.groupingBy(LookAlikes::fold, LinkedHashMap::new, Collectors.toList()));
        return byFolded.values().stream()
                .filter(same -> same.size() > 1)
                .map(same -> head(
                        Kind.SIMILAR_CATEGORIES,
                        Severity.WARNING,
                        "'" + head.name() + "': categories " + LookAlikes.describe(same)
                                + (LookAlikes.isNumber(same.get(0))
                                        ? " are the same number"
                                        : " look alike: they differ only in case, blanks, punctuation, accents or the"
                                                + " form of their characters")
                                + "; write them alike if they are meant to be one"))
                .toList();
    }

    private static Finding head(Kind kind, Severity severity, String message) {
        return new Finding(kind, severity, List.of(), message);
    }
}
