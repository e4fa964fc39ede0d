package io.github.multilabel.evaluation.scoring;

import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import io.github.multilabel.evaluation.predictions.MultiLabelPredictions;
import io.github.multilabel.model.heads.HeadThreshold;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Of a multi-label head: hits and mistakes of each tag, whole sets, and sums of what follows from probabilities. */
final class MultiLabelOutcomes extends HeadOutcomes {

    /** What can be of a tag, beside that it is rightly left out, which is not counted. */
    private static final int CASES = 3;

    private static final int HIT = 0;
    private static final int MISSED = 1;
    private static final int FALSE = 2;

    private final MultiLabelPredictions predicted;
    private final BitSet correct = new BitSet();
    private final CellCounts tags;
    /** Cell 1 counts the labelled images whose whole set is right, cell 0 the others. */
    private final CellCounts sets;

    private final UnitSums losses;
    private final UnitSums squares;

    MultiLabelOutcomes(MultiLabelPredictions predicted, Units units) {
        super(predicted, units);
        this.predicted = predicted;
        losses = new UnitSums(units);
        squares = new UnitSums(units);
        CellCounts.Builder ofTags = new CellCounts.Builder(units.size());
        CellCounts.Builder ofSets = new CellCounts.Builder(units.size());
        float[] logits = new float[head().size()];
        for (int row = 0; row < predicted.size(); row++) {
            if (predicted.isMissing(row)) {
                continue;
            }
            int unit = units.of(row);
            predicted.logits(row, logits);
            double loss = 0;
            double square = 0;
            boolean isCorrect = true;
            for (int k = 0; k < logits.length; k++) {
                boolean isRight = predicted.isRight(row, k);
                boolean isPredicted = predicted.isPredicted(row, k);
                if (isRight || isPredicted) {
                    ofTags.add(unit, (long) k * CASES + (isRight ? isPredicted ? HIT : MISSED : FALSE));
                }
                isCorrect &= isRight == isPredicted;
                double against = isRight ? -(double) logits[k] : logits[k];
                double odds = Math.exp(-Math.abs(against)); // at most 1, so it cannot overflow
                double wrong = (against > 0 ? 1 : odds) / (1 + odds);
                loss += Math.max(against, 0) + Math.log1p(odds);
                square += wrong * wrong;
            }
            losses.add(unit, loss / logits.length);
            squares.add(unit, square / logits.length);
            correct.set(row, isCorrect);
            ofSets.add(unit, isCorrect ? 1 : 0);
        }
        tags = ofTags.build();
        sets = ofSets.build();
    }

    @Override
    boolean isCorrect(int row) {
        return correct.get(row);
    }

    @Override
    HeadConfidence confidence(Optional<HeadThreshold> threshold) {
        int tags = head().size();
        int[] all = labelled();
        int step = (int) Math.max(1, ((long) all.length * tags + HeadConfidence.MOST - 1) / HeadConfidence.MOST);
        int[] rows = IntStream.range(0, all.length)
                .filter(i -> i % step == 0)
                .map(i -> all[i])
                .toArray();
        double[] probabilities = new double[rows.length * tags];
        boolean[] right = new boolean[probabilities.length];
        for (int i = 0; i < probabilities.length; i++) {
            int row = rows[i / tags];
            double yes = predicted.probability(row, i % tags);
            probabilities[i] = Math.max(yes, 1 - yes);
            right[i] = predicted.isRight(row, i % tags) == yes > 0.5;
        }
        return HeadConfidence.of(head(), probabilities, right, Optional.empty());
    }

    @Override
    void tally(CategoryTally tally) {
        tags.each((unit, cell, images) -> {
            int outcome = (int) (cell % CASES);
            tally.add(unit, (int) (cell / CASES), outcome != FALSE, outcome != MISSED, images);
        });
    }

    @Override
    boolean isRight(int row, int category) {
        return predicted.isRight(row, category);
    }

    @Override
    void scores(int row, int first, float[] target) {
        predicted.logits(row, first, target);
    }

    @Override
    HeadCounts counts(int... weights) {
        CellCounts.Counted counts = tags.under(weights);
        CellCounts.Counted whole = sets.under(weights);
        List<HeadCounts.Tag> categories = IntStream.range(0, head().size())
                .mapToObj(k -> {
                    long cell = (long) k * CASES;
                    long hits = counts.of(cell + HIT);
                    return new HeadCounts.Tag(hits, hits + counts.of(cell + MISSED), hits + counts.of(cell + FALSE));
                })
                .toList();
        long support = whole.total();
        return new HeadCounts.Tags(
                head(), mean(losses.under(weights), support), mean(whole.of(1), support), support, 0, categories);
    }

    @Override
    MultiLabelScores scores(Rankings rankings, int... weights) {
        long support = sets.under(weights).total();
        return new MultiLabelScores(
                head(), mean(squares.under(weights), support), rankings.under(weights), rankings.categories());
    }
}
