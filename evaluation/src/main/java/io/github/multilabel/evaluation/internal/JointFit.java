package io.github.multilabel.evaluation.internal;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.metrics.AnswerQuality;
import io.github.multilabel.evaluation.metrics.JointChoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Chooses on validation data how the heads of one hierarchy answer together: the power to which the probabilities of
 * the parents' own heads count, by the mean accuracy, then by the fraction of images for which all heads are right. It
 * is one power for all parents: on photos of cars, one for each was no better on other images than those that chose.
 */
final class JointFit {

    /**
     * 0 are sums of the finest head, 1 is the plain product. Measured on photos of cars, 0.25 is best, so that it comes
     * first: of equals, the first is taken.
     */
    private static final double[] POWERS = {0.25, 0.125, 0.5, 0, 0.75, 1};

    /** More say the same, and take memory. */
    private static final int MOST_ROWS = 20_000;

    private final HeadSet heads;
    private final String finest;
    private final List<String> parents;
    private final Set<String> untrained;
    private final int[][] parentOf;
    private final List<Row> rows = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(0);
    private long seen;

    /**
     * What the heads say of an image, and what is known of it.
     *
     * @param fine the logarithms of the finest head's probabilities
     * @param coarse the same of each parent's own head
     * @param label of the finest head
     * @param labels of the parents
     */
    @SuppressWarnings("ArrayRecordComponent") // read here alone
    private record Row(double[] fine, double[][] coarse, int label, int[] labels) {

        boolean isKnown() {
            return label != Labels.MISSING && Arrays.stream(labels).noneMatch(each -> each == Labels.MISSING);
        }
    }

    /**
     * Begins without an image.
     *
     * @param parents those of the finest head that answer with it
     * @param untrained heads that have learned nothing themselves, so that their power is 0
     */
    JointFit(HeadSet heads, String finest, List<String> parents, Set<String> untrained) {
        this.heads = heads;
        this.finest = finest;
        this.parents = parents;
        this.untrained = untrained;
        parentOf = parents.stream()
                .map(parent -> heads.hierarchy().parentOf(finest, parent).stream()
                        .mapToInt(Integer::intValue)
                        .toArray())
                .toArray(int[][]::new);
    }

    /**
     * Takes an image.
     *
     * @param logits of all heads, in their order
     * @param labels of the single-label heads, at the positions of all heads
     */
    void add(float[][] logits, int[] labels) {
        Row row = new Row(
                logSoftmax(logits[heads.indexOf(finest)]),
                parents.stream()
                        .map(parent -> logSoftmax(logits[heads.indexOf(parent)]))
                        .toArray(double[][]::new),
                labels[heads.indexOf(finest)],
                parents.stream()
                        .mapToInt(parent -> labels[heads.indexOf(parent)])
                        .toArray());
        if (row.isKnown()) {
            seen++;
            if (rows.size() < MOST_ROWS) {
                rows.add(row);
            } else {
                long place = random.nextLong(seen); // each row is kept as probably as any other
                if (place < MOST_ROWS) {
                    rows.set((int) place, row);
                }
            }
        }
    }

    /** Chooses; empty if no image has the labels of all heads. */
    Optional<JointChoice> best() {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        AnswerQuality own = quality(this::own);
        AnswerQuality best = new AnswerQuality(-1, -1);
        double[] chosen = {};
        for (double power : POWERS) {
            double[] powers = parents.stream()
                    .mapToDouble(parent -> untrained.contains(parent) ? 0 : power)
                    .toArray();
            AnswerQuality joint = quality(row -> joint(row, powers));
            if (joint.isBetterThan(best)) {
                best = joint;
                chosen = powers;
            }
        }
        return Optional.of(choice(own, best, chosen));
    }

    private JointChoice choice(AnswerQuality own, AnswerQuality joint, double[] powers) {
        Map<String, Double> byParent = new LinkedHashMap<>();
        for (int i = 0; i < powers.length; i++) {
            byParent.put(parents.get(i), powers[i]);
        }
        return new JointChoice(
                finest,
                byParent,
                !own.isBetterThan(joint) || parents.stream().anyMatch(untrained::contains),
                rows.size(),
                own,
                joint,
                quality(row -> combination(row, powers)).exactMatch());
    }

    /** Answers an image: the category of the finest head, then those of its parents. */
    private interface Answers {
        int[] of(Row row);
    }

    private AnswerQuality quality(Answers answers) {
        int allRight = 0;
        int right = 0;
        for (Row row : rows) {
            int[] given = answers.of(row);
            int count = given[0] == row.label() ? 1 : 0;
            for (int i = 0; i < row.labels().length; i++) {
                count += given[i + 1] == row.labels()[i] ? 1 : 0;
            }
            right += count;
            allRight += count == given.length ? 1 : 0;
        }
        return new AnswerQuality(
                (double) right / ((long) rows.size() * (parents.size() + 1)), (double) allRight / rows.size());
    }

    private int[] own(Row row) {
        return IntStream.concat(
                        IntStream.of(largest(row.fine())),
                        Arrays.stream(row.coarse()).mapToInt(JointFit::largest))
                .toArray();
    }

    /** As {@code JointProgram} computes it. */
    private int[] joint(Row row, double[] powers) {
        double[] score = row.fine().clone();
        for (int i = 0; i < parentOf.length; i++) {
            double even = -Math.log(row.coarse()[i].length);
            for (int c = 0; c < score.length; c++) {
                int parent = parentOf[i][c];
                score[c] += powers[i] * (parent == Labels.MISSING ? even : row.coarse()[i][parent]);
            }
        }
        double[] p = probabilities(score);
        int[] given = new int[parentOf.length + 1];
        given[0] = largest(p);
        for (int i = 0; i < parentOf.length; i++) {
            given[i + 1] = largest(sums(p, parentOf[i], row.coarse()[i]));
        }
        return given;
    }

    /** The parents as the most probable category of the finest head has them; their own heads where it says nothing. */
    private int[] combination(Row row, double[] powers) {
        int[] given = joint(row, powers);
        for (int i = 0; i < parentOf.length; i++) {
            int parent = parentOf[i][given[0]];
            given[i + 1] = parent == Labels.MISSING ? given[i + 1] : parent;
        }
        return given;
    }

    private static double[] sums(double[] p, int[] parentOf, double[] own) {
        double[] sums = new double[own.length];
        double rest = 0;
        for (int c = 0; c < p.length; c++) {
            if (parentOf[c] == Labels.MISSING) {
                rest += p[c];
            } else {
                sums[parentOf[c]] += p[c];
            }
        }
        for (int k = 0; k < sums.length; k++) {
            sums[k] += rest * Math.exp(own[k]);
        }
        return sums;
    }

    static double[] logSoftmax(float[] logits) {
        double most = IntStream.range(0, logits.length)
                .mapToDouble(i -> logits[i])
                .max()
                .orElseThrow();
        double sum = IntStream.range(0, logits.length)
                .mapToDouble(i -> Math.exp(logits[i] - most))
                .sum();
        return IntStream.range(0, logits.length)
                .mapToDouble(i -> logits[i] - most - Math.log(sum))
                .toArray();
    }

    private static double[] probabilities(double[] scores) {
        double most = Arrays.stream(scores).max().orElseThrow();
        double[] p = Arrays.stream(scores).map(score -> Math.exp(score - most)).toArray();
        double sum = Arrays.stream(p).sum();
        return Arrays.stream(p).map(each -> each / sum).toArray();
    }

    static int largest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }
}
