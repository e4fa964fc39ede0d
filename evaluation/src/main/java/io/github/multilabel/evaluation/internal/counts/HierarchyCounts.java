package io.github.multilabel.evaluation.internal.counts;

/**
 * The counts of a finest head with its parents. What an answer or a label determines is read off the hierarchy; a
 * parent that is not known of it contradicts nothing and is not wrong.
 *
 * @param finest the name of the finest head
 * @param labelled the images that are labelled for it and all of its parents
 * @param right those of them for which all of these heads are predicted correctly
 * @param broken the images, labelled or not, of which a parent's answer is not what the finest answer determines
 * @param mistakes the images whose finest answer is wrong
 * @param wrong the heads that are wrong in all mistakes together, if the parents are what the finest answer determines
 */
public record HierarchyCounts(String finest, long labelled, long right, long broken, long mistakes, long wrong) {}
