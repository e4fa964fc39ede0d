package io.github.multilabel.core.internal.formats;

import io.github.multilabel.core.image.Box;
import java.util.Arrays;

/**
 * Where the strips or tiles of a TIFF's first image lie.
 *
 * @param offsets in the file
 * @param lengths in the file
 * @param height of a tile, or of each strip but the last
 * @param width of a tile, or of the image
 * @param tiled whether the last ones are as large as all others
 * @param image the whole
 */
@SuppressWarnings("ArrayRecordComponent")
record TiffPieces(long[] offsets, long[] lengths, int height, int width, boolean tiled, Box image) {

    /** How often a byte of the file may be read on average: equal tiles are written once by some programs. */
    private static final long MOST_SHARED = 16;

    private static final int STRIP_OFFSETS = 0x111;
    private static final int ROWS_PER_STRIP = 0x116;
    private static final int STRIP_LENGTHS = 0x117;
    private static final int TILE_WIDTH = 0x142;
    private static final int TILE_HEIGHT = 0x143;
    private static final int TILE_OFFSETS = 0x144;
    private static final int TILE_LENGTHS = 0x145;

    static TiffPieces of(TiffTags tags, Box image, int planes, int fileLength, PixelLimit limit) throws Defect {
        boolean tiled = tags.has(TILE_OFFSETS);
        long height = tiled ? tags.number(TILE_HEIGHT) : tags.number(ROWS_PER_STRIP, image.height());
        long width = tiled ? tags.number(TILE_WIDTH) : image.width();
        if (!tiled) {
            height = Math.min(height, image.height()); // 2^32 - 1 stands for one strip
        }
        limit.check(ImageFormat.TIFF, width, height);
        long[] offsets = tags.numbers(tiled ? TILE_OFFSETS : STRIP_OFFSETS);
        long[] lengths = tags.numbers(tiled ? TILE_LENGTHS : STRIP_LENGTHS);
        if (lengths.length == 0) { // old programs leave them out
            lengths = new long[offsets.length];
        }
        TiffPieces pieces = new TiffPieces(offsets, lengths, (int) height, (int) width, tiled, image);
        if (offsets.length != lengths.length || offsets.length < (long) pieces.count() * planes) {
            throw Defect.damaged(ImageFormat.TIFF, "it does not say where its pixels are", null);
        }
        pieces.completeLengths(fileLength);
        return pieces;
    }

    private void completeLengths(int fileLength) throws Defect {
        long[] sorted = offsets.clone();
        Arrays.sort(sorted);
        long sum = 0;
        for (int i = 0; i < offsets.length; i++) {
            if (offsets[i] >= fileLength) {
                throw Defect.truncated(
                        ImageFormat.TIFF, "its pixels begin at byte " + offsets[i] + " of " + fileLength);
            }
            if (lengths[i] == 0) { // until the next one or the end
                int next = Arrays.binarySearch(sorted, offsets[i] + 1);
                next = next < 0 ? -next - 1 : next;
                lengths[i] = (next < sorted.length ? sorted[next] : fileLength) - offsets[i];
            }
            sum += Math.min(lengths[i], fileLength - offsets[i]);
        }
        if (sum > MOST_SHARED * fileLength) {
            throw Defect.damaged(ImageFormat.TIFF, "its strips or tiles lie upon each other", null);
        }
    }

    /** What a piece has in the file. */
    byte[] bytes(byte[] file, int piece, long length) {
        int from = (int) offsets[piece];
        return Arrays.copyOfRange(file, from, (int) Math.min(file.length, from + length));
    }

    /** How many cover the image. */
    int count() {
        return across() * ceil(image.height(), height);
    }

    private int across() {
        return ceil(image.width(), width);
    }

    private static int ceil(int length, int step) {
        return (int) (((long) length + step - 1) / step);
    }

    /** The rows that a piece has in the file. */
    int rows(int piece) {
        return tiled ? height : Math.min(height, image.height() - top(piece));
    }

    int top(int piece) {
        return piece / across() * height;
    }

    int left(int piece) {
        return piece % across() * width;
    }

    /** The rows of the image that a piece covers. */
    int coveredRows(int piece) {
        return Math.min(height, image.height() - top(piece));
    }

    /** The columns of the image that a piece covers. */
    int coveredColumns(int piece) {
        return Math.min(width, image.width() - left(piece));
    }
}
