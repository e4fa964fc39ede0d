package io.github.multilabel.evaluation.internal;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.MultiLabelDataset;
import java.util.List;

/** Checks whether a data set has the heads of a model. */
public final class FittingData {

    private FittingData() {}

    /**
     * Checks that a data set has the heads that are evaluated, beside whatever others, and has images.
     *
     * @param role for the message, such as {@code "validation data"}
     * @throws IllegalArgumentException if it lacks a head or has other categories, or no images
     */
    public static void requireLabels(String role, HeadSet evaluated, MultiLabelDataset data) {
        require(role, data, () -> {
            List<String> known = data.heads().names();
            boolean hasAll = known.containsAll(evaluated.names());
            evaluated.requireSame(hasAll ? data.heads().select(evaluated.names()) : data.heads());
        });
    }

    /**
     * Checks that a data set has the heads that are learned, in their order, and has images.
     *
     * @throws IllegalArgumentException if it has other heads, or no images
     */
    public static void requireSame(String role, HeadSet learned, MultiLabelDataset data) {
        require(role, data, () -> learned.requireSame(data.heads()));
    }

    private static void require(String role, MultiLabelDataset data, Runnable comparison) {
        if (data == null) {
            throw new IllegalArgumentException("the " + role + " is null");
        }
        try {
            comparison.run();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the " + role + " does not fit the model: " + e.getMessage()
                            + ". A table has a model's heads in their order by optHeads(model.heads()); a training has"
                            + " those of a table by setHeads(table.heads())",
                    e);
        }
        if (data.size() == 0) {
            throw new IllegalArgumentException("the " + role + " has no images");
        }
    }
}
