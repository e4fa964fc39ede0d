package io.github.multilabel.evaluation.labels;

import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.labels.LabelIssue.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Images whose labels of all single-label heads together no other image has. Only where combinations usually repeat,
 * and of images none of whose categories is rare, or nothing would be odd about it.
 *
 * @param heads all of single labels
 */
record CombinationIssues(List<SingleLabel> heads, int size) {

    /** Above this part of the images, a combination of one's own is usual. */
    private static final double USUAL = 0.05;

    List<LabelIssue> find() {
        List<LabelIssue> issues = new ArrayList<>();
        if (heads.size() < 2) {
            return issues;
        }
        Map<List<Integer>, Integer> counts = new HashMap<>();
        int whole = 0;
        for (int row = 0; row < size; row++) {
            List<Integer> labels = labels(row);
            if (!labels.contains(Labels.MISSING)) {
                counts.merge(labels, 1, Integer::sum);
                whole++;
            }
        }
        long single = counts.values().stream().filter(count -> count == 1).count();
        for (int row = 0; single <= USUAL * whole && row < size; row++) {
            if (counts.getOrDefault(labels(row), 0) == 1 && !hasRare(row)) {
                issues.add(issue(row, counts));
            }
        }
        return issues;
    }

    private List<Integer> labels(int row) {
        List<Integer> labels = new ArrayList<>(heads.size());
        heads.forEach(head -> labels.add(head.head().label(row)));
        return labels;
    }

    private boolean hasRare(int row) {
        return heads.stream().anyMatch(head -> head.isRare(row));
    }

    /** Of the least sure head with which another category makes a combination that occurs. */
    private LabelIssue issue(int row, Map<List<Integer>, Integer> counts) {
        List<SingleLabel> leastSure = heads.stream()
                .sorted(Comparator.comparingDouble(head -> head.selfConfidence(row)))
                .toList();
        for (SingleLabel head : leastSure) {
            int fitting = fitting(row, head, counts);
            if (fitting != Labels.MISSING) {
                return head.issue(row, Kind.OCCURS_NOWHERE_ELSE, fitting);
            }
        }
        return leastSure.get(0).issue(row, Kind.OCCURS_NOWHERE_ELSE, Labels.MISSING);
    }

    private int fitting(int row, SingleLabel changed, Map<List<Integer>, Integer> counts) {
        List<Integer> labels = labels(row);
        int position = heads.indexOf(changed);
        int best = Labels.MISSING;
        for (int k = 0; k < changed.head().head().size(); k++) {
            labels.set(position, k);
            if (k != changed.head().label(row)
                    && counts.containsKey(labels)
                    && (best == Labels.MISSING
                            || changed.head().logit(row, k) > changed.head().logit(row, best))) {
                best = k;
            }
        }
        return best;
    }
}
