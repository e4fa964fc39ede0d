package io.github.multilabel.evaluation.internal.counts;

import io.github.multilabel.core.HeadSet;
import java.util.List;

/**
 * What an evaluation is made of.
 *
 * @param headSet the questions
 * @param heads of each question, in order
 * @param loss of all heads, each times its head weight; NaN if none has labels
 * @param samples the images that were looked at, labelled or not
 * @param complete those of them that are labelled for every head
 * @param exact those of these of which every head is answered rightly
 */
public record EvaluationCounts(
        HeadSet headSet, List<HeadCounts> heads, double loss, long samples, long complete, long exact) {}
