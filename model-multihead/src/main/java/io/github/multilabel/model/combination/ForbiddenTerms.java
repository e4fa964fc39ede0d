package io.github.multilabel.model.combination;

import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Rule}: some heads do not have these categories all at once.
 *
 * @param heads the positions of the heads
 * @param terms a category of each
 */
@SuppressWarnings("ArrayRecordComponent") // read here alone
record ForbiddenTerms(int[] heads, int[] terms) implements Constraint {

    @Override
    public boolean allows(int[] categories) {
        for (int i = 0; i < heads.length; i++) {
            if (categories[heads[i]] != terms[i]) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean narrow(Domains domains) {
        int last = 0;
        int undecided = 0;
        for (int i = 0; i < heads.length; i++) {
            if (!domains.has(heads[i], terms[i])) {
                return false;
            }
            if (!domains.hasOnly(heads[i], terms[i])) {
                last = i;
                undecided++;
            }
        }
        return undecided <= 1 && domains.remove(heads[last], terms[last]);
    }

    /** The first head has another category; or it has this one and the second another; and so on. */
    @Override
    public List<Domains> split(Domains domains, int[] categories) {
        List<Domains> parts = new ArrayList<>();
        for (int other = 0; other < heads.length; other++) {
            Domains part = domains.copy();
            for (int i = 0; i < other; i++) {
                part.keepOnly(heads[i], terms[i]);
            }
            part.remove(heads[other], terms[other]);
            parts.add(part);
        }
        return parts;
    }
}
