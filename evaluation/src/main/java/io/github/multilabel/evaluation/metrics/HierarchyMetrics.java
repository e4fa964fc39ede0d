package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.evaluation.internal.counts.HierarchyCounts;
import java.util.List;

/**
 * How well a head and its parents are answered together, see {@link io.github.multilabel.core.Hierarchy}. Immutable;
 * threads may share it.
 */
public final class HierarchyMetrics {

    private final HierarchyCounts counts;
    private final List<String> parents;
    private final long samples;
    private final boolean isFinite;

    /**
     * Computes the metrics from counts.
     *
     * @param samples the number of evaluated images
     * @param isFinite whether the logits of all labelled images were
     */
    HierarchyMetrics(HierarchyCounts counts, List<String> parents, long samples, boolean isFinite) {
        this.counts = counts;
        this.parents = List.copyOf(parents);
        this.samples = samples;
        this.isFinite = isFinite;
    }

    HierarchyCounts counts() {
        return counts;
    }

    /** The name of the finest head of the hierarchy. */
    public String finest() {
        return counts.finest();
    }

    /** The names of the heads that it determines. */
    public List<String> parents() {
        return parents;
    }

    /**
     * The full-path accuracy: of the {@link #labelled} images, the fraction for which the finest head and all of its
     * parents are predicted correctly.
     *
     * @return 0..1; NaN if no image is labelled for all of them, or {@link HeadMetrics#nonFinite} of one is not 0
     */
    public double fullPath() {
        return ratio(counts.right(), counts.labelled());
    }

    /** The number of images that are labelled for the finest head and all of its parents. */
    public long labelled() {
        return counts.labelled();
    }

    /** The number of {@link #labelled} images for which all of these heads are predicted correctly. */
    public long right() {
        return counts.right();
    }

    /**
     * The fraction of all images, labelled or not, whose answers contradict the hierarchy: a parent's is not what the
     * finest head's determines. Where it is not known what that is, nothing contradicts.
     *
     * @return 0..1; NaN if {@link HeadMetrics#nonFinite} of one of the heads is not 0
     */
    public double broken() {
        return ratio(counts.broken(), samples);
    }

    /** The number of images, labelled or not, whose answers contradict the hierarchy. */
    public long contradictions() {
        return counts.broken();
    }

    /**
     * How far off mistakes are: of images whose finest answer is wrong, the mean number of heads that are wrong if the
     * parents are read off the finest answer. With 1 only the finest is, and brand, type and year of a wrong model are
     * still those of the car; in a chain of parents it is the height of the lowest common ancestor. A parent that is
     * not known of the answer or of the label counts as right.
     *
     * @return at least 1, and at most all heads; NaN if there is no mistake, or {@link HeadMetrics#nonFinite} of one of
     *     the heads is not 0
     */
    public double mistakeDistance() {
        return ratio(counts.wrong(), counts.mistakes());
    }

    /** The number of images whose finest answer is wrong. */
    public long mistakes() {
        return counts.mistakes();
    }

    private double ratio(long part, long whole) {
        return isFinite ? CategoryMetrics.ratio(part, whole) : Double.NaN;
    }

    /** For example {@code model: full path 0.8123, broken 0.0312, mistake distance 1.4200}. */
    @Override
    public String toString() {
        return Tables.row(this);
    }
}
