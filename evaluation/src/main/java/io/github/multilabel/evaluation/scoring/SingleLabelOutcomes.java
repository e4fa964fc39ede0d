package io.github.multilabel.evaluation.scoring;

import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import io.github.multilabel.evaluation.internal.counts.SparseCounts;
import io.github.multilabel.evaluation.predictions.SingleLabelPredictions;
import io.github.multilabel.model.heads.HeadThreshold;
import java.util.Optional;
import java.util.stream.IntStream;

/** Of a single-label head: the cells of the confusion matrix, ranks, and sums of what follows from probabilities. */
final class SingleLabelOutcomes extends HeadOutcomes {

    /** Below it a probability is too small to change the logarithm of its odds in float32. */
    private static final double SMALL = -18;

    private final SingleLabelPredictions predicted;
    private final int[] labels;
    private final int[] best;
    /** Of each image the logarithm of the odds of its most probable category. */
    private final float[] bestOdds;
    /** Of each image the logarithm of the sum of the exponentials of its logits. */
    private final double[] logSums;

    private final CellCounts confusion;
    private final CellCounts ranks;
    private final UnitSums losses;
    private final UnitSums squares;

    SingleLabelOutcomes(SingleLabelPredictions predicted, Units units) {
        super(predicted, units);
        this.predicted = predicted;
        labels = new int[predicted.size()];
        best = new int[labels.length];
        bestOdds = new float[best.length];
        logSums = new double[best.length];
        losses = new UnitSums(units);
        squares = new UnitSums(units);
        CellCounts.Builder cells = new CellCounts.Builder(units.size());
        CellCounts.Builder places = new CellCounts.Builder(units.size());
        float[] logits = new float[head().size()];
        for (int row = 0; row < best.length; row++) {
            predicted.logits(row, logits);
            double squareSum = answer(row, logits);
            int label = predicted.label(row);
            labels[row] = label;
            if (label != Labels.MISSING) {
                int unit = units.of(row);
                cells.add(unit, HeadCounts.Confusion.cell(head(), label, best[row]));
                places.add(unit, rank(logits, label));
                double log = logits[label] - logSums[row];
                losses.add(unit, -log);
                squares.add(unit, 1 - 2 * Math.exp(log) + squareSum);
            }
        }
        confusion = cells.build();
        ranks = places.build();
    }

    /** Finds the most probable category. Returns the sum of the squares of the probabilities. */
    private double answer(int row, float... logits) {
        int first = 0;
        for (int k = 1; k < logits.length; k++) {
            first = logits[k] > logits[first] ? k : first;
        }
        double others = 0;
        double squareSum = 1;
        for (int k = 0; k < logits.length; k++) {
            if (k != first) {
                double odds = Math.exp((double) logits[k] - logits[first]); // at most 1, so it cannot overflow
                others += odds;
                squareSum += odds * odds;
            }
        }
        best[row] = first;
        bestOdds[row] = (float) -Math.log(others); // infinite where no other category has a probability
        logSums[row] = logits[first] + Math.log1p(others);
        return squareSum / ((1 + others) * (1 + others));
    }

    /** As scikit-learn's {@code top_k_accuracy_score}: of equal logits, that of the later category is the higher. */
    private static int rank(float[] logits, int label) {
        int above = 0;
        for (int k = 0; k < label; k++) {
            above += logits[k] > logits[label] ? 1 : 0;
        }
        for (int k = label + 1; k < logits.length; k++) {
            above += logits[k] >= logits[label] ? 1 : 0;
        }
        return above;
    }

    int label(int row) {
        return labels[row];
    }

    /** The category that is answered: of equal ones the first. */
    int best(int row) {
        return best[row];
    }

    @Override
    boolean isCorrect(int row) {
        return best[row] == labels[row];
    }

    @Override
    HeadConfidence confidence(Optional<HeadThreshold> threshold) {
        int[] rows = labelled();
        double[] probabilities = new double[rows.length];
        boolean[] right = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int row = rows[i];
            probabilities[i] = Math.min(1, Math.exp(predicted.logit(row, best[row]) - logSums[row]));
            right[i] = isCorrect(row);
        }
        Optional<HeadThreshold.UnknownBelow> below =
                threshold.flatMap(own -> own.when(Optional::of, tags -> Optional.empty()));
        return HeadConfidence.of(head(), probabilities, right, below);
    }

    @Override
    void tally(CategoryTally tally) {
        int size = head().size();
        confusion.each((unit, cell, images) -> {
            int label = (int) (cell / size);
            int answer = (int) (cell % size);
            tally.add(unit, label, true, label == answer, images);
            if (label != answer) {
                tally.add(unit, answer, false, true, images);
            }
        });
    }

    @Override
    boolean isRight(int row, int category) {
        return labels[row] == category;
    }

    /** The logarithms of the odds: they increase with the probability, and are never rounded to that of 1. */
    @Override
    void scores(int row, int first, float[] target) {
        predicted.logits(row, first, target);
        for (int k = 0; k < target.length; k++) {
            double log = target[k] - logSums[row];
            target[k] = (float) (log < SMALL ? log : log - Math.log(1 - Math.exp(log)));
        }
        int place = best[row] - first;
        if (place >= 0 && place < target.length) {
            target[place] = bestOdds[row];
        }
    }

    @Override
    HeadCounts counts(int... weights) {
        CellCounts.Counted cells = confusion.under(weights);
        CellCounts.Counted places = ranks.under(weights);
        int[] met = IntStream.range(0, cells.cells().length)
                .filter(i -> cells.counts()[i] > 0)
                .toArray();
        SparseCounts counts = new SparseCounts();
        counts.merge(
                IntStream.of(met).mapToLong(i -> cells.cells()[i]).toArray(),
                IntStream.of(met).mapToLong(i -> cells.counts()[i]).toArray());
        long top = IntStream.range(0, HeadCounts.Confusion.TOP)
                .mapToLong(places::of)
                .sum();
        return new HeadCounts.Confusion(head(), mean(losses.under(weights), cells.total()), counts, top);
    }

    @Override
    SingleLabelScores scores(Rankings rankings, int... weights) {
        CellCounts.Counted places = ranks.under(weights);
        return new SingleLabelScores(
                head(),
                mean(squares.under(weights), places.total()),
                rankings.under(weights),
                rankings.categories(),
                places);
    }
}
