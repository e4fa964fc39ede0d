package io.github.multilabel.data.split;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What is dealt out to the parts: single rows, or groups of rows that stay together; and how much each of them has of
 * each trait.
 */
final class RowGroups {

    private final int[] unitOfRow;
    private final Strata kinds;
    private final int[][] traits;
    private final int[][] amounts;
    private final int[] totals;

    /**
     * Collects the units.
     *
     * @param unitOfRow the unit of each row; the units are numbered from 0 without gaps
     * @param kinds the traits of the rows
     */
    RowGroups(int[] unitOfRow, Strata kinds) {
        this.unitOfRow = unitOfRow;
        this.kinds = kinds;
        int units = Arrays.stream(unitOfRow).max().orElseThrow() + 1;
        traits = new int[units][];
        totals = new int[kinds.count()];
        int[] rows = new int[units];
        for (int row = 0; row < unitOfRow.length; row++) {
            int[] found = kinds.ofRow()[row];
            for (int trait : found) {
                totals[trait]++;
            }
            int unit = unitOfRow[row];
            traits[unit] = rows[unit]++ == 0 ? found : concat(traits[unit], found);
        }
        amounts = new int[units][];
        Map<Integer, int[]> ones = new HashMap<>();
        for (int unit = 0; unit < units; unit++) {
            if (rows[unit] == 1) {
                amounts[unit] = ones.computeIfAbsent(traits[unit].length, RowGroups::ones);
            } else {
                count(unit);
            }
        }
    }

    private static int[] concat(int[] a, int[] b) {
        int[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static int[] ones(int length) {
        int[] ones = new int[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Replaces the repeated traits of a group by each once, with its amount. */
    private void count(int unit) {
        int[] sorted = traits[unit];
        Arrays.sort(sorted);
        int[] each = new int[sorted.length];
        int[] often = new int[sorted.length];
        int last = -1;
        for (int trait : sorted) {
            if (last < 0 || each[last] != trait) {
                each[++last] = trait;
            }
            often[last]++;
        }
        traits[unit] = Arrays.copyOf(each, last + 1);
        amounts[unit] = Arrays.copyOf(often, last + 1);
    }

    /** The number of units. */
    int count() {
        return traits.length;
    }

    /** The number of rows. */
    int rows() {
        return unitOfRow.length;
    }

    /** The number of traits that rows can have. */
    int traitCount() {
        return totals.length;
    }

    /** The first trait that is a pair, or {@link #traitCount} if there is none. */
    int firstPair() {
        return kinds.firstPair();
    }

    /** Whether a trait is a pair of others, which come before all pairs. */
    boolean isPair(int trait) {
        return trait >= kinds.firstPair();
    }

    /** The traits of a unit, ascending, each once, {@link Strata#ROW} first. */
    int[] traits(int unit) {
        return traits[unit];
    }

    /** How much a unit has of each of its traits; its number of rows first. */
    int[] amounts(int unit) {
        return amounts[unit];
    }

    /** The number of rows of a unit. */
    int size(int unit) {
        return amounts[unit][0];
    }

    /** The number of rows that have a trait. */
    int total(int trait) {
        return totals[trait];
    }

    /** The rows of the largest unit. */
    int largest() {
        return sizes().max().orElse(0);
    }

    /** The rows of each unit. */
    IntStream sizes() {
        return Arrays.stream(amounts).mapToInt(amount -> amount[0]);
    }

    /** The part of each row from the part of each unit. */
    int[] partOfRow(int[] partOfUnit) {
        return Arrays.stream(unitOfRow).map(unit -> partOfUnit[unit]).toArray();
    }
}
