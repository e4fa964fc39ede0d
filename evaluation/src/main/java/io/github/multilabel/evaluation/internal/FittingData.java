package io.github.multilabel.evaluation.internal;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.MultiLabelDataset;

/** Checks whether a data set has the heads of a model. */
public final class FittingData {

    private FittingData() {}

    /**
     * Checks that a data set has the model's heads, or at least those that are evaluated, and has images.
     *
     * @param role for the message, such as {@code "training data"}
     * @param evaluated all heads but the auxiliary ones
     * @throws IllegalArgumentException if it has other heads, or no images
     */
    public static void require(String role, HeadSet heads, HeadSet evaluated, MultiLabelDataset data) {
        if (data == null) {
            throw new IllegalArgumentException("the " + role + " is null");
        }
        try {
            (data.heads().size() == evaluated.size() ? evaluated : heads).requireSame(data.heads());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the " + role + " does not fit the model: " + e.getMessage()
                    + ". A table has a model's heads in their order by optHeads(model.heads()); a training has those of"
                    + " a table by setHeads(table.heads())", e);
        }
        if (data.size() == 0) {
            throw new IllegalArgumentException("the " + role + " has no images");
        }
    }
}
