package io.github.multilabel.evaluation.internal;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.metrics.AnswerQuality;
import io.github.multilabel.evaluation.metrics.CombinationChoice;
import io.github.multilabel.model.combination.Combinations;
import io.github.multilabel.model.combination.Posterior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Chooses on validation data to which power the probabilities of each head count where all heads are answered together:
 * by the fraction of images for which all heads are right, then by the mean logarithm of the probability of what is
 * right; where nothing is better, 1. First one power for all, then that of each head in its turn.
 */
public final class CombinationFit implements LogitRows.Taker {

    /** What comes first is kept where others are only as good. */
    private static final double[] POWERS = {1, 0.75, 1.25, 0.5, 1.5, 0.25, 2, 0};
    /** For the choice; more take long, and choose the same. */
    private static final int MOST_ROWS = 2000;

    private static final int MOST_ROUNDS = 3;

    private final Combinations combinations;
    private final int[] positions;
    private final List<Row> rows = new ArrayList<>();

    /**
     * An image with the labels of all heads.
     *
     * @param logs by head and category the logarithms of the probabilities
     */
    @SuppressWarnings("ArrayRecordComponent") // read here alone
    private record Row(double[][] logs, int[] labels) {}

    /** What a choice is compared by. */
    private record Worth(double exactMatch, double logProbability) {

        boolean isBetterThan(Worth other) {
            return exactMatch > other.exactMatch
                    || exactMatch == other.exactMatch && logProbability > other.logProbability + 1e-9;
        }
    }

    /**
     * Begins without an image.
     *
     * @param heads of the model
     * @param combinations whose exponents are to be chosen
     */
    public CombinationFit(HeadSet heads, Combinations combinations) {
        this.combinations = combinations;
        positions =
                combinations.heads().names().stream().mapToInt(heads::indexOf).toArray();
    }

    /** Takes an image; one that lacks a label is passed over. */
    @Override
    public void add(float[][] logits, int[] labels) {
        int[] known = Arrays.stream(positions).map(position -> labels[position]).toArray();
        if (Arrays.stream(known).noneMatch(label -> label == Labels.MISSING)) {
            rows.add(new Row(
                    Arrays.stream(positions)
                            .mapToObj(position -> JointFit.logSoftmax(logits[position]))
                            .toArray(double[][]::new),
                    known));
        }
    }

    /** Chooses; empty if no image has the labels of all heads. */
    public Optional<CombinationChoice> best() {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        List<Row> some = some();
        Combinations best = combinations;
        Worth worth = worth(best, some);
        List<Map<String, Double>> choices = new ArrayList<>();
        for (double power : POWERS) {
            Map<String, Double> same = new LinkedHashMap<>();
            combinations.heads().names().forEach(head -> same.put(head, power));
            choices.add(same);
        }
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Combinations before = best;
            for (Map<String, Double> choice : choices) {
                Combinations other = best.withExponents(choice);
                Worth others = worth(other, some);
                if (others.isBetterThan(worth)) {
                    best = other;
                    worth = others;
                }
            }
            if (round > 0 && best == before) {
                break;
            }
            choices.clear();
            for (String head : combinations.heads().names()) {
                for (double power : POWERS) {
                    choices.add(Map.of(head, power));
                }
            }
        }
        Combinations chosen = best;
        return Optional.of(new CombinationChoice(
                chosen.exponents(), rows.size(), quality(CombinationFit::own), quality(row -> chosen.given(row.logs())
                        .best())));
    }

    /** Evenly from all. */
    private List<Row> some() {
        int count = Math.min(rows.size(), MOST_ROWS);
        return IntStream.range(0, count)
                .mapToObj(i -> rows.get((int) ((long) i * rows.size() / count)))
                .toList();
    }

    private static Worth worth(Combinations combinations, List<Row> rows) {
        int right = 0;
        double logs = 0;
        for (Row row : rows) {
            Posterior posterior = combinations.given(row.logs());
            right += Arrays.equals(posterior.best(), row.labels()) ? 1 : 0;
            logs += posterior.logProbability(row.labels());
        }
        return new Worth((double) right / rows.size(), logs / rows.size());
    }

    /** Answers an image: the category of each head. */
    private interface Answers {
        int[] of(Row row);
    }

    private static int[] own(Row row) {
        return Arrays.stream(row.logs()).mapToInt(JointFit::largest).toArray();
    }

    private AnswerQuality quality(Answers answers) {
        int allRight = 0;
        long right = 0;
        for (Row row : rows) {
            int[] given = answers.of(row);
            int count = 0;
            for (int head = 0; head < given.length; head++) {
                count += given[head] == row.labels()[head] ? 1 : 0;
            }
            right += count;
            allRight += count == given.length ? 1 : 0;
        }
        return new AnswerQuality(
                (double) right / ((long) rows.size() * positions.length), (double) allRight / rows.size());
    }
}
