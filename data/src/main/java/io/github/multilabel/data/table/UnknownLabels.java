package io.github.multilabel.data.table;

/** What happens to a label that is none of its head's categories. */
public enum UnknownLabels {
    /**
     * The label counts as missing, for its head alone, and is counted in {@link ImageTable#summary} and
     * {@link ImageTable#check}. Of several tags, only the unknown one is left out.
     */
    MASK,
    /** An exception that names line, head and label. */
    FAIL,
    /**
     * The label becomes a category behind the others, if a training row has it; so may columns be heads that
     * {@link ImageTableBuilder#optHeads} does not have. For a training that goes on with a saved model.
     */
    ADD
}
