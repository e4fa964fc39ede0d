package io.github.multilabel.core.internal.jpeg;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A Huffman table (ITU-T T.81, annex C), spread out so that one look at the next {@value #LOOK} bits yields a symbol,
 * and mostly the coefficient behind it as well.
 */
final class HuffmanTable {

    /** How many bits are looked at; nearly all codes of photos are shorter. */
    static final int LOOK = 10;

    private static final int LONGEST = 16;

    /** Of the next {@link #LOOK} bits: {@code length << 8 | symbol}, or 0 if the code is longer. */
    final short[] symbols = new short[1 << LOOK];

    /**
     * Of the next {@link #LOOK} bits: {@code coefficient << 16 | zeros before it << 8 | bits of both}, or 0 if code and
     * coefficient are longer or the symbol has no coefficient.
     */
    final int[] coefficients = new int[1 << LOOK];

    private final byte[] values;
    /** Per length, what to add to a code to find its symbol in {@link #values}. */
    private final int[] offset = new int[LONGEST + 1];
    /** Per length, behind its last code. */
    private final int[] limit = new int[LONGEST + 1];

    private HuffmanTable(byte[] values) {
        this.values = values;
    }

    /**
     * Reads a table.
     *
     * @param at of the 16 counts of codes per length, which the symbols follow
     * @return null if there are more codes than their lengths allow
     */
    static @Nullable HuffmanTable parse(byte[] bytes, int at) {
        HuffmanTable table = new HuffmanTable(Arrays.copyOfRange(bytes, at + LONGEST, at + length(bytes, at)));
        return table.assignCodes(bytes, at) ? table : null;
    }

    /** Whether all symbols can be lengths of differences between first coefficients. */
    boolean isOfDifferences() {
        for (byte symbol : values) {
            if ((symbol & 0xf0) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The number of bytes of a table: its counts and its symbols. */
    static int length(byte[] bytes, int at) {
        int length = LONGEST;
        for (int i = 0; i < LONGEST; i++) {
            length += bytes[at + i] & 0xff;
        }
        return length;
    }

    private boolean assignCodes(byte[] bytes, int at) {
        int code = 0;
        int next = 0;
        for (int length = 1; length <= LONGEST; length++) {
            offset[length] = next - code;
            for (int i = bytes[at + length - 1] & 0xff; i > 0; i--) {
                if (length <= LOOK) {
                    enter(code, length, values[next] & 0xff);
                }
                code++;
                next++;
            }
            limit[length] = code;
            if (code >= 1 << length) { // no code consists of ones alone
                return false;
            }
            code <<= 1;
        }
        return true;
    }

    private void enter(int code, int length, int symbol) {
        int spare = LOOK - length;
        int size = symbol & 0x0f;
        for (int rest = 0; rest < 1 << spare; rest++) {
            int look = code << spare | rest;
            if (look >= symbols.length) {
                return; // more codes than the length allows; refused by the caller
            }
            symbols[look] = (short) (length << 8 | symbol);
            if (size > 0 && size <= spare) {
                int value = extend(rest >> spare - size, size);
                coefficients[look] = value << 16 | symbol >> 4 << 8 | length + size;
            }
        }
    }

    /**
     * Decodes a code that is longer than {@link #LOOK}.
     *
     * @param next the next 16 bits
     * @return {@code length << 8 | symbol}, or 0 if there is no such code
     */
    int longSymbol(int next) {
        for (int length = LOOK + 1; length <= LONGEST; length++) {
            int code = next >> LONGEST - length;
            if (code < limit[length]) {
                return length << 8 | values[code + offset[length]] & 0xff;
            }
        }
        return 0;
    }

    /** The number that so many additional bits stand for (table F.1 of the standard). */
    static int extend(int bits, int size) {
        return bits < 1 << size - 1 ? bits - (1 << size) + 1 : bits;
    }
}
