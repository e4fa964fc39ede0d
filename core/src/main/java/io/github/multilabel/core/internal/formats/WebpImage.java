package io.github.multilabel.core.internal.formats;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A WebP whose chunks were walked through (RFC 9649, 2); of an animation, the first frame is the image, on a white
 * canvas.
 *
 * @param orientation from its EXIF chunk
 * @param stored the canvas
 * @param frame on the canvas
 * @param essence the frame as a file of its own, which ends with its pixels
 * @param isWithoutEnd whether the file is shorter than it says, behind the frame
 */
@SuppressWarnings("ArrayRecordComponent")
record WebpImage(
        Orientation orientation, @Override Box stored, Box frame, byte[] essence, @Override boolean isWithoutEnd)
        implements EncodedImage {

    private static final int FILE_HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    /** Of an animation's frame: its place, sides, time and flags. */
    private static final int FRAME_HEADER = 16;

    private static final int KEY_FRAME_START = 0x2a019d;
    private static final int LOSSLESS_START = 0x2f;
    private static final int FOURTEEN_BITS = 0x3fff;
    private static final int HAS_ALPHA = 0x10;

    static WebpImage parse(byte[] bytes, PixelLimit limit) throws Defect {
        ImageFormat.WEBP.requireReader();
        return new Walk(bytes, limit).image();
    }

    /** A chunk's content. */
    private record Chunk(int start, int length) {}

    /** Looks for the first frame and what belongs to it. */
    private static final class Walk {

        private final ByteBuffer view;
        private final PixelLimit limit;
        private Optional<Orientation> orientation = Optional.empty();
        // null until the walk comes to them
        private @Nullable Box canvas;
        private @Nullable Box frame;
        private @Nullable Chunk alpha;
        private @Nullable Chunk image;
        /** Whether the image is a {@code VP8} chunk, not {@code VP8L}. */
        private boolean lossy;

        Walk(byte[] bytes, PixelLimit limit) {
            this.view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            this.limit = limit;
        }

        WebpImage image() throws Defect {
            long end = CHUNK_HEADER + (view.getInt(4) & 0xffffffffL);
            boolean whole = end <= view.capacity();
            walk(FILE_HEADER, whole ? (int) end : view.capacity());
            if (image == null) {
                throw whole
                        ? Defect.damaged(ImageFormat.WEBP, "it has no image", null)
                        : Defect.truncated(ImageFormat.WEBP, "it needs " + end + " bytes and has " + view.capacity());
            }
            Box size = lossy ? lossySize(image.start) : losslessSize(image.start);
            Box inner = frame == null ? size : frame;
            Box outer = canvas == null ? size : canvas;
            boolean fits = inner.height() == size.height()
                    && inner.width() == size.width()
                    && inner.top() + inner.height() <= outer.height()
                    && inner.left() + inner.width() <= outer.width();
            if (!fits) {
                throw Defect.damaged(ImageFormat.WEBP, "its image has other sides than it declares", null);
            }
            return new WebpImage(orientation.orElse(Orientation.UPRIGHT), outer, inner, essence(image, inner), !whole);
        }

        private void walk(int from, int end) throws Defect {
            for (long next = from; next + CHUNK_HEADER <= end; ) {
                int at = (int) next;
                String type = new String(view.array(), at, 4, StandardCharsets.ISO_8859_1);
                long length = view.getInt(at + 4) & 0xffffffffL;
                int start = at + CHUNK_HEADER;
                next = start + length + (length & 1);
                if (start + length > end) {
                    if (image == null) {
                        throw Defect.truncated(ImageFormat.WEBP, "it ends within its chunk " + type.strip());
                    }
                    return;
                }
                note(type, new Chunk(start, (int) length));
            }
        }

        private void note(String type, Chunk chunk) throws Defect {
            int start = chunk.start;
            switch (type) {
                case "VP8X" -> canvas = size(0, 0, u24(start + 7) + 1L, u24(start + 4) + 1L);
                case "ANMF" -> {
                    if (frame == null) { // the first, and none within it
                        frame = size(2 * u24(start + 3), 2 * u24(start), u24(start + 9) + 1L, u24(start + 6) + 1L);
                        walk(start + FRAME_HEADER, start + chunk.length);
                    }
                }
                case "ALPH" -> alpha = image == null ? chunk : alpha;
                case "VP8 ", "VP8L" -> {
                    if (image == null) {
                        image = chunk;
                        lossy = type.equals("VP8 ");
                    }
                }
                case "EXIF" -> {
                    if (orientation.isEmpty()) {
                        orientation = Orientation.ofExif(Arrays.copyOfRange(view.array(), start, start + chunk.length));
                    }
                }
                default -> {} // profiles and notes
            }
        }

        private Box size(int top, int left, long height, long width) throws Defect {
            limit.check(ImageFormat.WEBP, width, height);
            return new Box(top, left, (int) height, (int) width);
        }

        private Box lossySize(int at) throws Defect {
            if (u24(at + 3) != KEY_FRAME_START) {
                throw Defect.damaged(ImageFormat.WEBP, "its image does not begin as one", null);
            }
            return size(0, 0, view.getShort(at + 8) & FOURTEEN_BITS, view.getShort(at + 6) & FOURTEEN_BITS);
        }

        private Box losslessSize(int at) throws Defect {
            if (view.get(at) != LOSSLESS_START) {
                throw Defect.damaged(ImageFormat.WEBP, "its image does not begin as one", null);
            }
            int sides = view.getInt(at + 1);
            return size(0, 0, (sides >> 14 & FOURTEEN_BITS) + 1L, (sides & FOURTEEN_BITS) + 1L);
        }

        private int u24(int at) {
            return view.getShort(at) & 0xffff | (view.get(at + 2) & 0xff) << 16;
        }

        /** Readers know no animation or look at one frame after the other, and see no end before the file's. */
        private byte[] essence(Chunk pixels, Box size) {
            Chunk transparency = lossy ? alpha : null;
            int length = FILE_HEADER
                    + (transparency == null ? 0 : CHUNK_HEADER + 10 + CHUNK_HEADER + transparency.length + 1)
                    + CHUNK_HEADER
                    + pixels.length
                    + 1;
            ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            out.put(view.array(), 0, FILE_HEADER);
            boolean alphaLast = !ImageFormat.isWebpNative();
            if (transparency != null) {
                put(out, "VP8X", 10);
                out.putInt(HAS_ALPHA);
                for (int side : new int[] {size.width() - 1, size.height() - 1}) {
                    out.put((byte) side).put((byte) (side >> 8)).put((byte) (side >> 16));
                }
            }
            if (transparency != null && !alphaLast) {
                put(out, "ALPH", transparency);
            }
            put(out, lossy ? "VP8 " : "VP8L", pixels);
            if (transparency != null && alphaLast) { // so that the plug-in in Java sees where it ends
                put(out, "ALPH", transparency);
            }
            out.putInt(4, out.position() - CHUNK_HEADER);
            return Arrays.copyOf(out.array(), out.position());
        }

        private void put(ByteBuffer out, String type, int length) {
            out.put(type.getBytes(StandardCharsets.ISO_8859_1)).putInt(length);
        }

        private void put(ByteBuffer out, String type, Chunk chunk) {
            put(out, type, chunk.length);
            out.put(view.array(), chunk.start, chunk.length);
            if (chunk.length % 2 == 1) {
                out.put((byte) 0);
            }
        }
    }

    @Override
    public int bytesPerPixel() {
        return 2 * Integer.BYTES;
    }

    @Override
    public Pixels decode() throws Defect, IOException {
        JdkReader.Answer<BufferedImage> answer = read();
        if (!answer.warnings().isEmpty()) { // the plug-in in Java fills what it does not know
            throw Defect.unsupported("a WebP of a rare kind, of which the plug-in says '"
                    + answer.warnings().get(0) + "'");
        }
        Pixels pixels = Pixels.of(answer.value());
        if (pixels.height() != frame.height() || pixels.width() != frame.width()) {
            throw Defect.damaged(ImageFormat.WEBP, "its image has other sides than it declares", null);
        }
        return frame.equals(stored) ? pixels : onCanvas(pixels);
    }

    private JdkReader.Answer<BufferedImage> read() throws Defect, IOException {
        try {
            return JdkReader.read(ImageFormat.WEBP, essence, reader -> reader.read(0));
        } catch (OutOfMemoryError e) {
            // libwebp's code for want of memory, which it also gives for alpha that is cut; Java's own has a message
            if (e.getMessage() == null) {
                throw Defect.damaged(
                        ImageFormat.WEBP, "libwebp gives up: its alpha is cut, or native memory is short", null);
            }
            throw e;
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("NotEnoughData")) {
                throw Defect.truncated(ImageFormat.WEBP, "it ends within its pixels");
            }
            throw e;
        }
    }

    private Pixels onCanvas(Pixels pixels) {
        int rowBytes = stored.width() * Pixels.CHANNELS;
        byte[] rgb = new byte[stored.height() * rowBytes];
        Arrays.fill(rgb, (byte) 0xff);
        int length = frame.width() * Pixels.CHANNELS;
        for (int y = 0; y < frame.height(); y++) {
            int to = (frame.top() + y) * rowBytes + frame.left() * Pixels.CHANNELS;
            System.arraycopy(pixels.rgb(), y * length, rgb, to, length);
        }
        return new Pixels(stored.height(), stored.width(), rgb);
    }
}
