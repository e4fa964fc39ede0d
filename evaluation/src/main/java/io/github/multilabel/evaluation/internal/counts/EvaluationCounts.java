package io.github.multilabel.evaluation.internal.counts;

import io.github.multilabel.core.HeadSet;
import java.util.List;

/**
 * The counts of an evaluation.
 *
 * @param headSet the heads that were evaluated
 * @param heads the counts of each head, in order
 * @param loss of all heads, each times its loss weight; NaN if none has labels
 * @param samples the number of evaluated images, labelled or not
 * @param complete the number of images that are labelled for every head
 * @param exact the number of these for which every head is predicted correctly
 * @param hierarchies the counts of each finest head of the hierarchy; empty without one, and where they are not known
 */
public record EvaluationCounts(
        HeadSet headSet,
        List<HeadCounts> heads,
        double loss,
        long samples,
        long complete,
        long exact,
        List<HierarchyCounts> hierarchies) {

    /** Copies the lists. */
    public EvaluationCounts {
        heads = List.copyOf(heads);
        hierarchies = List.copyOf(hierarchies);
    }
}
