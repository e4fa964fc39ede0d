package io.github.multilabel.evaluation.internal.page;

/**
 * A paragraph.
 *
 * @param text what it says
 */
public record Note(String text) implements Part {}
