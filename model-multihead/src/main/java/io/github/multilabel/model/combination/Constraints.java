package io.github.multilabel.model.combination;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Hierarchy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that combinations must not be: against a rule, or against what is known of a hierarchy. Immutable. */
final class Constraints {

    private final List<Constraint> all;
    private final Domains start;

    Constraints(int[] sizes, List<Constraint> all) {
        this.all = List.copyOf(all);
        this.start = narrowed(Domains.all(sizes));
    }

    /** Of the hierarchy of heads, and of rules. */
    static Constraints of(HeadSet heads, List<Rule> rules) {
        List<Constraint> all = new ArrayList<>();
        for (Hierarchy.Link link : heads.hierarchy().links()) {
            all.add(new KnownParents(
                    heads.indexOf(link.child()),
                    heads.indexOf(link.parent()),
                    link.parentOf().stream().mapToInt(Integer::intValue).toArray(),
                    heads.get(link.parent()).size()));
        }
        for (Rule rule : rules) {
            all.add(new ForbiddenTerms(
                    rule.categories().keySet().stream().mapToInt(heads::indexOf).toArray(),
                    rule.categories().entrySet().stream()
                            .mapToInt(term -> heads.get(term.getKey()).indexOf(term.getValue()))
                            .toArray()));
        }
        return new Constraints(heads.stream().mapToInt(head -> head.size()).toArray(), all);
    }

    /** All categories that some allowed combination may have. */
    Domains start() {
        return start;
    }

    boolean allow(int[] categories) {
        return violated(categories).isEmpty();
    }

    /** The first that does not allow a combination. */
    Optional<Constraint> violated(int[] categories) {
        for (Constraint each : all) {
            if (!each.allows(categories)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Removes from domains what follows from all constraints, until nothing more does. */
    Domains narrowed(Domains domains) {
        boolean changed = true;
        while (changed && !domains.isEmpty()) {
            changed = false;
            for (Constraint each : all) {
                changed |= each.narrow(domains);
            }
        }
        return domains;
    }
}
