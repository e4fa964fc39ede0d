package io.github.multilabel.core.internal.jpeg;

/** A part of the image as it is stored, in pixels at the reduction. */
record Part(int top, int left, int height, int width) {}
