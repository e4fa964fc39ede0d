package io.github.multilabel.model.combination;

import io.github.multilabel.core.Labels;
import java.util.List;

/**
 * A head that determines another, where the parent of a category is known.
 *
 * @param child the position of the finer head
 * @param parent the position of the coarser head
 * @param parentOf by category of the child that of the parent, or {@link Labels#MISSING}
 * @param parents the number of categories of the parent
 */
@SuppressWarnings("ArrayRecordComponent") // read here alone
record KnownParents(int child, int parent, int[] parentOf, int parents) implements Constraint {

    @Override
    public boolean allows(int[] categories) {
        int known = parentOf[categories[child]];
        return known == Labels.MISSING || known == categories[parent];
    }

    @Override
    public boolean narrow(Domains domains) {
        boolean changed = false;
        boolean anyParent = false;
        boolean[] reached = new boolean[parents];
        for (int category = 0; category < parentOf.length; category++) {
            int known = parentOf[category];
            if (known != Labels.MISSING && !domains.has(parent, known)) {
                changed |= domains.remove(child, category);
            } else if (domains.has(child, category)) {
                if (known == Labels.MISSING) {
                    anyParent = true;
                } else {
                    reached[known] = true;
                }
            }
        }
        for (int category = 0; category < parents && !anyParent; category++) {
            changed |= !reached[category] && domains.remove(parent, category);
        }
        return changed;
    }

    /** Those with the parent that the child calls for, and those with another; {@link #narrow} removes the children. */
    @Override
    public List<Domains> split(Domains domains, int[] categories) {
        int known = parentOf[categories[child]];
        Domains with = domains.copy();
        with.keepOnly(parent, known);
        Domains without = domains.copy();
        without.remove(parent, known);
        return List.of(with, without);
    }
}
