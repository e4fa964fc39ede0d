package io.github.multilabel.data.split;

import io.github.multilabel.data.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds parts whose size differs from what was asked, because groups stay whole. */
final class PartSizes {

    /** Of the rows asked for; less is the ordinary consequence of groups. */
    private static final double TOLERATED = 0.1;

    private PartSizes() {}

    /** @param groups what keeps rows together, in words */
    static List<Finding> warnings(
            List<String> parts, double[] fractions, int[] partOfRow, RowGroups units, String groups) {
        List<Finding> warnings = new ArrayList<>();
        int[] sizes = new int[fractions.length];
        for (int part : partOfRow) {
            sizes[part]++;
        }
        for (int part = 0; part < sizes.length; part++) {
            double asked = fractions[part] * partOfRow.length;
            if (units.largest() > 1 && Math.abs(sizes[part] - asked) > Math.max(1, TOLERATED * asked)) {
                warnings.add(Finding.warning(
                        Finding.Kind.PART_SIZE,
                        String.format(
                                Locale.ROOT,
                                "part '%s' has %d of %d rows (%.1f %%) where %.1f %% were asked: %s stay whole, and"
                                        + " the largest has %d rows",
                                parts.get(part),
                                sizes[part],
                                partOfRow.length,
                                100.0 * sizes[part] / partOfRow.length,
                                100 * fractions[part],
                                groups,
                                units.largest())));
            }
        }
        return warnings;
    }
}
