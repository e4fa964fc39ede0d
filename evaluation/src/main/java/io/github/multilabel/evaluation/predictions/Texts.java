package io.github.multilabel.evaluation.predictions;

/** A text for each image, such as its name: from a list, or read from a file when asked for. */
@FunctionalInterface
interface Texts {

    String of(int row);
}
