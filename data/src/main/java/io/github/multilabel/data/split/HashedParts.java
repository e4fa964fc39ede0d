package io.github.multilabel.data.split;

import io.github.multilabel.core.internal.files.Digest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts every unit of rows where a hash of its key falls between 0 and 1, whatever the other rows are: rows may come and
 * go, and labels be corrected, and none moves.
 */
final class HashedParts {

    /** As many bits as a double has of a fraction. */
    private static final int BITS = 53;

    private static final int HEX_DIGITS = 16;

    private HashedParts() {}

    /**
     * The part of each unit.
     *
     * @param unitOfRow the unit of each row, numbered from 0 without gaps
     * @param keys one per row; that of a unit is the first in the order of Unicode
     * @param fractions of the parts, which add up to 1
     */
    static int[] of(int[] unitOfRow, List<String> keys, double[] fractions, long seed) {
        Map<Integer, String> keyOfUnit = new HashMap<>();
        for (int row = 0; row < unitOfRow.length; row++) {
            keyOfUnit.merge(unitOfRow[row], keys.get(row), (a, b) -> a.compareTo(b) <= 0 ? a : b);
        }
        int[] partOfUnit = new int[keyOfUnit.size()];
        keyOfUnit.forEach((unit, key) -> partOfUnit[unit] = part(position(seed, key), fractions));
        return partOfUnit;
    }

    private static int part(double position, double[] fractions) {
        double end = 0;
        for (int part = 0; part < fractions.length - 1; part++) {
            end += fractions[part];
            if (position < end) {
                return part;
            }
        }
        return fractions.length - 1;
    }

    /** Evenly in [0, 1), the same on every machine. */
    private static double position(long seed, String key) {
        String hex = Digest.sha256((seed + "\n" + key).getBytes(StandardCharsets.UTF_8));
        long bits = Long.parseUnsignedLong(hex.substring(0, HEX_DIGITS), HEX_DIGITS) >>> (Long.SIZE - BITS);
        return bits / (double) (1L << BITS);
    }
}
