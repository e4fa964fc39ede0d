package io.github.multilabel.data.split;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Which part each unit is in, and what the parts then have of each trait beside what they should have. */
final class Assignment {

    /** Stands for a desire of nothing: so dear that another part is taken if there is one. */
    private static final double NOTHING = 1e-9;

    /**
     * How much a pair counts beside a single trait. Measured on four kinds of random tables: with 0.05 the single
     * traits are spread as well as without pairs, and the pairs better than by second-order iterative stratification.
     */
    private static final double PAIR_WEIGHT = 0.05;

    private static final int NONE = -1;

    private final RowGroups units;
    private final int parts;
    /**
     * For each trait and part how many it has and how many it should have, side by side: with a million pairs, most
     * looks at a trait wait for memory, and so they wait once.
     */
    private final double[] state;

    private final int[] partOfUnit;

    Assignment(RowGroups units, double[] ratios) {
        this.units = units;
        this.parts = ratios.length;
        state = new double[Math.multiplyExact(units.traitCount(), 2 * parts)];
        for (int trait = 0; trait < units.traitCount(); trait++) {
            int total = units.total(trait);
            desire(
                    trait,
                    units.isPair(trait) ? PartFractions.exact(total, ratios) : PartFractions.desired(total, ratios));
        }
        desire(
                Strata.ROW,
                Arrays.stream(PartFractions.sizes(units.rows(), ratios))
                        .asDoubleStream()
                        .toArray());
        partOfUnit = new int[units.count()];
        Arrays.fill(partOfUnit, NONE);
    }

    private void desire(int trait, double[] desired) {
        for (int part = 0; part < parts; part++) {
            state[had(trait, part) + 1] = desired[part];
        }
    }

    /** The place of what a part has of a trait; what it should have is beside it. */
    private int had(int trait, int part) {
        return 2 * (trait * parts + part);
    }

    int parts() {
        return parts;
    }

    int part(int unit) {
        return partOfUnit[unit];
    }

    int[] partOfUnit() {
        return partOfUnit;
    }

    /** Whether a part stays within its size if a unit joins it. */
    boolean hasRoom(int part, int unit) {
        int had = had(Strata.ROW, part);
        return state[had] + units.size(unit) <= state[had + 1];
    }

    boolean isEmpty(int part) {
        return state[had(Strata.ROW, part)] == 0;
    }

    int emptyParts() {
        return (int) IntStream.range(0, parts).filter(this::isEmpty).count();
    }

    /** How much a part has of a trait beyond what it should have. */
    double excess(int trait, int part) {
        int had = had(trait, part);
        return state[had] - state[had + 1];
    }

    /** What Pearson's statistic grows by if a part gets more of a trait; pairs have less weight. */
    double cost(int trait, int part, int amount) {
        int had = had(trait, part);
        double desired = state[had + 1];
        double cost = amount * (amount + 2 * (state[had] - desired)) / Math.max(NOTHING, desired);
        return units.isPair(trait) ? PAIR_WEIGHT * cost : cost;
    }

    /** Puts a unit into a part, from wherever it was. */
    void move(int unit, int part) {
        int[] traits = units.traits(unit);
        int[] amounts = units.amounts(unit);
        for (int i = 0; i < traits.length; i++) {
            if (partOfUnit[unit] != NONE) {
                state[had(traits[i], partOfUnit[unit])] -= amounts[i];
            }
            state[had(traits[i], part)] += amounts[i];
        }
        partOfUnit[unit] = part;
    }
}
