package io.github.multilabel.evaluation.scoring;

/**
 * How well the probability of a category tells images that have it from others, whatever the threshold; or the mean of
 * that over the categories of a head for which it is defined.
 *
 * @param averagePrecision scikit-learn's {@code average_precision_score}: the mean over the images that have the
 *     category of the precision at a threshold that just finds them, in (0, 1]; NaN if no image has it, where
 *     scikit-learn says 0
 * @param auroc the area under the ROC curve, scikit-learn's {@code roc_auc_score}: how often an image that has the
 *     category gets a higher probability than one that has it not, ties as half; 0..1, NaN if all images have it or
 *     none has
 */
public record RankMetrics(double averagePrecision, double auroc) {}
