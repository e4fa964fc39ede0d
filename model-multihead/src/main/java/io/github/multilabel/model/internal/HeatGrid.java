package io.github.multilabel.model.internal;

/**
 * The places of a layer in the image that a network takes.
 *
 * @param height rows of places
 * @param width columns of places
 * @param seenHeight the fraction of the image's height, from the top, that they divide; below 1 where patches leave a
 *     rest
 * @param seenWidth the fraction of the image's width, from the left
 */
public record HeatGrid(int height, int width, double seenHeight, double seenWidth) {}
