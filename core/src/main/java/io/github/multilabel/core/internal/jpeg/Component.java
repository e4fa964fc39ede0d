package io.github.multilabel.core.internal.jpeg;

/**
 * One component of an image, as its frame and its scan declare it.
 *
 * @param horizontal blocks of each unit (MCU) from left to right
 * @param vertical blocks of each unit from top to bottom
 * @param quantization 64 factors in the file's order
 * @param dc codes of the differences of first coefficients
 * @param ac codes of all others
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record Component(int horizontal, int vertical, int[] quantization, HuffmanTable dc, HuffmanTable ac) {}
