package io.github.multilabel.model.combination;

import io.github.multilabel.core.HeadSet;

/** How probable combinations are for one image. */
public final class Posterior {

    private final HeadSet heads;
    private final Prior prior;
    private final Constraints constraints;
    private final double[][] evidence;
    private final int[] allowed;
    private final double total;

    /** @param allowed any combination that is */
    Posterior(HeadSet heads, Prior prior, Constraints constraints, double[][] evidence, int[] allowed) {
        this.heads = heads;
        this.prior = prior;
        this.constraints = constraints;
        this.evidence = evidence;
        this.allowed = allowed;
        total = prior.logTotal(evidence);
    }

    /**
     * The most probable combination that is allowed. Rules can be so entangled that nobody finds it in time: then it is
     * the most probable of those that were met, see {@link Combinations}.
     *
     * @return the index of the category of each head
     */
    public int[] best() {
        Solution best = prior.best(evidence, constraints);
        return (best.isNone() ? allowed : best.categories()).clone();
    }

    /**
     * The logarithm of the probability of a combination among all, also those that are not allowed.
     *
     * @param categories the index of the category of each head
     * @throws IllegalArgumentException if there is not one for each head
     */
    public double logProbability(int... categories) {
        if (categories.length != heads.size()) {
            throw new IllegalArgumentException(
                    "got " + categories.length + " categories for the heads " + heads.names());
        }
        return Math.min(0, prior.log(categories) + Prior.sum(evidence, categories) - total);
    }
}
