package io.github.multilabel.evaluation.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The rank metrics of all categories of a head, and their means under weights. These are exact for heads of up to
 * {@link #MOST_KEPT} images times categories. Of more, the order of the images is not kept: the means are linear in the
 * weights then, with the derivatives at weights of 1 (the infinitesimal jackknife of Jaeckel 1972, as a bootstrap).
 */
final class Rankings {

    /** Orders of 4 MiB, and a second or two for a thousand resamples. */
    static final int MOST_KEPT = 1 << 19;

    /** Scores that are computed in one pass over the images: 64 MiB. */
    private static final int MOST_SCORES = 1 << 24;

    private final List<RankMetrics> categories;
    private final List<Ranking> kept = new ArrayList<>();
    private final double[] precisionInfluence;
    private final double[] areaInfluence;
    private final boolean isExact;
    private final RankMetrics means;

    /** Orders the images of each category. */
    Rankings(HeadOutcomes outcomes) {
        Units units = outcomes.units();
        int[] rows = outcomes.labelled();
        int size = outcomes.head().size();
        isExact = (long) rows.length * size <= MOST_KEPT;
        precisionInfluence = new double[isExact ? 0 : units.size()];
        areaInfluence = new double[precisionInfluence.length];
        int[] once = units.once();
        Ranking.Sorter sorter = new Ranking.Sorter(rows.length);
        List<RankMetrics> all = new ArrayList<>();
        int block = Math.max(1, MOST_SCORES / Math.max(1, rows.length));
        for (int first = 0; first < size; first += block) {
            float[][] scores = scores(outcomes, rows, first, Math.min(block, size - first));
            for (int k = 0; k < scores.length; k++) {
                for (int i = 0; i < rows.length; i++) {
                    sorter.add(scores[k][i], units.of(rows[i]), outcomes.isRight(rows[i], first + k));
                }
                all.add(keep(sorter.ranking(), once));
            }
        }
        categories = List.copyOf(all);
        means = means(categories);
        scale(precisionInfluence, categories, RankMetrics::averagePrecision);
        scale(areaInfluence, categories, RankMetrics::auroc);
    }

    /** By category and place in the rows. */
    private static float[][] scores(HeadOutcomes outcomes, int[] rows, int first, int categories) {
        float[][] scores = new float[categories][rows.length];
        float[] ofRow = new float[categories];
        for (int i = 0; i < rows.length; i++) {
            outcomes.scores(rows[i], first, ofRow);
            for (int k = 0; k < categories; k++) {
                scores[k][i] = ofRow[k];
            }
        }
        return scores;
    }

    private RankMetrics keep(Ranking ranking, int... once) {
        RankMetrics metrics = ranking.under(once);
        if (isExact) {
            kept.add(ranking);
        } else {
            ranking.addInfluence(metrics, precisionInfluence, areaInfluence);
        }
        return metrics;
    }

    private static void scale(double[] influence, List<RankMetrics> categories, ToDoubleFunction<RankMetrics> metric) {
        double defined = categories.stream()
                .mapToDouble(metric)
                .filter(value -> !Double.isNaN(value))
                .count();
        for (int unit = 0; unit < influence.length; unit++) {
            influence[unit] /= defined;
        }
    }

    /** Those of the images themselves, in the order of the head; weights do not change them. */
    List<RankMetrics> categories() {
        return categories;
    }

    /** The means over the categories under weights, of each number over the categories for which it is defined. */
    RankMetrics under(int... weights) {
        if (isExact) {
            return means(kept.stream().map(ranking -> ranking.under(weights)).toList());
        }
        double precision = means.averagePrecision();
        double area = means.auroc();
        for (int unit = 0; unit < weights.length; unit++) {
            precision += (weights[unit] - 1) * precisionInfluence[unit];
            area += (weights[unit] - 1) * areaInfluence[unit];
        }
        return new RankMetrics(precision, area);
    }

    private static RankMetrics means(List<RankMetrics> categories) {
        return new RankMetrics(mean(categories, RankMetrics::averagePrecision), mean(categories, RankMetrics::auroc));
    }

    private static double mean(List<RankMetrics> categories, ToDoubleFunction<RankMetrics> metric) {
        return categories.stream()
                .mapToDouble(metric)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }
}
