package io.github.multilabel.evaluation.scoring;

import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The metrics of predictions as functions of how often each image counts. Two models that are to be compared are given
 * the same weights: predictions of the same images, in the same order and with the same groups, have the same units.
 *
 * <p>What is drawn as a whole is a unit: an image or, if the predictions have groups, the images of a group. Of more
 * than 20,000 images or groups a unit is a block of them, one of 2,000 into which they are dealt at random; this is
 * exact but for the width of intervals, which it knows to some 2 %. Immutable; any number of threads may use it.
 */
public final class Resampler {

    private final Outcomes outcomes;
    private final List<Rankings> rankings;

    private Resampler(Predictions predictions) {
        outcomes = new Outcomes(predictions);
        rankings = outcomes.heads().stream().map(Rankings::new).toList();
    }

    /** Prepares predictions, in a few passes over them. */
    public static Resampler of(Predictions predictions) {
        return new Resampler(Given.require(predictions, "predictions", "e.g. Evaluator.predictions(model, data)"));
    }

    /** How many units there are. */
    public int units() {
        return outcomes.units().size();
    }

    /**
     * Computes metrics under weights.
     *
     * @param metrics of the heads of the predictions
     * @param weights how often each unit counts, at least 0
     * @return a value for each metric, NaN where it is undefined. Means of average precisions and of areas under ROC
     *     curves are linear in the weights for heads of more than half a million images times categories
     * @throws IllegalArgumentException if there are more or fewer weights than units
     */
    public double[] values(Collection<PredictionMetric> metrics, int... weights) {
        if (weights.length != units()) {
            throw new IllegalArgumentException("a weight for each of the " + units() + " units is needed, got "
                    + weights.length + "; Bootstrap.weights draws them");
        }
        PredictionMetrics under = metrics(weights);
        return metrics.stream().mapToDouble(metric -> metric.of(under)).toArray();
    }

    PredictionMetrics once() {
        return metrics(outcomes.units().once());
    }

    private PredictionMetrics metrics(int... weights) {
        List<HeadScores> scores = new ArrayList<>();
        for (int h = 0; h < rankings.size(); h++) {
            scores.add(outcomes.heads().get(h).scores(rankings.get(h), weights));
        }
        return new PredictionMetrics(outcomes.evaluation(weights), scores, outcomes.right(weights));
    }

    Outcomes outcomes() {
        return outcomes;
    }
}
