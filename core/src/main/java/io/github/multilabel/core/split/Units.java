package io.github.multilabel.core.split;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import java.util.Arrays;
import java.util.List;

/**
 * What is dealt out to the parts: single rows, or groups of rows that stay together; and what each of them holds of
 * each <em>trait</em>. A trait is what a row can have and each part wants its share of: a category of a head, no
 * category of a multi-label head, no known label at all, and, as trait 0, that it is a row.
 */
final class Units {

    /** The trait of every row: its share of a part is the part's size. */
    static final int ROW = 0;

    private static final int NOTHING_KNOWN = 1;
    private static final int FIRST_HEAD = 2;

    private final int[] unitOfRow;
    private final int[][] traits;
    private final int[][] amounts;
    private final int[] totals;

    private Units(int[] unitOfRow, int[][] traits, int[][] amounts, int[] totals) {
        this.unitOfRow = unitOfRow;
        this.traits = traits;
        this.amounts = amounts;
        this.totals = totals;
    }

    /**
     * Collects the units.
     *
     * @param labels one per row, all of the same heads
     * @param groupings what must stay together
     * @param stratified whether anything but the number of rows matters
     */
    static Units of(List<Labels> labels, List<List<String>> groupings, boolean stratified) {
        HeadSet heads = labels.get(0).heads();
        int[] offsets = new int[heads.size()];
        int kinds = FIRST_HEAD;
        for (int h = 0; h < offsets.length; h++) {
            offsets[h] = kinds;
            kinds += heads.get(h).size() + 1; // and one for no category at all
        }
        int[] unitOfRow = Groups.unitOfRow(labels.size(), groupings);
        int units = Arrays.stream(unitOfRow).max().orElseThrow() + 1;
        int[] rows = new int[units];
        int[][] traits = new int[units][];
        int[] totals = new int[kinds];
        for (int row = 0; row < unitOfRow.length; row++) {
            int[] found = stratified ? traits(heads, offsets, labels.get(row)) : new int[] {ROW};
            for (int trait : found) {
                totals[trait]++;
            }
            int unit = unitOfRow[row];
            rows[unit]++;
            traits[unit] = traits[unit] == null ? found : concat(traits[unit], found);
        }
        int[][] amounts = new int[units][];
        for (int unit = 0; unit < units; unit++) {
            if (rows[unit] == 1) {
                amounts[unit] = new int[traits[unit].length];
                Arrays.fill(amounts[unit], 1);
            } else {
                count(unit, traits, amounts);
            }
        }
        return new Units(unitOfRow, traits, amounts, totals);
    }

    private static int[] traits(HeadSet heads, int[] offsets, Labels labels) {
        int[] found = new int[1 + heads.totalCategories()];
        int count = 0;
        found[count++] = ROW;
        for (int h = 0; h < offsets.length; h++) {
            Head head = heads.get(h);
            if (labels.isMissing(head.name())) {
                continue;
            }
            List<Integer> categories = labels.indices(head.name());
            if (categories.isEmpty()) {
                found[count++] = offsets[h] + head.size();
            }
            for (int category : categories) {
                found[count++] = offsets[h] + category;
            }
        }
        if (count == 1) {
            found[count++] = NOTHING_KNOWN;
        }
        return Arrays.copyOf(found, count);
    }

    private static int[] concat(int[] a, int[] b) {
        int[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    /** Replaces the repeated traits of a group by each once, with its amount. */
    private static void count(int unit, int[][] traits, int[][] amounts) {
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

    /** The traits of a unit, each once, {@link #ROW} first. */
    int[] traits(int unit) {
        return traits[unit];
    }

    /** How often a unit has each of its traits; its number of rows first. */
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

    /** Whether no row has any label. */
    boolean nothingKnown() {
        return totals[NOTHING_KNOWN] == rows();
    }

    /** The rows of the largest unit. */
    int largest() {
        return Arrays.stream(amounts).mapToInt(amount -> amount[0]).max().orElse(0);
    }

    /** The part of each row from the part of each unit. */
    int[] partOfRow(int[] partOfUnit) {
        return Arrays.stream(unitOfRow).map(unit -> partOfUnit[unit]).toArray();
    }
}
