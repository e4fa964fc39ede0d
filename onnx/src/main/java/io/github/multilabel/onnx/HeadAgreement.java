package io.github.multilabel.onnx;

/**
 * How often a file in int8 gives the answer of the same file in float32, for one head.
 *
 * @param head its name
 * @param same the fraction of images, or of tags of images, with the same answer, 0 to 1: the same most probable
 *     category, or tags on the same side of one half
 * @param largestDifference of a probability, 0 to 1
 */
public record HeadAgreement(String head, double same, double largestDifference) {}
