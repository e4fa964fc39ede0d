package io.github.multilabel.core.internal.formats;

/** The LZW codes of a TIFF's strip or tile (TIFF 6.0, section 13): highest bit first, and longer one code early. */
final class TiffLzw {

    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int FIRST = 258;
    private static final int SHORTEST = 9;
    private static final int LONGEST = 12;
    private static final int MOST = 1 << LONGEST;

    private final byte[] in;
    private int at;
    private int bits;
    private int left;

    /** Of each code, where its bytes were written last, and how many they are. */
    private final int[] starts = new int[MOST];

    private final int[] lengths = new int[MOST];

    TiffLzw(byte[] in) {
        this.in = in;
    }

    byte[] decode(int length) throws Defect {
        if (in.length > 1 && in[0] == 0 && (in[1] & 1) == 1) {
            throw Defect.unsupported("a TIFF compressed by LZW in the manner of before 1990");
        }
        byte[] out = new byte[length];
        int done = 0;
        int next = FIRST;
        int size = SHORTEST;
        int before = -1;
        while (done < length) {
            int code = code(size);
            if (code == CLEAR) {
                next = FIRST;
                size = SHORTEST;
                before = -1;
                continue;
            } else if (code == END || code < 0) {
                throw TiffCodec.truncated(length, done);
            } else if (code >= FIRST && (before < 0 || code > next)) {
                throw Defect.damaged(ImageFormat.TIFF, "it has an LZW code that was not defined before", null);
            }
            if (before >= 0 && next < MOST) { // the bytes of the code before and the first of this one
                starts[next] = done - length(before);
                lengths[next] = length(before) + 1;
                next++;
                if (next == (1 << size) - 1 && size < LONGEST) {
                    size++;
                }
            }
            int count = length(code);
            if (code < CLEAR) {
                out[done] = (byte) code;
            } else {
                for (int i = 0; i < count && done + i < length; i++) {
                    out[done + i] = out[starts[code] + i];
                }
            }
            done += count;
            before = code;
        }
        return out;
    }

    private int length(int code) {
        return code < CLEAR ? 1 : lengths[code];
    }

    private int code(int size) {
        while (left < size) {
            if (at == in.length) {
                return -1;
            }
            bits = bits << 8 | in[at++] & 0xff;
            left += 8;
        }
        left -= size;
        return bits >>> left & (1 << size) - 1;
    }
}
