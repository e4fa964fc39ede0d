package io.github.multilabel.evaluation.sheet;

import io.github.multilabel.core.image.Pixels;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/**
 * Keeps the samples with the worst predictions of all that it is given: those with a wrong one before all others, and
 * among them those with the highest loss. Of equal ones, it keeps the earlier.
 */
final class WorstFirst implements LabelledPass.Visitor {

    /** Where a sample stands, by which it is compared before its pixels are copied. */
    private record Rank(boolean isWrong, double loss, int order) {}

    private record Ranked(Rank rank, PredictedSample sample) {}

    private static final Comparator<Rank> BEST_FIRST = Comparator.comparing(Rank::isWrong)
            .thenComparing(Rank::loss)
            .thenComparing(Rank::order, Comparator.reverseOrder());

    private final PriorityQueue<Ranked> kept = new PriorityQueue<>(Comparator.comparing(Ranked::rank, BEST_FIRST));
    private final int capacity;
    private int seen;
    private int wrong;

    WorstFirst(int capacity) {
        this.capacity = capacity;
    }

    /** @param image called only if the sample is kept */
    @Override
    public void see(String source, List<LabelledPrediction> predictions, Supplier<Pixels> image) {
        boolean isWrong = predictions.stream().anyMatch(LabelledPrediction::isWrong);
        double loss = predictions.stream().mapToDouble(LabelledPrediction::loss).sum();
        Rank rank = new Rank(isWrong, loss, seen);
        seen++;
        wrong += isWrong ? 1 : 0;
        if (kept.size() == capacity) {
            if (BEST_FIRST.compare(rank, kept.element().rank()) < 0) {
                return;
            }
            kept.remove();
        }
        kept.add(new Ranked(rank, new PredictedSample(source, predictions, image.get())));
    }

    int seen() {
        return seen;
    }

    /** How many of all had a wrong prediction. */
    int wrong() {
        return wrong;
    }

    /** The worst first. */
    List<PredictedSample> samples() {
        return kept.stream()
                .sorted(Comparator.comparing(Ranked::rank, BEST_FIRST).reversed())
                .map(Ranked::sample)
                .toList();
    }
}
