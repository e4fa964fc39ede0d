package io.github.multilabel.model.combination;

import java.util.List;

/** What combinations must not be. */
sealed interface Constraint permits ForbiddenTerms, KnownParents {

    /** Whether a combination is allowed. */
    boolean allows(int[] categories);

    /** Removes categories that no allowed combination within the domains has; returns whether there were some. */
    boolean narrow(Domains domains);

    /**
     * Takes domains apart, so that each allowed combination is in exactly one part.
     *
     * @param categories a combination that is not allowed, and then is in no part
     */
    List<Domains> split(Domains domains, int[] categories);
}
