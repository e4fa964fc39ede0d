package io.github.multilabel.core.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A BMP that is as long as its header says. */
@SuppressWarnings("ArrayRecordComponent")
record BmpImage(byte[] bytes) implements EncodedImage {

    private static final int FILE_HEADER = 14;
    private static final int CORE_HEADER = 12;
    private static final int RLE8 = 1;
    private static final int RLE4 = 2;

    static BmpImage parse(byte[] bytes, PixelLimit limit) throws Defect {
        ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long pixels = view.getInt(10) & 0xffffffffL;
        boolean core = view.getInt(FILE_HEADER) == CORE_HEADER;
        long width = core ? view.getShort(18) & 0xffff : view.getInt(18);
        long height = core ? view.getShort(20) & 0xffff : Math.abs((long) view.getInt(22));
        limit.check(ImageFormat.BMP, width, height);
        int bits = view.getShort(core ? 24 : 28) & 0xffff;
        int compression = core ? 0 : view.getInt(30);
        long rows = compression == RLE8 || compression == RLE4
                ? view.getInt(34) & 0xffffffffL
                : (width * bits + 31) / 32 * 4 * height;
        if (pixels + rows > bytes.length) {
            throw Defect.truncated(ImageFormat.BMP, "it needs " + (pixels + rows) + " bytes and has " + bytes.length);
        }
        return new BmpImage(bytes);
    }

    @Override
    public Pixels decode() throws IOException {
        return JdkReader.first(ImageFormat.BMP, bytes);
    }
}
