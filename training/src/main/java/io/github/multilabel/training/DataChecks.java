package io.github.multilabel.training;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.MultiLabelDataset;
import java.util.List;
import java.util.stream.IntStream;

/** What is found out about data before the first epoch, not after hours. */
final class DataChecks {

    private DataChecks() {}

    /**
     * Checks that a data set answers the questions of the model and has images.
     *
     * @param role for the message, such as {@code "training data"}
     */
    static void requireFit(String role, HeadSet heads, MultiLabelDataset data) {
        requireFit(role, heads, heads, data);
    }

    /**
     * Checks that a data set answers the questions of the model, or at least those that are judged, and has images.
     *
     * @param judged all heads but the auxiliary ones
     */
    static void requireFit(String role, HeadSet heads, HeadSet judged, MultiLabelDataset data) {
        if (data == null) {
            throw new IllegalArgumentException("the " + role + " is null");
        }
        try {
            (data.heads().size() == judged.size() ? judged : heads).requireSame(data.heads());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the " + role + " does not fit the model: " + e.getMessage(), e);
        }
        if (data.size() == 0) {
            throw new IllegalArgumentException("the " + role + " has no images");
        }
    }

    /** Checks that every head can be learned: that at least one image is labelled for it. */
    static void requireLabels(MultiLabelDataset training) {
        List<String> unlabelled = training.heads().stream()
                .map(Head::name)
                .filter(head -> IntStream.range(0, training.size())
                        .allMatch(i -> training.labels(i).isMissing(head)))
                .toList();
        if (!unlabelled.isEmpty()) {
            throw new IllegalArgumentException("none of the " + training.size() + " training images has a label for "
                    + (unlabelled.size() == 1 ? "head '" + unlabelled.get(0) + "'" : "the heads " + unlabelled)
                    + "; look at the column or rule that fills it, or leave the head out");
        }
    }
}
