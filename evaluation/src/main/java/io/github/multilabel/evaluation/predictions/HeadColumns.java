package io.github.multilabel.evaluation.predictions;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.model.heads.HeadThreshold;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.IntStream;

/** What all kinds of heads have: a column of logits and one of labels. */
abstract sealed class HeadColumns implements PredictedHead permits SingleLabelPredictions, MultiLabelPredictions {

    private final Head head;
    private final int size;
    private final Column logits;
    private final Column labels;

    HeadColumns(Head head, int size, Column logits, Column labels) {
        this.head = head;
        this.size = size;
        this.logits = logits;
        this.labels = labels;
    }

    static HeadColumns of(Head head, int size, Column logits, Column labels) {
        return switch (head.kind()) {
            case SINGLE_LABEL -> new SingleLabelPredictions(head, size, logits, labels);
            case MULTI_LABEL -> new MultiLabelPredictions(head, size, logits, labels, new float[head.size()]);
        };
    }

    /** The same columns of a head that answers from a threshold on. */
    abstract HeadColumns with(Optional<HeadThreshold> threshold);

    /** The bytes that the label of an image takes. */
    static int labelBytes(Head head) {
        return switch (head.kind()) {
            case SINGLE_LABEL -> Integer.BYTES;
            case MULTI_LABEL -> head.size();
        };
    }

    /** Writes the label of an image into its row. */
    static void putLabel(Head head, Labels label, ByteBuffer row) {
        switch (head.kind()) {
            case SINGLE_LABEL -> row.putInt(label.index(head.name()));
            case MULTI_LABEL -> {
                boolean isMissing = label.isMissing(head.name());
                for (int k = 0; k < head.size(); k++) {
                    row.put((byte) (isMissing ? Labels.MISSING : 0));
                }
                if (!isMissing) {
                    label.indices(head.name()).forEach(k -> row.put(k, (byte) 1));
                }
            }
        }
    }

    @Override
    public final Head head() {
        return head;
    }

    @Override
    public final int size() {
        return size;
    }

    @Override
    public final float logit(int row, int category) {
        return logits.floatAt(checked(row), category);
    }

    @Override
    public final void logits(int row, float[] target) {
        if (target.length != head.size()) {
            throw new IllegalArgumentException("head '" + Excerpt.of(head.name())
                    + "' needs room for the logits of its " + head.size() + " categories, got " + target.length);
        }
        logits.floatsAt(checked(row), 0, target);
    }

    @Override
    public final void logits(int row, int first, float[] target) {
        if (first < 0 || first + target.length > head.size()) {
            throw new IndexOutOfBoundsException(target.length + " categories from " + first + " of head '"
                    + Excerpt.of(head.name()) + "': there are " + head.size());
        }
        logits.floatsAt(checked(row), first, target);
    }

    @Override
    public final int support() {
        return (int) IntStream.range(0, size).filter(row -> !isMissing(row)).count();
    }

    final Column logits() {
        return logits;
    }

    final Column labels() {
        return labels;
    }

    /** Chunks have room for more rows than there are. */
    final int checked(int row) {
        if (row < 0 || row >= size) {
            throw new IndexOutOfBoundsException(
                    "row " + row + " of head '" + Excerpt.of(head.name()) + "': there are " + size);
        }
        return row;
    }
}
