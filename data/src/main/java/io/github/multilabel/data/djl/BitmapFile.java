package io.github.multilabel.data.djl;

import io.github.multilabel.core.image.Pixels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Pixels as a BMP file of 24 bits, uncompressed. */
final class BitmapFile {

    private static final int FILE_HEADER = 14;
    private static final int INFO_HEADER = 40;
    private static final int HEADERS = FILE_HEADER + INFO_HEADER;

    private BitmapFile() {}

    static byte[] write(Pixels pixels) {
        int row = (pixels.width() * Pixels.CHANNELS + Integer.BYTES - 1) / Integer.BYTES * Integer.BYTES;
        ByteBuffer file = ByteBuffer.allocate(HEADERS + row * pixels.height()).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'B').put((byte) 'M').putInt(file.capacity()).putInt(0).putInt(HEADERS);
        file.putInt(INFO_HEADER)
                .putInt(pixels.width())
                .putInt(-pixels.height()) // the first row comes first
                .putShort((short) 1)
                .putShort((short) (Byte.SIZE * Pixels.CHANNELS));
        byte[] rgb = pixels.rgb();
        byte[] bytes = file.array();
        for (int y = 0; y < pixels.height(); y++) {
            int from = y * pixels.width() * Pixels.CHANNELS;
            int to = HEADERS + y * row;
            for (int end = from + pixels.width() * Pixels.CHANNELS; from < end; from += Pixels.CHANNELS) {
                bytes[to++] = rgb[from + 2];
                bytes[to++] = rgb[from + 1];
                bytes[to++] = rgb[from];
            }
        }
        return bytes;
    }
}
