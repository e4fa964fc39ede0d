package io.github.multilabel.evaluation.metrics;

/**
 * A cell of a confusion matrix that is not empty.
 *
 * @param category the index of the category that the images have
 * @param answer the index of the category that they were taken for
 * @param images how many they are, at least 1
 */
public record ConfusionCell(int category, int answer, long images) {}
