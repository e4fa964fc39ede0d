package io.github.multilabel.core.image;

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
 * @param essence the picture without profiles and notes
 */
@SuppressWarnings("ArrayRecordComponent")
record PngImage(Orientation orientation, byte[] essence) implements EncodedImage {

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
            // one colour that stands for transparency in a picture without palette is treated differently by each Java
            if (KEPT.contains(type) || palette && type.equals("tRNS")) {
                essence.write(bytes, at, FRAME + length);
            }
            at += FRAME + length;
        }
        return new PngImage(orientation, essence.toByteArray());
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
        return JdkReader.first(ImageFormat.PNG, essence);
    }
}
