package io.github.multilabel.core.internal.formats;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.Samples;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A BMP of Windows or OS/2, whichever header it has: 1 to 8 bits with a palette, also as runs, or 16 to 32 bits with
 * masks. The length that its header gives the file is not believed: many programs leave it 0.
 *
 * <p>Java's own reader needs that length, knows no header of OS/2 2 and fills what is missing from runs.
 *
 * @param pixels where the rows start
 * @param colours of the palette, 0xRRGGBB
 * @param masks of red, green, blue and alpha; none if there is a palette
 */
@SuppressWarnings("ArrayRecordComponent")
record BmpImage(
        byte[] bytes, Box stored, boolean fromTop, int bits, int compression, int pixels, int[] colours, int[] masks)
        implements EncodedImage {

    private static final int FILE_HEADER = 14;
    private static final int CORE_HEADER = 12;
    /** The first header that the masks are a part of. */
    private static final int WITH_MASKS = 52;

    private static final int WITH_ALPHA_MASK = 56;
    private static final int OS2_HEADER = 64;

    private static final int RUNS_OF_8 = 1;
    private static final int RUNS_OF_4 = 2;
    private static final int MASKS = 3;
    private static final int MASKS_WITH_ALPHA = 6;

    static BmpImage parse(byte[] bytes, PixelLimit limit) throws Defect {
        ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int header = view.getInt(FILE_HEADER);
        boolean core = header == CORE_HEADER;
        if (!core && (header < 16 || header > 124)) {
            throw Defect.damaged(ImageFormat.BMP, "it has a header of " + header + " bytes", null);
        }
        long width = core ? view.getShort(18) & 0xffff : view.getInt(18);
        long height = core ? view.getShort(20) & 0xffff : view.getInt(22);
        limit.check(ImageFormat.BMP, width, Math.abs(height));
        Box stored = new Box(0, 0, (int) Math.abs(height), (int) width);
        int bits = view.getShort(core ? 24 : 28) & 0xffff;
        int compression = header < 20 ? 0 : view.getInt(30);
        int[] masks = masks(view, header, bits, compression);
        requireReadable(bits, compression, header);
        if (masks.length > 0 && (masks[0] | masks[1] | masks[2]) == 0) {
            throw Defect.damaged(ImageFormat.BMP, "its masks of red, green and blue are empty", null);
        }
        int palette = FILE_HEADER + header + (masks.length > 0 && header < WITH_MASKS ? 12 : 0);
        int pixels = view.getInt(10);
        if (pixels == 0) { // left out by some programs: behind the palette, as others take it
            pixels = palette + paletteLength(view, core, bits);
        } else if (pixels > 0 && pixels < FILE_HEADER + header) {
            throw Defect.damaged(ImageFormat.BMP, "its pixels begin within its header, at byte " + pixels, null);
        }
        if (pixels < 0 || pixels > bytes.length) {
            throw Defect.truncated(ImageFormat.BMP, "its pixels begin behind its " + bytes.length + " bytes");
        }
        int[] colours = bits > 8 ? new int[0] : colours(view, palette, pixels, core ? 3 : 4, 1 << bits);
        BmpImage image = new BmpImage(bytes, stored, height < 0, bits, compression, pixels, colours, masks);
        image.requireRows();
        return image;
    }

    private static int[] masks(ByteBuffer view, int header, int bits, int compression) {
        if (bits != 16 && bits != 32) {
            return new int[0];
        } else if (compression == MASKS && header != OS2_HEADER || compression == MASKS_WITH_ALPHA) {
            int alpha = header >= WITH_ALPHA_MASK || compression == MASKS_WITH_ALPHA ? view.getInt(66) : 0;
            // of a single bit, programs write anything, and others do not look at it
            boolean ignored = Integer.bitCount(alpha) == 1;
            return new int[] {view.getInt(54), view.getInt(58), view.getInt(62), ignored ? 0 : alpha};
        }
        return bits == 16 ? new int[] {0x7c00, 0x3e0, 0x1f, 0} : new int[] {0xff0000, 0xff00, 0xff, 0};
    }

    private static void requireReadable(int bits, int compression, int header) throws Defect {
        boolean known =
                switch (compression) {
                    case 0 ->
                        bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits % 8 == 0 && bits > 8 && bits <= 32;
                    case RUNS_OF_8 -> bits == 8;
                    case RUNS_OF_4 -> bits == 4;
                    case MASKS -> (bits == 16 || bits == 32) && header != OS2_HEADER;
                    case MASKS_WITH_ALPHA -> bits == 16 || bits == 32;
                    default -> false;
                };
        if (!known) {
            throw Defect.unsupported("a BMP of " + bits + " bits and kind of compression " + compression);
        }
    }

    private static int paletteLength(ByteBuffer view, boolean core, int bits) {
        int all = bits > 8 ? 0 : 1 << bits;
        int used = core || view.getInt(FILE_HEADER) < 36 ? 0 : view.getInt(46);
        return core ? 3 * all : 4 * (used > 0 && used < all ? used : all);
    }

    /** As many as there is room for before the pixels; missing ones are black, as others take them. */
    private static int[] colours(ByteBuffer view, int at, int end, int length, int count) {
        int[] colours = new int[count];
        for (int i = 0; i < count && at + (i + 1) * length <= end; i++) {
            int entry = at + i * length;
            colours[i] = view.getShort(entry) & 0xffff | (view.get(entry + 2) & 0xff) << 16;
        }
        return colours;
    }

    private boolean isOfRuns() {
        return compression == RUNS_OF_8 || compression == RUNS_OF_4;
    }

    private int rowBytes() {
        return (int) (((long) stored.width() * bits + 31) / 32 * 4);
    }

    private void requireRows() throws Defect {
        // the last row needs no padding
        long rows = (long) rowBytes() * (stored.height() - 1) + ((long) stored.width() * bits + 7) / 8;
        if (!isOfRuns() && pixels + rows > bytes.length) {
            throw Defect.truncated(ImageFormat.BMP, "it needs " + (pixels + rows) + " bytes and has " + bytes.length);
        }
    }

    @Override
    public int bytesPerPixel() {
        return isOfRuns() ? 1 : (bits + 7) / 8; // of the file itself
    }

    @Override
    public Pixels decode() throws Defect {
        byte[] rgb = new byte[stored.height() * stored.width() * Pixels.CHANNELS];
        byte[] indices = isOfRuns()
                ? new BmpRuns(bytes, pixels, stored.height(), stored.width(), bits == 4).indices()
                : new byte[0];
        for (int row = 0; row < stored.height(); row++) {
            int y = fromTop ? row : stored.height() - 1 - row;
            int target = y * stored.width() * Pixels.CHANNELS;
            if (isOfRuns()) {
                paint(indices, row * stored.width(), 8, rgb, target);
            } else if (bits <= 8) {
                paint(bytes, pixels + row * rowBytes(), bits, rgb, target);
            } else {
                masked(pixels + row * rowBytes(), rgb, target);
            }
        }
        return new Pixels(stored.height(), stored.width(), rgb);
    }

    /** A row of indices of the palette. */
    private void paint(byte[] indices, int start, int width, byte[] rgb, int target) {
        for (int x = 0, to = target; x < stored.width(); x++, to += Pixels.CHANNELS) {
            int bit = x * width;
            int index = (indices[start + bit / 8] & 0xff) >> 8 - width - bit % 8 & (1 << width) - 1;
            int colour = colours[index];
            rgb[to] = (byte) (colour >> 16);
            rgb[to + 1] = (byte) (colour >> 8);
            rgb[to + 2] = (byte) colour;
        }
    }

    /** A row of numbers of 16, 24 or 32 bits, of which masks cut out the colours. */
    private void masked(int start, byte[] rgb, int target) {
        int[] cut = bits == 24 ? new int[] {0xff0000, 0xff00, 0xff, 0} : masks;
        boolean plain = Arrays.equals(cut, new int[] {0xff0000, 0xff00, 0xff, 0});
        int step = bits / 8;
        for (int x = 0, at = start, to = target; x < stored.width(); x++, at += step, to += Pixels.CHANNELS) {
            if (plain) {
                rgb[to] = bytes[at + 2];
                rgb[to + 1] = bytes[at + 1];
                rgb[to + 2] = bytes[at];
                continue;
            }
            int value = bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
            if (step == 4) {
                value |= (bytes[at + 2] & 0xff) << 16 | (bytes[at + 3] & 0xff) << 24;
            }
            int alpha = cut[3] == 0 ? 0xff : sample(value, cut[3]);
            for (int c = 0; c < Pixels.CHANNELS; c++) {
                rgb[to + c] = Samples.onWhite(sample(value, cut[c]), alpha);
            }
        }
    }

    private static int sample(int value, int mask) {
        int low = Integer.numberOfTrailingZeros(mask);
        int bits = Integer.SIZE - low - Integer.numberOfLeadingZeros(mask);
        return mask == 0 ? 0 : Samples.eightBits((value & mask) >>> low, bits);
    }
}
