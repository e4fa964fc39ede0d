package io.github.multilabel.evaluation.labels;

import io.github.multilabel.core.Hierarchy.Link;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.labels.LabelIssue.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Images whose label of a head is not the one that a finer label determines. The less sure of the two is doubted: the
 * coarser one is to be what the finer determines, the finer one the most probable of those that fit the coarser.
 */
record HierarchyIssues(Link link, SingleLabel child, SingleLabel parent) {

    List<LabelIssue> find() {
        List<LabelIssue> issues = new ArrayList<>();
        for (int row = 0; row < child.head().size(); row++) {
            int finer = child.head().label(row);
            if (link.contradicts(finer, parent.head().label(row))) {
                issues.add(issue(row, finer));
            }
        }
        return issues;
    }

    private LabelIssue issue(int row, int finer) {
        int fitting = fitting(row);
        return fitting != Labels.MISSING && child.selfConfidence(row) < parent.selfConfidence(row)
                ? child.issue(row, Kind.BREAKS_HIERARCHY, fitting)
                : parent.issue(row, Kind.BREAKS_HIERARCHY, link.parentOf().get(finer));
    }

    /** The most probable category of the child that is of the parent's label. */
    private int fitting(int row) {
        int coarser = parent.head().label(row);
        int best = Labels.MISSING;
        for (int k = 0; k < link.parentOf().size(); k++) {
            if (link.parentOf().get(k) == coarser
                    && (best == Labels.MISSING
                            || child.head().logit(row, k) > child.head().logit(row, best))) {
                best = k;
            }
        }
        return best;
    }
}
