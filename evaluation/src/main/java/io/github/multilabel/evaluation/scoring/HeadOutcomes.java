package io.github.multilabel.evaluation.scoring;

import io.github.multilabel.core.Head;
import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.evaluation.metrics.SingleLabelHeadMetrics;
import io.github.multilabel.evaluation.mistakes.Confusions;
import io.github.multilabel.evaluation.predictions.PredictedHead;
import io.github.multilabel.model.heads.HeadThreshold;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What came of the predictions of one head, unit by unit, so that its metrics follow for any weights of the units. */
abstract sealed class HeadOutcomes permits SingleLabelOutcomes, MultiLabelOutcomes {

    private final PredictedHead predicted;
    private final Units units;

    HeadOutcomes(PredictedHead predicted, Units units) {
        this.predicted = predicted;
        this.units = units;
    }

    static HeadOutcomes of(PredictedHead predicted, Units units) {
        return predicted.when(
                single -> new SingleLabelOutcomes(single, units), multi -> new MultiLabelOutcomes(multi, units));
    }

    final Head head() {
        return predicted.head();
    }

    final Units units() {
        return units;
    }

    /** Whether an image, labelled, is predicted correctly. */
    abstract boolean isCorrect(int row);

    final boolean isMissing(int row) {
        return predicted.isMissing(row);
    }

    /** What an {@code Evaluation} follows from; the loss is the mean cross entropy. */
    abstract HeadCounts counts(int... weights);

    /** What needs probabilities. */
    abstract HeadScores scores(Rankings rankings, int... weights);

    /**
     * Whether the probabilities can be trusted.
     *
     * @param threshold of the head, if it has one
     */
    abstract HeadConfidence confidence(Optional<HeadThreshold> threshold);

    /**
     * Which categories are taken for each other.
     *
     * @param metrics of this head
     */
    final Confusions confusions(HeadMetrics metrics) {
        return predicted.when(single -> Confusions.of((SingleLabelHeadMetrics) metrics), Confusions::of);
    }

    /** Precision, recall and F1 of each category with intervals. */
    final List<CategoryIntervals> intervals() {
        CategoryTally tally = new CategoryTally(head(), units.isGrouped());
        tally(tally);
        return tally.intervals();
    }

    /** Adds all that was right or predicted. */
    abstract void tally(CategoryTally tally);

    /** Whether a category is right for an image, labelled. */
    abstract boolean isRight(int row, int category);

    /**
     * By what the images of a category are ordered: numbers that increase with its probability, of float32 so that
     * rounding makes no order.
     *
     * @param first the category that comes first; as many follow as there is room for
     * @param target filled
     */
    abstract void scores(int row, int first, float[] target);

    /** The rows of the images whose label is known. */
    final int[] labelled() {
        return IntStream.range(0, predicted.size())
                .filter(row -> !predicted.isMissing(row))
                .toArray();
    }

    static double mean(double sum, long number) {
        return number == 0 ? Double.NaN : sum / number;
    }
}
