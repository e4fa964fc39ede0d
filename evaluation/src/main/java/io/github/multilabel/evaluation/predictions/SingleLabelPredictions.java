package io.github.multilabel.evaluation.predictions;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.Labels;
import io.github.multilabel.model.heads.HeadThreshold;
import java.util.Optional;
import java.util.function.Function;

/** What a single-label head says of each image, and what is right. Any number of threads may read it. */
public final class SingleLabelPredictions extends HeadColumns {

    SingleLabelPredictions(Head head, int size, Column logits, Column labels) {
        super(head, size, logits, labels);
    }

    /** Whether it may answer "unknown" changes nothing here: metrics are of all answers. */
    @Override
    HeadColumns with(Optional<HeadThreshold> threshold) {
        return this;
    }

    /** The index of the category that is right, or {@link Labels#MISSING}. */
    public int label(int row) {
        return labels().intAt(checked(row));
    }

    /** The index of the most probable category; of equal ones the first. */
    public int best(int row) {
        int best = 0;
        for (int k = 1; k < head().size(); k++) {
            best = logit(row, k) > logit(row, best) ? k : best;
        }
        return best;
    }

    /**
     * The place of a category among all, 0 for the most probable; of equal ones the first in the order of the head
     * comes first.
     */
    public int rank(int row, int category) {
        float own = logit(row, category);
        int before = 0;
        for (int k = 0; k < head().size(); k++) {
            float other = logit(row, k);
            before += other > own || other == own && k < category ? 1 : 0;
        }
        return before;
    }

    @Override
    public double[] probabilities(int row) {
        double[] values = new double[head().size()];
        double highest = logit(row, best(row));
        double sum = 0;
        for (int k = 0; k < values.length; k++) {
            values[k] = Math.exp(logit(row, k) - highest); // at most 1, so it cannot overflow
            sum += values[k];
        }
        for (int k = 0; k < values.length; k++) {
            values[k] /= sum;
        }
        return values;
    }

    /**
     * The natural logarithm of the probability of a category, exact also where the probability is too small for a
     * float64.
     */
    public double logProbability(int row, int category) {
        double highest = logit(row, best(row));
        double sum = 0;
        for (int k = 0; k < head().size(); k++) {
            sum += Math.exp(logit(row, k) - highest);
        }
        return logit(row, category) - highest - Math.log(sum);
    }

    @Override
    public boolean isMissing(int row) {
        return label(row) == Labels.MISSING;
    }

    @Override
    public boolean isRight(int row, int category) {
        return label(row) == category;
    }

    @Override
    public <R> R when(Function<SingleLabelPredictions, R> single, Function<MultiLabelPredictions, R> multi) {
        return single.apply(this);
    }
}
