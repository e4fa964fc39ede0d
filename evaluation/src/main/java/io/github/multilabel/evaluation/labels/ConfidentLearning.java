package io.github.multilabel.evaluation.labels;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Finds the labels that are probably wrong by confident learning (Northcutt, Jiang, Chuang, "Confident Learning:
 * Estimating Uncertainty in Dataset Labels", JAIR 70, 2021): from how often images of each label are confidently of
 * another category it follows how many labels are wrong in each way, and of so many images the label is doubted, those
 * with the largest margins. The numbers are those of cleanlab 2.9.0, {@code filter.find_label_issues} with its default
 * {@code filter_by="prune_by_noise_rate"}.
 *
 * <p>Reads all rows three times, and keeps none of them: memory is that of a count for each pair of answers, and of a
 * number for each label that is doubted.
 */
final class ConfidentLearning {

    /** As cleanlab compares probabilities. */
    private static final double TOLERANCE = 1e-6;

    private static final double LOWEST_THRESHOLD = 2 * TOLERANCE;
    /** So that no image is confidently of a category that no label has. */
    private static final double NEVER = 2;

    private final Question question;
    private final int answers;
    private final int[] support;

    private ConfidentLearning(Question question) {
        this.question = question;
        answers = question.answers();
        support = new int[answers];
        for (int row = 0; row < question.size(); row++) {
            if (question.label(row) >= 0) {
                support[question.label(row)]++;
            }
        }
    }

    /** The images whose label is probably wrong. */
    static BitSet doubted(Question question) {
        ConfidentLearning learning = new ConfidentLearning(question);
        return learning.doubted(learning.wrong(learning.joint()));
    }

    /** The mean probability of each answer among the images with that label. */
    private double[] thresholds() {
        double[] thresholds = new double[answers];
        for (int row = 0; row < question.size(); row++) {
            int label = question.label(row);
            if (label >= 0) {
                thresholds[label] += question.probabilities(row)[label];
            }
        }
        for (int k = 0; k < answers; k++) {
            thresholds[k] = support[k] == 0 ? NEVER : Math.max(LOWEST_THRESHOLD, thresholds[k] / support[k]);
        }
        return thresholds;
    }

    /** How many images of each label are confidently of each answer; at least one of its own. */
    private int[][] joint() {
        double[] thresholds = thresholds();
        int[][] joint = new int[answers][answers];
        for (int row = 0; row < question.size(); row++) {
            int label = question.label(row);
            int answer = label < 0 ? -1 : confident(question.probabilities(row), thresholds);
            if (answer >= 0) {
                joint[label][answer]++;
            }
        }
        for (int k = 0; k < answers; k++) {
            joint[k][k] = Math.max(1, joint[k][k]);
        }
        return joint;
    }

    /** The answer that reaches its threshold; if several do, the most probable of all; -1 if none does. */
    private static int confident(double[] probabilities, double[] thresholds) {
        int found = -1;
        int reached = 0;
        int best = 0;
        for (int k = 0; k < probabilities.length; k++) {
            if (probabilities[k] >= thresholds[k] - TOLERANCE) {
                found = k;
                reached++;
            }
            best = probabilities[k] > probabilities[best] ? k : best;
        }
        return reached > 1 ? best : found;
    }

    /** How many labels of each answer are wrong and should be each other; on the diagonal how many are right. */
    private int[][] wrong(int[][] joint) {
        for (int k = 0; k < answers; k++) {
            joint[k] = WholeCounts.of(ofSupport(joint[k], k));
            keepOne(joint[k], k);
        }
        return joint;
    }

    /** Counts whose sum is the number of images with that label. */
    private double[] ofSupport(int[] counts, int label) {
        double sum = 0;
        for (int count : counts) {
            sum += count;
        }
        double[] scaled = new double[answers];
        for (int j = 0; j < answers; j++) {
            scaled[j] = counts[j] / sum * support[label];
        }
        return scaled;
    }

    /** Not all labels of an answer are wrong: one is taken from the others, spread as cleanlab does. */
    private static void keepOne(int[] counts, int label) {
        if (counts[label] > 0) {
            return;
        }
        int others = 0;
        for (int count : counts) {
            others += count != 0 ? 1 : 0;
        }
        double taken = 1.0 / Math.max(1, others - 1);
        for (int j = 0; j < counts.length; j++) {
            counts[j] = (int) Math.max(0, counts[j] - taken);
        }
        counts[label] = 1;
    }

    /** Those with the largest margins of each pair of answers, as many as are wrong, if the model says otherwise. */
    private BitSet doubted(int[][] wrong) {
        List<List<MostDoubted>> most = new ArrayList<>();
        for (int k = 0; k < answers; k++) {
            most.add(support[k] > 1 ? MostDoubted.of(wrong[k], k) : List.of());
        }
        for (int row = 0; row < question.size(); row++) {
            int label = question.label(row);
            if (label >= 0 && !most.get(label).isEmpty()) {
                double[] probabilities = question.probabilities(row);
                for (MostDoubted queue : most.get(label)) {
                    queue.offer(probabilities[queue.answer()] - probabilities[label], row);
                }
            }
        }
        BitSet doubted = new BitSet(question.size());
        most.forEach(ofLabel -> ofLabel.forEach(queue -> queue.addTo(doubted)));
        doubted.stream()
                .filter(row -> isPredicted(question.probabilities(row), question.label(row)))
                .forEach(doubted::clear);
        return doubted;
    }

    /** Whether no other answer is more probable, or only next to nothing. */
    private static boolean isPredicted(double[] probabilities, int label) {
        double own = probabilities[label] + TOLERANCE;
        for (int k = 0; k < probabilities.length; k++) {
            if (k < label ? probabilities[k] >= own : k > label && probabilities[k] > own) {
                return false;
            }
        }
        return true;
    }
}
