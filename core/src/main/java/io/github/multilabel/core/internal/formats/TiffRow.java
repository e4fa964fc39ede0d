package io.github.multilabel.core.internal.formats;

/** Reads the rows of an uncompressed strip or tile, one after the other. */
final class TiffRow {

    private final byte[] bytes;
    private final int samples;
    private final int bits;
    private final boolean littleEndian;
    private final int[] values;
    private final long rowBytes;

    /**
     * @param width in pixels
     * @param samples of each pixel
     * @param littleEndian whether of two bytes the lower one comes first
     */
    TiffRow(byte[] bytes, int width, int samples, int bits, boolean littleEndian) {
        this.bytes = bytes;
        this.samples = samples;
        this.bits = bits;
        this.littleEndian = littleEndian;
        this.values = new int[width * samples];
        this.rowBytes = ((long) values.length * bits + 7) / 8;
    }

    /**
     * The samples of a row; the array is used again for the next.
     *
     * @param differences whether each stands as its difference to that of the pixel before (section 14)
     */
    int[] read(int y, boolean differences) {
        int start = (int) (y * rowBytes);
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (bits) {
                case 8 -> bytes[start + i] & 0xff;
                case 16 -> twoBytes(start + 2 * i);
                default -> bits(start, (long) i * bits);
            };
            if (differences && i >= samples) {
                values[i] = values[i] + values[i - samples] & (1 << bits) - 1;
            }
        }
        return values;
    }

    private int twoBytes(int at) {
        int first = bytes[at] & 0xff;
        int second = bytes[at + 1] & 0xff;
        return littleEndian ? second << 8 | first : first << 8 | second;
    }

    /** Other lengths are packed from the highest bit on, whatever the order of bytes. */
    private int bits(int start, long bit) {
        int at = start + (int) (bit >> 3);
        int window = 0; // three bytes hold 15 bits wherever they begin
        for (int i = 0; i < 3; i++) {
            window = window << 8 | (at + i < bytes.length ? bytes[at + i] & 0xff : 0);
        }
        return window >>> 24 - bits - (int) (bit & 7) & (1 << bits) - 1;
    }
}
