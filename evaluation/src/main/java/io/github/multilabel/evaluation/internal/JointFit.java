package io.github.multilabel.evaluation.internal;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.model.heads.JointDecoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Chooses on validation data how the heads of one hierarchy answer together: the power to which the probabilities of
 * the parents' own heads count, by the fraction of images for which all heads are right, then by the mean accuracy.
 */
public final class JointFit {

    /** Measured on photos of cars, 0.25 is best; 0 are sums of the finest head, 1 is the plain product. */
    private static final double[] POWERS = {0, 0.125, 0.25, 0.5, 0.75, 1};

    private final HeadSet heads;
    private final String finest;
    private final List<String> parents;
    private final int[][] parentOf;
    private final List<Row> rows = new ArrayList<>();

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
     * How good some answers are.
     *
     * @param exactMatch the fraction of the images for which all are right, of those that are labelled for every head
     * @param meanAccuracy of the same
     */
    public record Quality(double exactMatch, double meanAccuracy) {

        boolean isAsGoodAs(Quality other) {
            return exactMatch >= other.exactMatch && meanAccuracy >= other.meanAccuracy;
        }
    }

    /**
     * What was chosen.
     *
     * @param decoding empty if the heads are better by themselves
     * @param own how good they are by themselves
     * @param joint how good they are together, by the best power
     */
    public record Result(Optional<JointDecoding> decoding, Quality own, Quality joint) {}

    /** Begins without an image. */
    public JointFit(HeadSet heads, String finest) {
        this.heads = heads;
        this.finest = finest;
        parents = heads.hierarchy().parents(finest);
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
    public void add(float[][] logits, int[] labels) {
        Row row = new Row(
                logSoftmax(logits[heads.indexOf(finest)]),
                parents.stream()
                        .map(parent -> logSoftmax(logits[heads.indexOf(parent)]))
                        .toArray(double[][]::new),
                labels[heads.indexOf(finest)],
                parents.stream().mapToInt(parent -> labels[heads.indexOf(parent)]).toArray());
        if (row.isKnown()) {
            rows.add(row);
        }
    }

    /** Chooses; empty if no image has the labels of all heads. */
    public Optional<Result> best() {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Quality own = quality(row -> own(row));
        Map<Double, Quality> joint = new LinkedHashMap<>();
        for (double power : POWERS) {
            joint.put(power, quality(row -> joint(row, power)));
        }
        double best = joint.entrySet().stream()
                .max(Comparator.comparingDouble((Map.Entry<Double, Quality> each) ->
                                each.getValue().exactMatch())
                        .thenComparingDouble(each -> each.getValue().meanAccuracy())
                        .thenComparingDouble(each -> -each.getKey()))
                .orElseThrow()
                .getKey();
        Map<String, Double> powers = new LinkedHashMap<>();
        parents.forEach(parent -> powers.put(parent, best));
        Quality together = joint.get(best);
        return Optional.of(new Result(
                together.isAsGoodAs(own) ? Optional.of(new JointDecoding(finest, powers)) : Optional.empty(),
                own,
                together));
    }

    /** Answers an image: the category of the finest head, then those of its parents. */
    private interface Answers {
        int[] of(Row row);
    }

    private Quality quality(Answers answers) {
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
        return new Quality(
                (double) allRight / rows.size(), (double) right / ((long) rows.size() * (parents.size() + 1)));
    }

    private static int[] own(Row row) {
        return IntStream.concat(
                        IntStream.of(largest(row.fine())),
                        Arrays.stream(row.coarse()).mapToInt(JointFit::largest))
                .toArray();
    }

    /** As {@code JointProgram} computes it. */
    private int[] joint(Row row, double power) {
        double[] score = row.fine().clone();
        for (int i = 0; i < parentOf.length; i++) {
            double even = -Math.log(row.coarse()[i].length);
            for (int c = 0; c < score.length; c++) {
                int parent = parentOf[i][c];
                score[c] += power * (parent == Labels.MISSING ? even : row.coarse()[i][parent]);
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
        double most = IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).max().orElseThrow();
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
