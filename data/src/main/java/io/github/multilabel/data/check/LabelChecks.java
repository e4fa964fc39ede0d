package io.github.multilabel.data.check;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.LabelCounts;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.LookAlikes;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Checks whether the labels of a head suffice to learn it, and to measure it. */
final class LabelChecks {

    /** With fewer labelled rows, as many categories as rows mean nothing. */
    private static final int ID_ROWS = 20;

    private static final double ID_SHARE = 0.9;

    private static final Set<String> YES =
            Set.of("1", "true", "t", "yes", "y", "on", "ja", "wahr", "oui", "vrai", "si", "verdadero");

    private static final Set<String> NO =
            Set.of("0", "false", "f", "no", "n", "off", "nein", "falsch", "non", "faux", "falso");

    private final List<Sample> samples;
    private final IntPredicate usable;
    private final int few;

    /**
     * Takes what it looks at.
     *
     * @param usable whether the image of a row can be used
     * @param few a category with fewer images than this is reported
     */
    LabelChecks(List<Sample> samples, IntPredicate usable, int few) {
        this.samples = samples;
        this.usable = usable;
        this.few = few;
    }

    private List<Labels> labels(IntPredicate rows) {
        return IntStream.range(0, samples.size())
                .filter(rows)
                .mapToObj(row -> samples.get(row).labels())
                .toList();
    }

    /** Checks a part in which a head is measured. */
    Optional<Finding> ofMeasuring(Head head, String part, IntPredicate rows) {
        List<Labels> labels = labels(rows.and(usable));
        return LabelCounts.of(head, labels).labelled() > 0
                ? Optional.empty()
                : Optional.of(head(
                        Kind.NOTHING_TO_MEASURE,
                        Severity.WARNING,
                        "none of the " + labels.size() + " usable images of part '" + part + "' has a label for '"
                                + head.name() + "' that is one of its categories: it cannot be measured there"));
    }

    /** Checks the rows from which a head is learned. */
    List<Finding> ofTraining(Head head, IntPredicate training) {
        List<Labels> all = labels(training);
        List<Labels> usableOnly = labels(training.and(usable));
        List<Labels> left = usableOnly.isEmpty() ? all : usableOnly; // without any image, still labels can be looked at
        LabelCounts counts = LabelCounts.of(head, left);
        LabelCounts ofAll = LabelCounts.of(head, all);
        long labelled = counts.labelled();
        List<Finding> findings = new ArrayList<>(similar(head));
        findings.addAll(yesAndNo(head));
        if (labelled == 0) {
            findings.add(head(
                    Kind.HEAD_WITHOUT_LABELS,
                    Severity.ERROR,
                    "none of the " + left.size() + (left.size() == all.size() ? "" : " usable")
                            + " training rows has a label for '" + head.name()
                            + "'; look at the column that fills it, or leave the head out"));
            return findings;
        }
        if (looksLikeId(counts)) {
            findings.add(head(
                    Kind.LOOKS_LIKE_ID,
                    Severity.WARNING,
                    "'" + head.name() + "' has " + head.size() + " categories for " + labelled
                            + " labelled rows: is the column an id or a name? Leave it out, or fold rare categories"));
            return findings; // that each category is rare is then no news
        }
        if (head.kind() == Head.Kind.SINGLE_LABEL && counts.occurring() == 1 && ofAll.occurring() > 1) {
            findings.add(head(
                    Kind.CATEGORY_WITHOUT_IMAGES,
                    Severity.ERROR,
                    "'" + head.name() + "': without missing and damaged images, all " + labelled
                            + " training images have one category: there is nothing to learn"));
        }
        for (int i = 0; i < head.size(); i++) {
            if (counts.of(i) == 0 && ofAll.of(i) > 0) {
                findings.add(head(
                        Kind.CATEGORY_WITHOUT_IMAGES,
                        Severity.WARNING,
                        "'" + head.name() + "': the training images of category '" + Excerpt.of(head.category(i))
                                + "' (" + ofAll.of(i) + ") are all missing or damaged: it cannot be learned"));
            } else if (counts.of(i) < few) {
                findings.add(head(
                        Kind.FEW_IMAGES,
                        Severity.WARNING,
                        "'" + head.name() + "': category '" + Excerpt.of(head.category(i)) + "' has " + counts.of(i)
                                + " training images, fewer than " + few));
            }
        }
        return findings;
    }

    private static boolean looksLikeId(LabelCounts counts) {
        return counts.head().kind() == Head.Kind.SINGLE_LABEL
                && counts.labelled() >= ID_ROWS
                && counts.occurring() >= ID_SHARE * counts.labelled();
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

    /** Where all that is said is yes or no, each should be said in one way. */
    private static List<Finding> yesAndNo(Head head) {
        boolean onlyThese = head.categories().stream()
                .map(LookAlikes::fold)
                .allMatch(name -> YES.contains(name) || NO.contains(name));
        return Stream.of(YES, NO)
                .filter(words -> onlyThese)
                .map(words -> head.categories().stream()
                        .filter(name -> words.contains(LookAlikes.fold(name)))
                        .toList())
                .filter(same -> same.stream().map(LookAlikes::fold).distinct().count() > 1)
                .map(same -> head(
                        Kind.SIMILAR_CATEGORIES,
                        Severity.WARNING,
                        "'" + head.name() + "': categories " + LookAlikes.describe(same)
                                + " seem to say the same, yes or no; write them alike if they are meant to be one"))
                .toList();
    }

    private static Finding head(Kind kind, Severity severity, String message) {
        return new Finding(kind, severity, List.of(), message);
    }
}
