package io.github.multilabel.evaluation.predictions;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.Labels;
import io.github.multilabel.model.heads.HeadThreshold;
import java.util.Optional;
import java.util.function.Function;

/** What a multi-label head says of each image, and what is right. Any number of threads may read it. */
public final class MultiLabelPredictions extends HeadColumns {

    private final float[] limits;

    /** @param limits the logits above which each tag is predicted */
    MultiLabelPredictions(Head head, int size, Column logits, Column labels, float[] limits) {
        super(head, size, logits, labels);
        this.limits = limits;
    }

    @Override
    HeadColumns with(Optional<HeadThreshold> threshold) {
        float[] own = threshold
                .map(each -> each.when(single -> new float[head().size()], HeadThreshold.OfTags::logits))
                .orElseGet(() -> new float[head().size()]);
        return new MultiLabelPredictions(head(), size(), logits(), labels(), own);
    }

    /** Whether a category is predicted: its probability is above its threshold, 0.5 where there is none. */
    public boolean isPredicted(int row, int category) {
        return logit(row, category) > limits[category];
    }

    /** The probability of one category, computed in float64. */
    public double probability(int row, int category) {
        return 1 / (1 + Math.exp(-logit(row, category)));
    }

    @Override
    public double[] probabilities(int row) {
        double[] values = new double[head().size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = probability(row, k);
        }
        return values;
    }

    @Override
    public boolean isMissing(int row) {
        return labels().byteAt(checked(row), 0) == Labels.MISSING;
    }

    @Override
    public boolean isRight(int row, int category) {
        return labels().byteAt(checked(row), category) == 1;
    }

    /** Whether each category is right or not, or all are missing. */
    boolean hasWholeLabel(int row) {
        boolean isMissing = isMissing(row);
        for (int k = 0; k < head().size(); k++) {
            byte label = labels().byteAt(row, k);
            if (isMissing ? label != Labels.MISSING : label != 0 && label != 1) {
                return false;
            }
        }
        return true;
    }

    @Override
    public <R> R when(Function<SingleLabelPredictions, R> single, Function<MultiLabelPredictions, R> multi) {
        return multi.apply(this);
    }
}
