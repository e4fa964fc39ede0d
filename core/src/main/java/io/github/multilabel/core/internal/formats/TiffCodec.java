package io.github.multilabel.core.internal.formats;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** How the strips and tiles of a TIFF are compressed (tag 259). */
enum TiffCodec {
    NONE,
    PACK_BITS,
    LZW,
    DEFLATE,
    /** Whole JPEGs, see {@link TiffJpeg}. */
    JPEG,
    /** CCITT, left to Java's reader. */
    FAX;

    static TiffCodec of(long compression) throws Defect {
        return switch ((int) compression) {
            case 1 -> NONE;
            case 2, 3, 4 -> FAX;
            case 5 -> LZW;
            case 7 -> JPEG;
            case 8, 32946 -> DEFLATE;
            case 32773 -> PACK_BITS;
            case 6 -> throw unsupported("by JPEG in the manner of TIFF 6.0, which was given up");
            case 34712 -> throw unsupported("by JPEG 2000");
            case 34887 -> throw unsupported("by LERC");
            case 34925 -> throw unsupported("by LZMA");
            case 50000 -> throw unsupported("by Zstandard");
            case 50001 -> throw unsupported("by WebP");
            default -> throw unsupported("in the unknown manner " + compression);
        };
    }

    private static Defect unsupported(String how) {
        return Defect.unsupported("a TIFF compressed " + how);
    }

    /**
     * Uncompresses a strip or tile.
     *
     * @param in what lies in the file
     * @param length of what comes out
     * @throws Defect if less comes out
     */
    byte[] decode(byte[] in, int length) throws Defect {
        return switch (this) {
            case NONE -> in;
            case PACK_BITS -> packBits(in, length);
            case LZW -> new TiffLzw(in).decode(length);
            case DEFLATE -> inflate(in, length);
            case JPEG, FAX -> throw new IllegalStateException(this + " gives no samples");
        };
    }

    static Defect truncated(long needed, long there) {
        return Defect.truncated(
                ImageFormat.TIFF, "a strip or tile needs " + needed + " bytes of pixels and has " + there);
    }

    /** Counts that say whether the next byte is repeated or how many stand for themselves (TIFF 6.0, section 9). */
    private static byte[] packBits(byte[] in, int length) throws Defect {
        byte[] out = new byte[length];
        int done = 0;
        for (int at = 0; done < length; ) {
            if (at >= in.length) {
                throw truncated(length, done);
            }
            int count = in[at++];
            if (count == -128) {
                continue;
            }
            int needed = count < 0 ? 1 : count + 1;
            if (at + needed > in.length) {
                throw truncated(length, done);
            }
            int run = Math.min(length - done, count < 0 ? 1 - count : needed);
            for (int i = 0; i < run; i++) {
                out[done + i] = in[count < 0 ? at : at + i];
            }
            done += run;
            at += needed;
        }
        return out;
    }

    private static byte[] inflate(byte[] in, int length) throws Defect {
        byte[] out = new byte[length];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(in);
            int done = 0;
            while (done < length) {
                int count = inflater.inflate(out, done, length - done);
                if (count == 0) {
                    throw truncated(length, done);
                }
                done += count;
            }
            return out;
        } catch (DataFormatException e) {
            throw Defect.damaged(ImageFormat.TIFF, "the compressed pixels are no Deflate data", e);
        } finally {
            inflater.end();
        }
    }
}
