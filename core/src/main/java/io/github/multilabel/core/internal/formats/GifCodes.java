package io.github.multilabel.core.internal.formats;

import java.util.Arrays;

/** The compressed indices of a GIF's frame (version 89a, appendix F), which show when they end too early. */
final class GifCodes {

    private static final int LONGEST = 12;
    private static final int MOST = 1 << LONGEST;
    /** How many indices there is room for at first: a frame may declare more than follow. */
    private static final int ROOM = 1 << 16;

    private final byte[] bytes;
    private final int pixels;
    private final int smallest;
    private int at;
    private int blockEnd;
    private int bits;
    private int left;

    private final short[] prefixes = new short[MOST];
    private final byte[] lasts = new byte[MOST];
    private final byte[] firsts = new byte[MOST];
    private final short[] lengths = new short[MOST];

    /**
     * @param at of the size of the smallest code
     * @param pixels of the frame
     */
    GifCodes(byte[] bytes, int at, int pixels) throws Defect {
        this.bytes = bytes;
        this.pixels = pixels;
        this.smallest = bytes[at];
        this.at = at + 1;
        this.blockEnd = at + 1;
        if (smallest < 1 || smallest >= LONGEST) {
            throw Defect.damaged(ImageFormat.GIF, "its smallest code has " + smallest + " bits", null);
        }
        for (int i = 0; i < 1 << smallest; i++) {
            lasts[i] = (byte) i;
            firsts[i] = (byte) i;
            lengths[i] = 1;
        }
    }

    /** One for each pixel, in the order of the file. */
    byte[] indices() throws Defect {
        int clear = 1 << smallest;
        int next = clear + 2;
        int size = smallest + 1;
        int before = -1;
        byte[] indices = new byte[Math.min(pixels, ROOM)];
        int done = 0;
        while (done < pixels) {
            int code = code(size);
            if (code == clear) {
                next = clear + 2;
                size = smallest + 1;
                before = -1;
                continue;
            } else if (code < 0 || code == clear + 1) {
                throw Defect.truncated(
                        ImageFormat.GIF, "it ends within its pixels: " + done + " of " + pixels + " are there");
            } else if (code > next || code == next && before < 0) {
                throw Defect.damaged(ImageFormat.GIF, "it has a code that was not defined before", null);
            }
            if (before >= 0 && next < MOST) {
                prefixes[next] = (short) before;
                firsts[next] = firsts[before];
                lasts[next] = code == next ? firsts[before] : firsts[code];
                lengths[next] = (short) (lengths[before] + 1);
                next++;
                if (next == 1 << size && size < LONGEST) {
                    size++;
                }
            }
            int end = done + lengths[code];
            if (Math.min(end, pixels) > indices.length) {
                indices = Arrays.copyOf(indices, (int) Math.min(pixels, Math.max(end, 2L * indices.length)));
            }
            write(code, indices, end);
            done = end;
            before = code;
        }
        return indices;
    }

    /** From the last index of a code's string to the first. */
    private void write(int code, byte[] indices, int end) {
        int from = code;
        for (int i = end - 1; i >= end - lengths[code]; i--) {
            if (i < pixels) {
                indices[i] = lasts[from];
            }
            from = prefixes[from];
        }
    }

    /** The next code, lowest bit first, or -1 behind the last block. */
    private int code(int size) {
        while (left < size) {
            if (at == blockEnd) {
                int length = at < bytes.length ? bytes[at] & 0xff : 0;
                if (length == 0) {
                    return -1;
                }
                at++;
                blockEnd = at + length;
            }
            if (at >= bytes.length) {
                return -1;
            }
            bits |= (bytes[at++] & 0xff) << left;
            left += 8;
        }
        int code = bits & (1 << size) - 1;
        bits >>>= size;
        left -= size;
        return code;
    }
}
