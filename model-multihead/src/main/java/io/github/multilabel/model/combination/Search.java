package io.github.multilabel.model.combination;

import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Finds the best combination that is allowed by branch and bound. The best of all within some domains is known at once
 * ({@link TreePrior}), whatever the constraints: it bounds all that the domains hold. So the domains with the best
 * bound come first; if their best combination is allowed it is the answer, otherwise the constraint against it takes
 * the domains apart. The time grows with the constraints that stand against good combinations, and rules can be so
 * entangled that it doubles with each: after {@link #MOST} parts it is no longer asked for the best of all, but goes
 * into depth for as many parts more, and gives the best that it met.
 */
final class Search {

    /** Ten times what four heads of cars need that know nothing of each other, and a fraction of a second. */
    static final int MOST = 1_000;

    private static final Comparator<Part> BEST_FIRST =
            Comparator.comparingDouble(part -> -part.bound().score());
    private static final Comparator<Part> DEEPEST_FIRST =
            Comparator.comparingInt((Part part) -> -part.depth()).thenComparing(BEST_FIRST);

    private final TreePrior prior;
    private final double[][] evidence;
    private final Constraints constraints;
    private double least;
    private Queue<Part> parts = new PriorityQueue<>(BEST_FIRST);
    private int seen;

    private record Part(Solution bound, Domains domains, int depth) {}

    /**
     * Prepares a search for a combination that is better than another.
     *
     * @param least the score of the other, negative infinity if there is none
     */
    Search(TreePrior prior, double[][] evidence, Constraints constraints, double least) {
        this.prior = prior;
        this.evidence = evidence;
        this.constraints = constraints;
        this.least = least;
    }

    /** Searches, once; returns none if no better one that is allowed is found. */
    Solution best() {
        Solution found = Solution.NONE;
        add(constraints.start(), 0);
        while (!parts.isEmpty() && seen < 2 * MOST) {
            if (seen == MOST) {
                goIntoDepth();
            }
            Part part = parts.remove();
            seen++;
            Solution bound = part.bound();
            if (bound.score() <= least) {
                continue; // than what was found meanwhile
            }
            Optional<Constraint> violated = constraints.violated(bound.categories());
            if (violated.isPresent()) {
                for (Domains smaller : violated.get().split(part.domains(), bound.categories())) {
                    add(constraints.narrowed(smaller), part.depth() + 1);
                }
                continue;
            }
            found = bound;
            least = bound.score();
            if (seen <= MOST) {
                parts.clear(); // no other is better
            }
        }
        return found;
    }

    private void add(Domains domains, int depth) {
        if (!domains.isEmpty()) {
            Solution bound = prior.best(evidence, domains);
            if (bound.score() > least) {
                parts.add(new Part(bound, domains, depth));
            }
        }
    }

    private void goIntoDepth() {
        Queue<Part> deepest = new PriorityQueue<>(DEEPEST_FIRST);
        deepest.addAll(parts);
        parts = deepest;
    }

    /** Whether it ended before it was known that there is nothing better than what was found. */
    boolean isCut() {
        return !parts.isEmpty();
    }

    /** The number of parts that were looked at, at most twice {@link #MOST}. */
    int seen() {
        return seen;
    }
}
