package io.github.multilabel.evaluation.labels;

import io.github.multilabel.core.Head;
import io.github.multilabel.evaluation.labels.LabelIssue.Kind;
import io.github.multilabel.evaluation.predictions.MultiLabelPredictions;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.predictions.SingleLabelPredictions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The labels of one head that are probably wrong.
 *
 * @param issues in the order of the images
 * @param notExamined categories that have too few labels
 */
record HeadIssues(List<LabelIssue> issues, List<NotExamined> notExamined) {

    static HeadIssues of(Predictions predictions, SingleLabelPredictions head, int minSupport) {
        SingleLabel labels = SingleLabel.of(predictions, head, minSupport);
        List<LabelIssue> issues = ConfidentLearning.doubted(Question.of(head)).stream()
                .filter(row -> !labels.isRare(row))
                .mapToObj(row -> labels.issue(row, Kind.PROBABLY_WRONG, head.best(row)))
                .toList();
        List<NotExamined> rare = new ArrayList<>();
        for (int k = 0; k < head.head().size(); k++) {
            if (labels.support(k) > 0 && labels.support(k) < minSupport) {
                rare.add(new NotExamined(head.head().name(), head.head().category(k), labels.support(k)));
            }
        }
        return new HeadIssues(issues, rare);
    }

    static HeadIssues of(Predictions predictions, MultiLabelPredictions head, int minSupport) {
        Head asked = head.head();
        Map<Integer, BitSet> wrong = new TreeMap<>();
        List<NotExamined> rare = new ArrayList<>();
        int labelled = head.support();
        for (int k = 0; labelled > 0 && k < asked.size(); k++) {
            int with = support(head, k);
            int support = Math.min(with, labelled - with);
            if (support < minSupport) {
                rare.add(new NotExamined(asked.name(), asked.category(k), support));
                continue;
            }
            int tag = k;
            ConfidentLearning.doubted(Question.of(head, tag)).stream()
                    .forEach(row ->
                            wrong.computeIfAbsent(row, any -> new BitSet()).set(tag));
        }
        List<LabelIssue> issues = new ArrayList<>();
        wrong.forEach((row, tags) -> issues.add(issue(predictions, head, row, tags)));
        return new HeadIssues(issues, rare);
    }

    private static int support(MultiLabelPredictions head, int tag) {
        int support = 0;
        for (int row = 0; row < head.size(); row++) {
            support += head.isRight(row, tag) ? 1 : 0;
        }
        return support;
    }

    private static LabelIssue issue(Predictions predictions, MultiLabelPredictions head, int row, BitSet wrong) {
        List<String> given = new ArrayList<>();
        List<String> suggested = new ArrayList<>();
        for (int k = 0; k < head.head().size(); k++) {
            boolean is = head.isRight(row, k);
            if (is) {
                given.add(head.head().category(k));
            }
            if (is != wrong.get(k)) {
                suggested.add(head.head().category(k));
            }
        }
        double least = wrong.stream()
                .mapToDouble(tag -> TagScores.ofTag(head, row, tag))
                .min()
                .orElseThrow();
        double selfConfidence = TagScores.selfConfidence(head, row);
        return new LabelIssue(
                row,
                predictions.source(row),
                head.head(),
                List.of(Kind.PROBABLY_WRONG),
                given,
                suggested,
                selfConfidence,
                2 * selfConfidence - 1,
                1 - least);
    }
}
