package io.github.multilabel.core.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A GIF whose blocks were walked through to its end marker; its first frame is the picture. */
@SuppressWarnings("ArrayRecordComponent")
record GifImage(byte[] bytes) implements EncodedImage {

    private static final int HEADER = 13;
    private static final int IMAGE = 0x2c;
    private static final int EXTENSION = 0x21;
    private static final int END = 0x3b;

    static GifImage parse(byte[] bytes, PixelLimit limit) throws Defect {
        ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        limit.check(ImageFormat.GIF, view.getShort(6) & 0xffff, view.getShort(8) & 0xffff);
        int at = HEADER + colourTable(bytes[10]);
        for (int block = bytes[at]; block != END; block = bytes[at]) {
            switch (block) {
                case IMAGE -> {
                    limit.check(ImageFormat.GIF, view.getShort(at + 5) & 0xffff, view.getShort(at + 7) & 0xffff);
                    at = afterBlocks(bytes, at + 11 + colourTable(bytes[at + 9]));
                }
                case EXTENSION -> at = afterBlocks(bytes, at + 2);
                default -> throw Defect.damaged(ImageFormat.GIF, "a block of unknown kind " + block, null);
            }
        }
        return new GifImage(bytes);
    }

    private static int colourTable(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    private static int afterBlocks(byte[] bytes, int at) {
        while (bytes[at] != 0) {
            at += 1 + (bytes[at] & 0xff);
        }
        return at + 1;
    }

    @Override
    public Pixels decode() throws IOException {
        return JdkReader.first(ImageFormat.GIF, bytes);
    }
}
