package io.github.multilabel.core.internal.formats;

/**
 * The runs of a BMP of 4 or 8 bits (BI_RLE4, BI_RLE8). What they pass over is of colour 0; what they do not reach,
 * because they end without the end mark, is missing.
 */
final class BmpRuns {

    private static final int END_OF_ROW = 0;
    private static final int END = 1;
    private static final int MOVE = 2;

    private final byte[] bytes;
    private final boolean halves;
    private final int height;
    private final int width;
    private final byte[] indices;
    private int at;
    private int row;
    private int column;
    /** Whether a row ended before its last pixel. */
    private boolean skipped;

    /**
     * @param at of the first run
     * @param halves whether an index takes four bits
     */
    BmpRuns(byte[] bytes, int at, int height, int width, boolean halves) {
        this.bytes = bytes;
        this.at = at;
        this.halves = halves;
        this.height = height;
        this.width = width;
        this.indices = new byte[height * width];
    }

    /** The indices row by row, in the order of the file. */
    byte[] indices() throws Defect {
        try {
            // behind the last pixel, only the end mark can follow, and some writers leave it out
            while (row < height && !(row == height - 1 && column >= width)) {
                int count = next();
                int value = next();
                if (count > 0) {
                    for (int i = 0; i < count; i++) {
                        put(halves ? i % 2 == 0 ? value >> 4 : value & 0x0f : value);
                    }
                } else if (value == END_OF_ROW) {
                    skipped |= column < width;
                    row++;
                    column = 0;
                } else if (value == END) {
                    return indices;
                } else if (value == MOVE) {
                    column += next();
                    row += next();
                } else {
                    single(value);
                }
            }
            requireEnd();
            return indices;
        } catch (ArrayIndexOutOfBoundsException e) {
            throw Defect.truncated(ImageFormat.BMP, "it ends within its runs");
        }
    }

    /**
     * Zeros end rows, so that where a part of the file was overwritten by them, runs are left when all rows are done.
     */
    private void requireEnd() throws Defect {
        if (skipped && !(next() == 0 && next() == END)) {
            throw Defect.damaged(ImageFormat.BMP, "its runs end rows early, and go on behind the last row", null);
        }
    }

    private int next() {
        return bytes[at++] & 0xff;
    }

    /** Indices one by one, padded to whole pairs of bytes. */
    private void single(int count) {
        int start = at;
        int length = halves ? (count + 1) / 2 : count;
        for (int i = 0; i < count; i++) {
            int value = bytes[start + (halves ? i / 2 : i)] & 0xff;
            put(halves ? i % 2 == 0 ? value >> 4 : value & 0x0f : value);
        }
        at = start + length + (length & 1);
    }

    /** What would stand beside the image is left out. */
    private void put(int index) {
        if (column < width) {
            indices[row * width + column] = (byte) index;
        }
        column++;
    }
}
