package io.github.multilabel.evaluation.scoring;

/**
 * Precision, recall and F1 of a category with their intervals of 95 %, by Wilson 1927. The bootstrap, which the other
 * metrics have, would say of a category with five images that are all found that the recall is 1 with bounds of 1 and
 * 1; Wilson's bounds are 0.57 and 1 (Brown, Cai and DasGupta 2001 compare the two kinds). That of F1 is that of the
 * fraction J of the images with the category or predicted as such that have both, since F1 is 2 J / (1 + J).
 *
 * <p>Images that belong together say less than as many others: they count as so many as give the variance between
 * groups (Korn and Graubard 1998), and as one for each group where that is not known.
 *
 * @param category its name
 * @param precision NaN if it was never predicted
 * @param recall NaN if no image has it
 * @param f1 NaN if no image has it and it was never predicted
 */
public record CategoryIntervals(String category, Interval precision, Interval recall, Interval f1) {}
