package io.github.multilabel.evaluation.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What it costs to answer more: for each threshold of the probability how many answers are given, and how many of these
 * are wrong (Geifman and El-Yaniv 2017). Answers of equal probability are given together. Immutable.
 *
 * @param points the most probable answers first
 */
public record RiskCoverage(List<Point> points) {

    /** Copies the list. */
    public RiskCoverage {
        points = List.copyOf(points);
    }

    /**
     * The answers that are at least as probable as a threshold.
     *
     * @param threshold the probability of the least probable of them
     * @param answers how many there are
     * @param right how many of them are right
     * @param coverage the fraction of all answers
     */
    public record Point(double threshold, int answers, int right, double coverage) {

        /** The fraction of these answers that is wrong. */
        public double risk() {
            return 1 - (double) right / answers;
        }
    }

    /**
     * Sorts the answers.
     *
     * @param probabilities of the answers, in [0, 1]
     * @param right whether each is right
     * @throws IllegalArgumentException if a probability is outside its range, or the arrays differ in length
     */
    public static RiskCoverage of(double[] probabilities, boolean[] right) {
        Answers.require(probabilities, right);
        double[] rightOnes = sorted(probabilities, right, true);
        double[] wrongOnes = sorted(probabilities, right, false);
        List<Point> points = new ArrayList<>();
        int rightLeft = rightOnes.length;
        int wrongLeft = wrongOnes.length;
        while (rightLeft + wrongLeft > 0) {
            double threshold = Math.max(
                    rightLeft > 0 ? rightOnes[rightLeft - 1] : 0, wrongLeft > 0 ? wrongOnes[wrongLeft - 1] : 0);
            while (rightLeft > 0 && rightOnes[rightLeft - 1] >= threshold) {
                rightLeft--;
            }
            while (wrongLeft > 0 && wrongOnes[wrongLeft - 1] >= threshold) {
                wrongLeft--;
            }
            int answers = right.length - rightLeft - wrongLeft;
            points.add(new Point(threshold, answers, rightOnes.length - rightLeft, (double) answers / right.length));
        }
        return new RiskCoverage(points);
    }

    /** Ascending: much faster than to sort places by what stands there. */
    private static double[] sorted(double[] probabilities, boolean[] right, boolean which) {
        return IntStream.range(0, right.length)
                .filter(i -> right[i] == which)
                .mapToDouble(i -> probabilities[i])
                .sorted()
                .toArray();
    }

    /**
     * Some of the points at even distances, the last of which has all answers.
     *
     * @param most how many, at least 1
     */
    public List<Point> thinned(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a curve of " + most + " points: at least 1, such as 100");
        }
        int step = (points.size() + most - 1) / most;
        return IntStream.range(0, points.size())
                .filter(i -> (points.size() - 1 - i) % step == 0)
                .mapToObj(points::get)
                .toList();
    }

    /**
     * The area under the curve: the mean of the risk over all coverages, 0 if no answer is wrong; NaN without answers.
     */
    public double area() {
        double area = points.isEmpty() ? Double.NaN : 0;
        double before = 0;
        for (Point point : points) {
            area += (point.coverage() - before) * point.risk();
            before = point.coverage();
        }
        return area;
    }
}
