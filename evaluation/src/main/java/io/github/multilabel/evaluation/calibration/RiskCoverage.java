package io.github.multilabel.evaluation.calibration;

import java.util.ArrayList;
import java.util.Comparator;
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
        List<Integer> descending = IntStream.range(0, right.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
                .toList();
        List<Point> points = new ArrayList<>();
        int rightOnes = 0;
        for (int i = 0; i < descending.size(); i++) {
            int answer = descending.get(i);
            rightOnes += right[answer] ? 1 : 0;
            boolean isLastOfEquals =
                    i + 1 == descending.size() || probabilities[descending.get(i + 1)] < probabilities[answer];
            if (isLastOfEquals) {
                points.add(new Point(probabilities[answer], i + 1, rightOnes, (i + 1.0) / descending.size()));
            }
        }
        return new RiskCoverage(points);
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
