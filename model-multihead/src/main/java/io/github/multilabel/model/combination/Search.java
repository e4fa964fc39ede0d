package io.github.multilabel.model.combination;

import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Finds the best combination that is allowed by branch and bound. The best of all within some domains is known at once
 * ({@link TreePrior}), whatever the constraints: it bounds all that the domains hold. So the domains with the best
 * bound come first; if their best combination is allowed it is the answer, otherwise the constraint against it takes
 * the domains apart. The answer is exact; the time grows with the constraints that stand against good combinations.
 */
final class Search {

    private Search() {}

    private record Part(Solution bound, Domains domains) {}

    /**
     * Searches for a combination that is better than another.
     *
     * @param least the score of the other, negative infinity if there is none
     * @return none if there is no better one that is allowed
     */
    static Solution best(TreePrior prior, double[][] evidence, Constraints constraints, double least) {
        PriorityQueue<Part> parts = new PriorityQueue<>(
                Comparator.comparingDouble((Part part) -> -part.bound().score()));
        parts.add(new Part(prior.best(evidence, constraints.start()), constraints.start()));
        while (!parts.isEmpty()) {
            Part part = parts.remove();
            Solution bound = part.bound();
            if (bound.isNone() || bound.score() <= least) {
                break;
            }
            Optional<Constraint> violated = constraints.violated(bound.categories());
            if (violated.isEmpty()) {
                return bound;
            }
            for (Domains smaller : violated.get().split(part.domains(), bound.categories())) {
                Domains narrowed = constraints.narrowed(smaller);
                if (!narrowed.isEmpty()) {
                    parts.add(new Part(prior.best(evidence, narrowed), narrowed));
                }
            }
        }
        return Solution.NONE;
    }
}
