package io.github.multilabel.core.internal.formats;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A GIF (version 89a) whose first frame is the image, laid on its screen, which grows where the frame needs more. What
 * no frame covers is clear if the frame has a clear colour, and of colour 0 if not, as in Pillow.
 *
 * <p>Java's own reader gives the frame without its screen, and fills what is missing.
 *
 * @param stored the screen
 * @param frame on the screen
 * @param colours of the palette, 0xRRGGBB
 * @param clear the index that is transparent, or -1
 * @param data where the coded indices start
 * @param isWithoutEnd whether the end marker is missing
 */
@SuppressWarnings("ArrayRecordComponent")
record GifImage(
        byte[] bytes,
        Box stored,
        Box frame,
        boolean interlaced,
        int[] colours,
        int clear,
        int data,
        @Override boolean isWithoutEnd)
        implements EncodedImage {

    private static final int HEADER = 13;
    private static final int IMAGE = 0x2c;
    private static final int EXTENSION = 0x21;
    private static final int CONTROL = 0xf9;
    private static final int END = 0x3b;
    private static final int COLOURS = 256;

    static GifImage parse(byte[] bytes, PixelLimit limit) throws Defect {
        ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int clear = -1;
        int at = HEADER + 3 * tableSize(bytes[10]);
        while (bytes[at] != IMAGE) {
            if (bytes[at] == END) {
                throw Defect.damaged(ImageFormat.GIF, "it has no image", null);
            } else if (bytes[at] != EXTENSION) {
                at++; // stray bytes between blocks are met, and passed over by all readers
                continue;
            }
            if ((bytes[at + 1] & 0xff) == CONTROL && bytes[at + 2] >= 4) {
                clear = (bytes[at + 3] & 1) == 0 ? -1 : bytes[at + 6] & 0xff;
            }
            at = afterBlocks(bytes, at + 2);
        }
        Box frame = new Box(u16(view, at + 3), u16(view, at + 1), u16(view, at + 7), u16(view, at + 5));
        limit.check(ImageFormat.GIF, frame.width(), frame.height());
        int height = Math.max(u16(view, 8), frame.top() + frame.height());
        int width = Math.max(u16(view, 6), frame.left() + frame.width());
        limit.check(ImageFormat.GIF, width, height);
        int flags = bytes[at + 9];
        int own = tableSize(flags);
        int[] colours = own > 0 ? colours(bytes, at + 10, own) : colours(bytes, HEADER, tableSize(bytes[10]));
        int data = at + 10 + 3 * own;
        if (data >= bytes.length) {
            throw Defect.truncated(ImageFormat.GIF, "it ends before its pixels");
        }
        boolean interlaced = (flags & 0x40) != 0;
        return new GifImage(
                bytes,
                new Box(0, 0, height, width),
                frame,
                interlaced,
                colours,
                clear,
                data,
                !isEnded(bytes, data + 1));
    }

    private static int u16(ByteBuffer view, int at) {
        return view.getShort(at) & 0xffff;
    }

    private static int tableSize(int flags) {
        return (flags & 0x80) == 0 ? 0 : 2 << (flags & 7);
    }

    /** Black where the table has none; shades of grey if there is no table. */
    private static int[] colours(byte[] bytes, int at, int count) {
        int[] colours = new int[COLOURS];
        for (int i = 0; i < colours.length; i++) {
            int entry = at + 3 * i;
            colours[i] = count == 0
                    ? 0x010101 * i
                    : i < count
                            ? (bytes[entry] & 0xff) << 16 | (bytes[entry + 1] & 0xff) << 8 | bytes[entry + 2] & 0xff
                            : 0;
        }
        return colours;
    }

    private static int afterBlocks(byte[] bytes, int at) {
        int next = at;
        while (bytes[next] != 0) {
            next += 1 + (bytes[next] & 0xff);
        }
        return next + 1;
    }

    /** Whether the blocks from there on lead to the end marker. */
    private static boolean isEnded(byte[] bytes, int blocks) {
        try {
            int at = afterBlocks(bytes, blocks);
            while (bytes[at] != END) {
                at = switch (bytes[at]) {
                    case IMAGE -> afterBlocks(bytes, at + 11 + 3 * tableSize(bytes[at + 9]));
                    case EXTENSION -> afterBlocks(bytes, at + 2);
                    default -> at + 1;
                };
            }
            return true;
        } catch (ArrayIndexOutOfBoundsException e) {
            return false;
        }
    }

    @Override
    public int bytesPerPixel() {
        return 1;
    }

    @Override
    public Pixels decode() throws Defect {
        byte[] indices = new GifCodes(bytes, data, frame.height() * frame.width()).indices();
        int width = stored.width();
        byte[] rgb = new byte[stored.height() * width * Pixels.CHANNELS];
        Arrays.fill(rgb, (byte) 0xff);
        if (clear < 0) {
            for (int i = 0; i < rgb.length; i += Pixels.CHANNELS) {
                paint(0, rgb, i);
            }
        }
        int[] rows = rows(frame.height(), interlaced);
        for (int i = 0; i < rows.length; i++) {
            int target = ((frame.top() + rows[i]) * width + frame.left()) * Pixels.CHANNELS;
            for (int x = 0; x < frame.width(); x++, target += Pixels.CHANNELS) {
                paint(indices[i * frame.width() + x] & 0xff, rgb, target);
            }
        }
        return new Pixels(stored.height(), width, rgb);
    }

    private void paint(int index, byte[] rgb, int at) {
        int colour = index == clear ? 0xffffff : colours[index];
        rgb[at] = (byte) (colour >> 16);
        rgb[at + 1] = (byte) (colour >> 8);
        rgb[at + 2] = (byte) colour;
    }

    /** Every eighth row comes first, then every eighth from the fourth, and so on (appendix E). */
    private static int[] rows(int height, boolean interlaced) {
        IntStream all = interlaced
                ? IntStream.of(0, 4, 2, 1)
                        .flatMap(first -> IntStream.iterate(first, row -> row < height, row -> row + step(first)))
                : IntStream.range(0, height);
        return all.toArray();
    }

    private static int step(int first) {
        return first == 0 ? 8 : 2 * first;
    }
}
