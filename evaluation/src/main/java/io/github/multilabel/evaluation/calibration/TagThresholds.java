package io.github.multilabel.evaluation.calibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Chooses from which probability on a tag is predicted: where the F1 of the tag is highest on labelled images (Lipton
 * et al. 2014, arXiv 1402.1892); of equal ones the highest. The threshold lies in the middle between the last logit
 * that is predicted and the next. What few images with a tag show is mostly chance: of tags with fewer than
 * {@value #FEW} such images nothing is chosen.
 */
public final class TagThresholds {

    /** So many images with a tag it takes, and as many without. */
    public static final int FEW = 10;

    private TagThresholds() {}

    /**
     * What was chosen of one tag.
     *
     * @param threshold the least probability of a predicted tag, between 0 and 1
     * @param f1 what F1 is by it on these images; NaN if it was not chosen
     * @param usualF1 what F1 is by the usual threshold; NaN if no image has the tag and none is predicted
     * @param images how many have the tag
     * @param isChosen whether there were images enough; otherwise the threshold is the usual one
     */
    public record Tag(double threshold, double f1, double usualF1, int images, boolean isChosen) {}

    /**
     * Chooses for each tag of a head.
     *
     * @param logits (N, K) of the head, as predictions have them; not changed
     * @param labels (N, K): 1 for an image with the tag, 0 without, below 0 where it is missing
     * @param usual (K) the thresholds of tags with too few images, between 0 and 1
     * @return K, in the order of the head
     * @throws IllegalArgumentException if the arrays do not fit each other, or a logit is not finite
     */
    public static List<Tag> choose(float[][] logits, float[][] labels, List<Double> usual) {
        Answers.require(logits, labels);
        List<Tag> tags = new ArrayList<>();
        for (int tag = 0; tag < usual.size(); tag++) {
            int k = tag;
            List<Integer> descending = IntStream.range(0, logits.length)
                    .filter(i -> labels[i][k] >= 0)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -logits[i][k]))
                    .toList();
            float[] sorted = new float[descending.size()];
            boolean[] has = new boolean[sorted.length];
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] = logits[descending.get(i)][k];
                has[i] = labels[descending.get(i)][k] > 0;
            }
            tags.add(choose(sorted, has, usual.get(k)));
        }
        return tags;
    }

    private static Tag choose(float[] descending, boolean[] has, double usual) {
        int all = 0;
        int usualPredicted = 0;
        int usualRight = 0;
        for (int i = 0; i < has.length; i++) {
            boolean isPredicted = Answers.sigmoid(descending[i]) >= usual;
            all += has[i] ? 1 : 0;
            usualPredicted += isPredicted ? 1 : 0;
            usualRight += isPredicted && has[i] ? 1 : 0;
        }
        double usualF1 = f1(usualRight, usualPredicted, all);
        if (all < FEW || has.length - all < FEW) {
            return new Tag(usual, Double.NaN, usualF1, all, false);
        }
        double best = -1;
        int last = 0;
        int right = 0;
        for (int i = 0; i < has.length; i++) {
            right += has[i] ? 1 : 0;
            boolean isLastOfEquals = i + 1 == has.length || descending[i + 1] < descending[i];
            if (isLastOfEquals && f1(right, i + 1, all) > best) {
                best = f1(right, i + 1, all);
                last = i;
            }
        }
        double logit = last + 1 == has.length
                ? Math.nextDown(descending[last])
                : ((double) descending[last] + descending[last + 1]) / 2;
        double threshold = Math.min(Math.max(Answers.sigmoid(logit), 1e-9), 1 - 1e-9);
        return new Tag(threshold, best, usualF1, all, true);
    }

    /** NaN if nothing is predicted and nothing is there. */
    private static double f1(int right, int predicted, int all) {
        return 2.0 * right / (predicted + all);
    }
}
