package io.github.multilabel.evaluation.labels;

import io.github.multilabel.core.Hierarchy;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.evaluation.labels.LabelIssue.Kind;
import io.github.multilabel.evaluation.predictions.PredictedHead;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The labels of a data set that somebody should look at, because they are probably wrong by confident learning, because
 * they break a hierarchy, or because no other image has the same. The predictions have to be of a model that was not
 * trained on these images, such as those of a cross validation or of validation images: a model that has learned a
 * wrong label does not doubt it.
 *
 * <pre>{@code
 * LabelIssues issues = LabelIssues.find(Evaluator.predictions(model, validation));
 * issues.issues().stream().limit(20).forEach(System.out::println); // 7.jpg: brand: Audi? BMW 0.97
 * LabelIssuesCsv.write(Path.of("label-issues.csv"), issues);
 * }</pre>
 *
 * <p>Which labels are probably wrong is what cleanlab 2.9.0 finds on the same probabilities with its defaults
 * ({@code filter.find_label_issues}, {@code multilabel_classification.filter.find_label_issues}), but for categories
 * that have too few labels, see {@link #notExamined}. A missing label is no issue.
 *
 * @param images how many were judged
 * @param minSupport the number of labels below which a category is not examined
 * @param issues at most one for each image and head, the lowest {@link LabelIssue#selfConfidence} first
 * @param notExamined categories whose labels were not examined, in the order of heads and categories; those of which
 *     there is no label are left out, but for tags
 */
public record LabelIssues(int images, int minSupport, List<LabelIssue> issues, List<NotExamined> notExamined) {

    /** What {@link #find(Predictions)} takes: of fewer labels, the mean probability says little. */
    public static final int MIN_SUPPORT = 5;

    private static final int SHOWN = 12;

    /** In which order issues come: the most doubtful first. */
    public enum Ranking {
        /** By {@link LabelIssue#selfConfidence}, ascending. */
        SELF_CONFIDENCE,
        /** By {@link LabelIssue#margin}, ascending: first where another category is clearly better. */
        MARGIN;

        private double of(LabelIssue issue) {
            return switch (this) {
                case SELF_CONFIDENCE -> issue.selfConfidence();
                case MARGIN -> issue.margin();
            };
        }
    }

    private record Place(int row, String head) {}

    /** Copies the lists. */
    public LabelIssues {
        issues = List.copyOf(issues);
        notExamined = List.copyOf(notExamined);
    }

    /**
     * Judges all labels, with at least {@value #MIN_SUPPORT} of a category.
     *
     * @param predictions of a model that was not trained on these images
     */
    public static LabelIssues find(Predictions predictions) {
        return find(predictions, MIN_SUPPORT);
    }

    /**
     * Judges all labels. Takes about the time of computing the probabilities of all images three times; beside the
     * predictions, memory for the issues and for a number for each pair of a head's categories.
     *
     * @param predictions of a model that was not trained on these images
     * @param minSupport the number of labels below which a category is not examined, at least 2: of a single one,
     *     nothing can be said
     * @throws IllegalArgumentException if {@code minSupport} is below 2
     */
    public static LabelIssues find(Predictions predictions, int minSupport) {
        Given.require(predictions, "predictions", "e.g. Evaluator.predictions(model, validation)");
        if (minSupport < 2) {
            throw new IllegalArgumentException("minSupport " + minSupport
                    + ": at least 2, because a single label of a category cannot be compared with others");
        }
        Map<Place, LabelIssue> found = new LinkedHashMap<>();
        List<NotExamined> notExamined = new ArrayList<>();
        for (PredictedHead head : predictions.all()) {
            HeadIssues issues = head.when(
                    single -> HeadIssues.of(predictions, single, minSupport),
                    multi -> HeadIssues.of(predictions, multi, minSupport));
            add(issues.issues(), found);
            notExamined.addAll(issues.notExamined());
        }
        Map<String, SingleLabel> single = single(predictions, minSupport);
        for (Hierarchy.Link link : predictions.heads().hierarchy().links()) {
            add(HierarchyIssues.of(link, single).find(), found);
        }
        add(new CombinationIssues(List.copyOf(single.values()), predictions.size()).find(), found);
        return new LabelIssues(
                predictions.size(), minSupport, sorted(found.values(), Ranking.SELF_CONFIDENCE), notExamined);
    }

    private static Map<String, SingleLabel> single(Predictions predictions, int minSupport) {
        Map<String, SingleLabel> single = new LinkedHashMap<>();
        for (PredictedHead head : predictions.all()) {
            head.<List<SingleLabel>>when(
                            one -> List.of(SingleLabel.of(predictions, one, minSupport)), several -> List.of())
                    .forEach(labels -> single.put(head.head().name(), labels));
        }
        return single;
    }

    private static void add(List<LabelIssue> issues, Map<Place, LabelIssue> found) {
        issues.forEach(issue -> found.merge(new Place(issue.row(), issue.head().name()), issue, LabelIssue::and));
    }

    private static List<LabelIssue> sorted(Collection<LabelIssue> issues, Ranking ranking) {
        return issues.stream()
                .sorted(Comparator.comparingDouble(ranking::of)
                        .thenComparing(LabelIssue::row)) // stable: then in the order of the heads
                .toList();
    }

    /** The same in another order. */
    public LabelIssues rankedBy(Ranking ranking) {
        return new LabelIssues(images, minSupport, sorted(issues, ranking), notExamined);
    }

    /** How many issues are of each kind; one can be of several. */
    public Map<Kind, Long> counts() {
        Map<Kind, Long> counts = new HashMap<>();
        issues.forEach(issue -> issue.kinds().forEach(kind -> counts.merge(kind, 1L, Long::sum)));
        return counts;
    }

    /**
     * How many there are of each kind, the first ones, and what was not examined, in several lines.
     *
     * @param first how many issues to name at most
     */
    public String text(int first) {
        long rows = issues.stream().mapToInt(LabelIssue::row).distinct().count();
        StringBuilder text = new StringBuilder(
                issues.isEmpty()
                        ? String.format(Locale.ROOT, "no label of %,d images is doubted", images)
                        : String.format(
                                Locale.ROOT,
                                "labels to look at: %,d, of %,d of %,d images",
                                issues.size(),
                                rows,
                                images));
        Map<Kind, Long> counts = counts();
        Arrays.stream(Kind.values())
                .filter(counts::containsKey)
                .forEach(
                        kind -> text.append(String.format(Locale.ROOT, "\n- %s: %,d", kind.words(), counts.get(kind))));
        if (!issues.isEmpty() && first > 0) {
            text.append("\nthe most doubtful:");
            issues.stream().limit(first).forEach(issue -> text.append("\n- ").append(issue));
        }
        if (!notExamined.isEmpty()) {
            text.append("\nnot examined, with fewer than ")
                    .append(minSupport)
                    .append(" labels: ")
                    .append(notExamined.stream()
                            .limit(SHOWN)
                            .map(NotExamined::toString)
                            .collect(Collectors.joining(", ")))
                    .append(notExamined.size() > SHOWN ? " and " + (notExamined.size() - SHOWN) + " more" : "");
        }
        return text.toString();
    }

    /** As {@link #text} with the first five. */
    @Override
    public String toString() {
        return text(5);
    }
}
