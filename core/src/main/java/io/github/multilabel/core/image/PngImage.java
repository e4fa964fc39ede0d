package io.github.multilabel.core.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A PNG whose chunks were walked through and have the right checksums.
 *
 * @param orientation from its eXIf chunk
 * @param clear the samples that stand for transparency in a picture without palette; none if it has no such colour
 * @param essence the picture without profiles and notes
 */
@SuppressWarnings("ArrayRecordComponent")
record PngImage(Orientation orientation, int[] clear, byte[] essence) implements EncodedImage {

    private static final int SIGNATURE = 8;
    /** Of a chunk: its length, its type and its checksum, four bytes each. */
    private static final int FRAME = 12;

    private static final int COLOUR_TYPE = 9;
    private static final int PALETTE = 3;

    private static final Set<String> KEPT = Set.of("IHDR", "PLTE", "IDAT", "IEND");

    static PngImage parse(byte[] bytes, PixelLimit limit) throws Defect {
        ByteBuffer view = ByteBuffer.wrap(bytes);
        ByteArrayOutputStream essence = new ByteArrayOutputStream(bytes.length);
        essence.write(bytes, 0, SIGNATURE);
        Orientation orientation = Orientation.UPRIGHT;
        boolean palette = false;
        int[] clear = {};
        String type = "";
        for (int at = SIGNATURE; !type.equals("IEND"); ) {
            if (bytes.length - at < FRAME) {
                throw Defect.truncated(ImageFormat.PNG, "it has no IEND chunk");
            }
            int length = view.getInt(at);
            type = new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
            int content = at + 8;
            if (type.equals("IHDR")) {
                limit.check(
                        ImageFormat.PNG, view.getInt(content) & 0xffffffffL, view.getInt(content + 4) & 0xffffffffL);
                palette = bytes[content + COLOUR_TYPE] == PALETTE;
            } else if (at == SIGNATURE) {
                throw Defect.damaged(ImageFormat.PNG, "it does not begin with an IHDR chunk", null);
            }
            if (length < 0 || length > bytes.length - at - FRAME) {
                throw Defect.truncated(ImageFormat.PNG, "it ends within its chunk " + type);
            }
            requireChecksum(bytes, at, length, type, view);
            if (type.equals("eXIf")) {
                orientation = Orientation.ofExif(Arrays.copyOfRange(bytes, content, content + length));
            }
            if (type.equals("tRNS") && !palette) {
                clear = samples(view, content, length);
            }
            // the JDKs differ in what they make of a clear colour in a picture without palette, so they do not see it
            if (KEPT.contains(type) || palette && type.equals("tRNS")) {
                essence.write(bytes, at, FRAME + length);
            }
            at += FRAME + length;
        }
        return new PngImage(orientation, clear, essence.toByteArray());
    }

    /** One sample of grey or three of RGB, two bytes each. */
    private static int[] samples(ByteBuffer view, int at, int length) {
        int[] samples = new int[length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = view.getShort(at + 2 * i) & 0xffff;
        }
        return samples;
    }

    private static void requireChecksum(byte[] bytes, int at, int length, String type, ByteBuffer view) throws Defect {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, at + 4, length + 4);
        if ((int) checksum.getValue() != view.getInt(at + 8 + length)) {
            throw Defect.damaged(ImageFormat.PNG, "the checksum of its chunk " + type + " is wrong", null);
        }
    }

    @Override
    public Pixels decode() throws IOException {
        BufferedImage image = JdkReader.read(ImageFormat.PNG, essence, reader -> reader.read(0))
                .value();
        Pixels pixels = RasterPixels.of(image);
        if (clear.length == 1 || clear.length == Pixels.CHANNELS) {
            whiten(pixels, image.getRaster());
        }
        return pixels;
    }

    private void whiten(Pixels pixels, Raster raster) {
        int bands = raster.getNumBands();
        int[] row = new int[pixels.width() * bands];
        for (int y = 0; y < pixels.height(); y++) {
            raster.getPixels(0, y, pixels.width(), 1, row);
            for (int x = 0; x < pixels.width(); x++) {
                if (Arrays.equals(row, x * bands, (x + 1) * bands, clear, 0, clear.length)) {
                    int at = (y * pixels.width() + x) * Pixels.CHANNELS;
                    Arrays.fill(pixels.rgb(), at, at + Pixels.CHANNELS, (byte) 0xff);
                }
            }
        }
    }
}
