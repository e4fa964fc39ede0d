package io.github.multilabel.evaluation.metrics;

/**
 * A cell of a confusion matrix that is not 0.
 *
 * @param category the index of the category that the images have
 * @param predicted the index of the category that was predicted
 * @param images the number of these images, at least 1
 */
public record ConfusionCell(int category, int predicted, long images) {}
