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
    private final double[][] desired;
    private final int[][] had;
    private final int[] partOfUnit;

    Assignment(RowGroups units, double[] ratios) {
        this.units = units;
        this.parts = ratios.length;
        desired = new double[units.traitCount()][];
        had = new int[units.traitCount()][parts];
        for (int trait = 0; trait < desired.length; trait++) {
            int total = units.total(trait);
            desired[trait] =
                    units.isPair(trait) ? PartFractions.exact(total, ratios) : PartFractions.desired(total, ratios);
        }
        desired[Strata.ROW] = Arrays.stream(PartFractions.sizes(units.rows(), ratios))
                .asDoubleStream()
                .toArray();
        partOfUnit = new int[units.count()];
        Arrays.fill(partOfUnit, NONE);
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
        return had[Strata.ROW][part] + units.size(unit) <= desired[Strata.ROW][part];
    }

    boolean isEmpty(int part) {
        return had[Strata.ROW][part] == 0;
    }

    int emptyParts() {
        return (int) IntStream.range(0, parts).filter(this::isEmpty).count();
    }

    /** How much a part has of a trait beyond what it should have. */
    double excess(int trait, int part) {
        return had[trait][part] - desired[trait][part];
    }

    /** What Pearson's statistic grows by if a part gets more of a trait; pairs have less weight. */
    double cost(int trait, int part, int amount) {
        double cost = amount * (amount + 2 * excess(trait, part)) / Math.max(NOTHING, desired[trait][part]);
        return units.isPair(trait) ? PAIR_WEIGHT * cost : cost;
    }

    /** Puts a unit into a part, from wherever it was. */
    void move(int unit, int part) {
        int[] traits = units.traits(unit);
        int[] amounts = units.amounts(unit);
        for (int i = 0; i < traits.length; i++) {
            if (partOfUnit[unit] != NONE) {
                had[traits[i]][partOfUnit[unit]] -= amounts[i];
            }
            had[traits[i]][part] += amounts[i];
        }
        partOfUnit[unit] = part;
    }
}
