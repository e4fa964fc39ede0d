package io.github.multilabel.core.internal.formats;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A PNG whose chunks were walked through; those that decide about pixels have the right checksums.
 *
 * @param orientation from its eXIf chunk
 * @param bytesPerPixel as its samples are stored
 * @param clear the samples that stand for transparency in an image without palette; none if it has no such colour
 * @param essence the image without profiles and notes
 * @param isWithoutEnd whether the IEND chunk is missing
 */
@SuppressWarnings("ArrayRecordComponent")
record PngImage(
        Orientation orientation,
        @Override Box stored,
        @Override int bytesPerPixel,
        int[] clear,
        byte[] essence,
        @Override boolean isWithoutEnd)
        implements EncodedImage {

    private static final int SIGNATURE = 8;
    /** Of a chunk: its length, its type and its checksum, four bytes each. */
    private static final int FRAME = 12;

    private static final int TYPES = 7;
    private static final int PALETTE = 3;
    /** Samples of a pixel by colour type. */
    private static final int[] SAMPLES = {1, 0, 3, 1, 2, 0, 4};

    /** The chunks that decide about pixels, in the order that readers like. */
    private static final List<String> DECISIVE = List.of("IHDR", "PLTE", "tRNS", "IDAT");

    private static final byte[] END = {0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xae, 0x42, 0x60, (byte) 0x82};

    static PngImage parse(byte[] bytes, PixelLimit limit) throws Defect {
        ByteBuffer view = ByteBuffer.wrap(bytes);
        requireHeader(bytes);
        long width = view.getInt(16) & 0xffffffffL;
        long height = view.getInt(20) & 0xffffffffL;
        limit.check(ImageFormat.PNG, width, height);
        int colourType = bytes[25];
        boolean palette = colourType == PALETTE;
        int samples = colourType >= 0 && colourType < TYPES ? SAMPLES[colourType] : 0;
        // by type, because in the file a clear colour may stand before the palette, which readers do not like
        Map<String, ByteArrayOutputStream> chunks = new HashMap<>();
        Optional<Orientation> orientation = Optional.empty();
        int[] clear = {};
        boolean ended = false;
        for (int at = SIGNATURE; !ended && bytes.length - at >= FRAME; ) {
            int length = view.getInt(at);
            String type = new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
            int content = at + 8;
            ended = type.equals("IEND"); // it holds nothing, so that its checksum says nothing either
            if (length < 0 || length > bytes.length - at - FRAME) {
                if (chunks.containsKey("IDAT") && !DECISIVE.contains(type)) {
                    ended = false;
                    break;
                }
                throw Defect.truncated(ImageFormat.PNG, "it ends within its chunk " + type);
            }
            if (type.equals("eXIf") && orientation.isEmpty()) {
                orientation = Orientation.ofExif(Arrays.copyOfRange(bytes, content, content + length));
            } else if (type.equals("tRNS") && !palette) {
                // the JDKs differ in what they make of a clear colour in an image without palette, so they do not see
                // it
                requireChecksum(bytes, at, length, type, view);
                clear = samples(view, content, length, bytes[24]);
            } else if (DECISIVE.contains(type) && (palette || !type.equals("PLTE"))) {
                requireChecksum(bytes, at, length, type, view);
                chunks.computeIfAbsent(type, key -> new ByteArrayOutputStream(FRAME + length))
                        .write(bytes, at, FRAME + length);
            }
            at += FRAME + length;
        }
        if (palette && !chunks.containsKey("PLTE")) {
            throw Defect.damaged(ImageFormat.PNG, "it has no palette", null);
        }
        return new PngImage(
                orientation.orElse(Orientation.UPRIGHT),
                new Box(0, 0, (int) height, (int) width),
                Math.max(1, samples * bytes[24] / 8),
                clear,
                essence(bytes, chunks),
                !ended);
    }

    private static void requireHeader(byte[] bytes) throws Defect {
        String type = new String(bytes, SIGNATURE + 4, 4, StandardCharsets.ISO_8859_1);
        if (type.equals("CgBI")) {
            throw Defect.unsupported("a PNG in Apple's own variant for iPhones (CgBI)");
        } else if (!type.equals("IHDR")) {
            throw Defect.damaged(ImageFormat.PNG, "it does not begin with an IHDR chunk", null);
        }
    }

    private static byte[] essence(byte[] bytes, Map<String, ByteArrayOutputStream> chunks) {
        ByteArrayOutputStream essence = new ByteArrayOutputStream(bytes.length);
        essence.write(bytes, 0, SIGNATURE);
        for (String type : DECISIVE) {
            if (chunks.containsKey(type)) {
                essence.writeBytes(chunks.get(type).toByteArray());
            }
        }
        essence.writeBytes(END);
        return essence.toByteArray();
    }

    /** One sample of grey or three of RGB, two bytes each, of which so many bits count. */
    private static int[] samples(ByteBuffer view, int at, int length, int bits) {
        int[] samples = new int[length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = view.getShort(at + 2 * i) & (1 << bits) - 1;
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
        Pixels pixels = Pixels.of(image);
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
