package io.github.multilabel.core.internal.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads the blocks of coefficients of a sequential scan (ITU-T T.81, F.2.2). Speed decides here: the position is kept
 * in local variables within a block.
 */
final class CoefficientReader {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int LOOK = HuffmanTable.LOOK;
    private static final int LOOK_MASK = (1 << LOOK) - 1;
    private static final int BLOCK = 64;
    private static final int END_OF_BLOCK = 0x00;
    private static final int SIXTEEN_ZEROS = 0xf0;
    /** A symbol that no code stands for; as a coefficient's, it is out of the ordinary everywhere. */
    private static final int NO_SYMBOL = 0x100;

    private static final int ANY = 0x100;

    /** What is returned for data that no encoder writes. */
    static final int DAMAGED = Integer.MIN_VALUE;

    /** From the order of the file to rows of eight. */
    private static final byte[] NATURAL = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };

    private final byte[] bytes;
    private final int end;
    private int at;
    private long bits;
    private int left;
    private int invented;

    /**
     * @param at of the first coded byte
     * @param end behind the last one
     */
    CoefficientReader(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    /** Makes at least 33 bits available; behind the end of the data, zeros that are counted. */
    private void fill() {
        if (at + Integer.BYTES <= end) {
            int next = (int) INT.get(bytes, at);
            if ((~next - 0x01010101 & next & 0x80808080) == 0) { // no byte is 0xff
                bits = bits << 32 | next & 0xffffffffL;
                at += Integer.BYTES;
                left += 32;
                return;
            }
        }
        while (left <= 32 + 24) {
            int next = 0;
            if (at < end && bytes[at] != (byte) 0xff) {
                next = bytes[at++] & 0xff;
            } else if (at + 1 < end && bytes[at + 1] == 0) {
                next = 0xff;
                at += 2;
            } else {
                invented += 8; // a marker or the end
            }
            bits = bits << 8 | next;
            left += 8;
        }
    }

    /**
     * Reads a block.
     *
     * @param block receives the dequantized coefficients in rows of eight, the first one as its bare difference to the
     *     block before; all zero at the start
     * @return a bit for each column that has a coefficient below its first row, and bit 8 if there is any beside the
     *     first; or {@link #DAMAGED}
     */
    int block(Component component, int[] block) {
        int difference = difference(component.dc());
        if (difference == DAMAGED) {
            return DAMAGED;
        }
        block[0] = difference;
        int columns = 0;
        int[] coefficients = component.ac().coefficients;
        int[] quantization = component.quantization();
        for (int k = 1; k < BLOCK; k++) {
            if (left <= 32) {
                fill();
            }
            int entry = coefficients[(int) (bits >>> left - LOOK) & LOOK_MASK];
            int value;
            if (entry != 0) {
                k += entry >> 8 & 0x0f;
                left -= entry & 0xff;
                value = entry >> 16;
            } else {
                int symbol = symbol(component.ac());
                if (symbol == END_OF_BLOCK) {
                    break;
                }
                int size = symbol & 0x0f;
                if (size == 0 && symbol != SIXTEEN_ZEROS) {
                    return DAMAGED;
                }
                k += symbol >> 4;
                left -= size;
                value = size == 0 ? 0 : HuffmanTable.extend((int) (bits >>> left) & (1 << size) - 1, size);
            }
            if (k >= BLOCK) {
                return DAMAGED;
            }
            int place = NATURAL[k];
            block[place] = value * quantization[k];
            columns |= ANY | (place < 8 ? 0 : 1 << (place & 7));
        }
        return columns;
    }

    /**
     * Reads a block for its first coefficient alone.
     *
     * @param block receives it as its bare difference to the block before
     * @return 0, or {@link #DAMAGED}
     */
    int first(Component component, int[] block) {
        int difference = difference(component.dc());
        if (difference == DAMAGED) {
            return DAMAGED;
        }
        block[0] = difference;
        int[] coefficients = component.ac().coefficients;
        for (int k = 1; k < BLOCK; k++) {
            if (left <= 32) {
                fill();
            }
            int entry = coefficients[(int) (bits >>> left - LOOK) & LOOK_MASK];
            if (entry != 0) {
                k += entry >> 8 & 0x0f;
                left -= entry & 0xff;
            } else {
                int symbol = symbol(component.ac());
                if (symbol == END_OF_BLOCK) {
                    break;
                } else if ((symbol & 0x0f) == 0 && symbol != SIXTEEN_ZEROS) {
                    return DAMAGED;
                }
                k += symbol >> 4;
                left -= symbol & 0x0f;
            }
            if (k >= BLOCK) {
                return DAMAGED;
            }
        }
        return 0;
    }

    private int difference(HuffmanTable dc) {
        if (left <= 32) {
            fill();
        }
        int size = symbol(dc);
        if (size > 15) {
            return DAMAGED;
        }
        left -= size;
        return size == 0 ? 0 : HuffmanTable.extend((int) (bits >>> left) & (1 << size) - 1, size);
    }

    /** The next symbol, or {@link #NO_SYMBOL}. */
    private int symbol(HuffmanTable table) {
        int found = table.symbols[(int) (bits >>> left - LOOK) & LOOK_MASK];
        if (found == 0) {
            found = table.longSymbol((int) (bits >>> left - 16) & 0xffff);
            if (found == 0) {
                return NO_SYMBOL;
            }
        }
        left -= found >> 8;
        return found & 0xff;
    }

    /** Whether all that was read was there. */
    boolean isWhole() {
        return left >= invented;
    }

    /** Whether all of the data was read, and all that was read was there. */
    boolean isAtEnd() {
        return isWhole() && left - invented < 8 && at == end;
    }

    /**
     * Passes over the restart marker that has to come now.
     *
     * @param number of the marker, 0 to 7
     * @return whether it is there and all before it was
     */
    boolean restart(int number) {
        // whole bytes that were taken in but not read would lie before the marker
        if (!isWhole() || left - invented >= 8 || at + 1 >= end) {
            return false;
        }
        if (bytes[at] != (byte) 0xff || bytes[at + 1] != (byte) (0xd0 + number)) {
            return false;
        }
        at += 2;
        bits = 0;
        left = 0;
        invented = 0;
        return true;
    }
}
