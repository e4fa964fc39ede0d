package io.github.multilabel.core.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A WebP whose chunks were walked through (RFC 9649, 2); of an animation, the first frame is the picture.
 *
 * @param orientation from its EXIF chunk
 */
@SuppressWarnings("ArrayRecordComponent")
record WebpImage(Orientation orientation, byte[] bytes) implements EncodedImage {

    private static final int FILE_HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int KEY_FRAME_START = 0x2a019d;
    private static final int LOSSLESS_START = 0x2f;
    private static final int FOURTEEN_BITS = 0x3fff;

    static WebpImage parse(byte[] bytes, PixelLimit limit) throws Defect {
        ImageFormat.WEBP.requireReader();
        ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long end = CHUNK_HEADER + (view.getInt(4) & 0xffffffffL);
        if (end > bytes.length) {
            throw Defect.truncated(ImageFormat.WEBP, "it needs " + end + " bytes and has " + bytes.length);
        }
        Orientation orientation = Orientation.UPRIGHT;
        boolean pictured = false;
        for (long next = FILE_HEADER; next + CHUNK_HEADER <= end; ) {
            int at = (int) next;
            String type = new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
            long length = view.getInt(at + 4) & 0xffffffffL;
            int content = at + CHUNK_HEADER;
            next = content + length + (length & 1);
            if (content + length > end) {
                throw Defect.truncated(ImageFormat.WEBP, "it ends within its chunk " + type.strip());
            }
            switch (type) {
                case "VP8X" -> limit.check(ImageFormat.WEBP, u24(view, content + 4) + 1, u24(view, content + 7) + 1);
                case "ANMF" -> {
                    limit.check(ImageFormat.WEBP, u24(view, content + 6) + 1, u24(view, content + 9) + 1);
                    pictured = true;
                }
                case "VP8 " -> {
                    checkLossy(view, content, limit);
                    pictured = true;
                }
                case "VP8L" -> {
                    checkLossless(view, content, limit);
                    pictured = true;
                }
                case "EXIF" ->
                    orientation = Orientation.ofExif(Arrays.copyOfRange(bytes, content, (int) (content + length)));
                default -> {} // profiles and notes
            }
        }
        if (!pictured) {
            throw Defect.damaged(ImageFormat.WEBP, "it has no picture", null);
        }
        return new WebpImage(orientation, bytes);
    }

    private static void checkLossy(ByteBuffer view, int at, PixelLimit limit) throws Defect {
        if (u24(view, at + 3) != KEY_FRAME_START) {
            throw Defect.damaged(ImageFormat.WEBP, "its picture does not begin as one", null);
        }
        limit.check(ImageFormat.WEBP, view.getShort(at + 6) & FOURTEEN_BITS, view.getShort(at + 8) & FOURTEEN_BITS);
    }

    private static void checkLossless(ByteBuffer view, int at, PixelLimit limit) throws Defect {
        if (view.get(at) != LOSSLESS_START) {
            throw Defect.damaged(ImageFormat.WEBP, "its picture does not begin as one", null);
        }
        int sides = view.getInt(at + 1);
        limit.check(ImageFormat.WEBP, (sides & FOURTEEN_BITS) + 1, (sides >> 14 & FOURTEEN_BITS) + 1);
    }

    private static int u24(ByteBuffer view, int at) {
        return view.getShort(at) & 0xffff | (view.get(at + 2) & 0xff) << 16;
    }

    @Override
    public Pixels decode() throws IOException {
        return JdkReader.first(ImageFormat.WEBP, bytes);
    }
}
