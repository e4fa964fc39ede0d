package io.github.multilabel.core.image.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.TestImages;
import io.github.multilabel.testsupport.DrawnImages;
import io.github.multilabel.testsupport.Golden;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kinds of images that are met once in ten thousand files. */
class RareImagesTest {

    private static Pixels decode(byte[] bytes) throws ImageDecodeException {
        return ImageDecoder.strict().decode(ImageSource.of("car", bytes));
    }

    private static ThrowableAssertAlternative<ImageDecodeException> refused(byte[] bytes) {
        return assertThatExceptionOfType(ImageDecodeException.class)
                .isThrownBy(() -> ImageDecoder.strict().open(ImageSource.of("car", bytes)))
                .withMessageStartingWith("car: ");
    }

    private static byte[] golden(String name) throws IOException {
        return Golden.cases("decode.json", "cases").stream()
                .filter(golden -> golden.get("name").getAsString().equals(name))
                .map(golden -> Base64.getDecoder().decode(golden.get("bytes").getAsString()))
                .findFirst()
                .orElseThrow();
    }

    /** Red, and blue that is clear; a fourth sample means nothing unless it is named. */
    private static byte[] tiff(int photometric, int samples, int... extra) {
        byte[] pixels = {(byte) 255, 0, 0, (byte) 255, 0, 0, (byte) 255, 0};
        int[][] tags = {
            {0x100, 2},
            {0x101, 1},
            {0x102, 8},
            {0x103, 1},
            {0x106, photometric},
            {0x111, 8},
            {0x115, samples},
            {0x117, 2 * samples},
            {0x152, extra.length == 0 ? -1 : extra[0]}
        };
        int count = extra.length == 0 ? tags.length - 1 : tags.length;
        ByteBuffer out = ByteBuffer.allocate(16 + 2 + 12 * count + 4);
        out.put(latin1("MM\0*")).putInt(16).put(pixels).putShort((short) count);
        for (int i = 0; i < count; i++) {
            out.putShort((short) tags[i][0])
                    .putShort((short) 3)
                    .putInt(1)
                    .putShort((short) tags[i][1])
                    .putShort((short) 0);
        }
        return out.array();
    }

    @Test
    void theFourthSampleOfATiffIsAlphaUnlessTheFileSaysThatItMeansNothing() throws IOException {
        byte[] onWhite = {(byte) 255, 0, 0, -1, -1, -1};
        assertThat(decode(tiff(2, 4, 2)).rgb()).isEqualTo(onWhite);
        assertThat(decode(tiff(2, 4)).rgb()).as("as Pillow takes it").isEqualTo(onWhite);
        assertThat(decode(tiff(2, 4, 0)).rgb()).isEqualTo(new byte[] {(byte) 255, 0, 0, 0, 0, (byte) 255});
        refused(tiff(2, 4, 7)).withMessageContaining("a TIFF with a sample of the unknown kind 7");
        refused(tiff(5, 4)).withMessageContaining("a TIFF that is neither grey, RGB, palette nor YCbCr");
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({
        "c9, 8, an arithmetic-coded JPEG",
        "ca, 8, an arithmetic-coded JPEG",
        "c1, 12, a JPEG of 12 bits per sample",
        "c3, 8, a lossless JPEG",
        "c5, 8, a hierarchical JPEG",
    })
    void jpegsThatNobodyReadsAreNamed(String frameHeader, int bits, String kind) {
        byte[] bytes = TestJpegs.write(16, 16, 2, 2, 0);
        int at = latin1Index(bytes, "\u00ff\u00c0");
        bytes[at + 1] = (byte) Integer.parseInt(frameHeader, 16);
        bytes[at + 4] = (byte) bits;
        refused(bytes).withMessage("car: unsupported: " + kind + "; convert it to JPEG or PNG");
    }

    private static int latin1Index(byte[] bytes, String part) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(part);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8BPS0000|a Photoshop document; convert it to",
                "<svg xmlns='http://www.w3.org/2000/svg'/>|an SVG drawing; render it as a PNG",
                "<?xml version='1.0'?><!-- drawn --><svg/>|an SVG drawing; render it as a PNG",
                "%PDF-1.4|a PDF document; render it as a PNG",
                "0000ftypavis0000|an AVIF image",
                "0000ftypmif10000|a HEIC image",
            })
    void otherFormatsAreNamedWithARemedy(String content, String message) {
        refused(latin1(content)).withMessageContaining("unsupported: this is " + message);
    }

    @Test
    void formatsOfUnreadableSignaturesAreNamed() {
        refused(latin1("\u00ff\n0000")).withMessageContaining("this is a JPEG XL image");
        refused(latin1("\0\0\0\fJXL \r\n\u0087\n")).withMessageContaining("this is a JPEG XL image");
        refused(latin1("\0\0\0\fjP  \r\n\u0087\n")).withMessageContaining("this is a JPEG 2000 image");
        refused(latin1("II+\0\b\0\0\0")).withMessageContaining("this is a BigTIFF image");
        refused(latin1("\0\0\1\0\1\0")).withMessageContaining("this is an icon");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "P6 3 2 255 abc|unsupported: this is a portable map (PBM, PGM, PPM or PFM); convert it to",
                "data:image/png;base64,iVBO|not an image: this is a data URL, text in place of the image's bytes; decode",
                "iVBORw0KGgoAAAANSUhEUgAA|not an image: this is an image in base64, text in place of its bytes; decode",
                "/9j/4AAQSkZJRgABAQEA|not an image: this is an image in base64",
                "0000ftypisom0000|not an image: this is a video (MP4 or QuickTime); save the frames",
                "0000ftypqt  0000|not an image: this is a video (MP4 or QuickTime)",
                "0000ftypcrx 0000|unsupported: this is a raw photo of a Canon camera (CR3); develop it",
                "RIFF0000AVI LIST|not an image: this is a video (AVI)",
                "PK\u0003\u0004....|not an image: this is a ZIP archive, or an office document; unpack it",
                "Rar!....|not an image: this is a RAR archive",
                "version https://git-lfs.github.com/spec/v1|not an image: this is a pointer of Git LFS",
            })
    void whatIsMetAmongImagesIsSaidToBeWhatItIs(String content, String message) {
        refused(latin1(content)).withMessageContaining(message);
    }

    @Test
    void compressedFilesAndFilesSpoiledOnTheirWayAreNamed() {
        refused(latin1("\u001f\u008b\b\0\0")).withMessageContaining("not an image: this is a gzip file; unpack it");
        refused(latin1("\u0089PNG\n\u001a\n\0\0\0\r"))
                .withMessageContaining("damaged: this is a PNG whose line ends were changed, as a transfer in text mode"
                        + " does; transfer it again in binary mode");
    }

    @Test
    void aJpegOfHundredsOfScansIsRefusedBeforeTheyAreRead() {
        byte[] whole = TestJpegs.write(16, 16, 0, 0, 0);
        int scan = latin1Index(whole, "\u00ff\u00da");
        ByteBuffer bytes = ByteBuffer.allocate(whole.length + 300 * 10);
        bytes.put(whole, 0, scan);
        for (int i = 0; i < 300; i++) {
            bytes.put(whole, scan, 10);
        }
        bytes.put(whole, scan, whole.length - scan);
        refused(bytes.array()).withMessageContaining("damaged JPEG: it has more than 200 scans");
    }

    @Test
    void stripsOfATiffThatAreAllTheWholeFileAreRefusedBeforeTheyAreRead() {
        byte[] tall = tallTiff(5000, 20_000);
        refused(tall).withMessageContaining("damaged TIFF: its strips or tiles lie upon each other");
    }

    /** Strips of one row, all of which lie at byte 8 and have the same length, by LZW. */
    private static byte[] tallTiff(int rows, int length) {
        int[][] tags = {
            {0x100, 1},
            {0x101, rows},
            {0x102, 8},
            {0x103, 5},
            {0x106, 1},
            {0x111, 8},
            {0x115, 1},
            {0x116, 1},
            {0x117, length}
        };
        int values = 8 + length;
        ByteBuffer out = ByteBuffer.allocate(values + 8 * rows + 2 + 12 * tags.length + 4);
        out.put(latin1("MM\0*")).putInt(values + 8 * rows).position(values);
        for (int i = 0; i < 2 * rows; i++) {
            out.putInt(i < rows ? 8 : length);
        }
        out.putShort((short) tags.length);
        for (int[] tag : tags) {
            boolean many = tag[0] == 0x111 || tag[0] == 0x117;
            out.putShort((short) tag[0]).putShort((short) 4).putInt(many ? rows : 1);
            out.putInt(tag[0] == 0x111 ? values : tag[0] == 0x117 ? values + 4 * rows : tag[1]);
        }
        return out.array();
    }

    @Test
    void framesOfAWebpWithinFramesAreNotFollowed() throws IOException {
        byte[] frame = latin1("ANMF\u0018\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
        ByteBuffer bytes = ByteBuffer.allocate(12 + 100_000 * frame.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(latin1("RIFF")).putInt(bytes.capacity() - 8).put(latin1("WEBP"));
        for (int i = 0; i < 100_000; i++) {
            ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).putInt(4, bytes.remaining() - 8);
            bytes.put(frame);
        }
        refused(bytes.array()).withMessageContaining("WEBP: it has no image");
    }

    @Test
    void anInterlacedPngIsThePlainOne() throws IOException {
        Pixels image = TestImages.pattern(21, 13);
        byte[] interlaced = TestImages.interlaced(image);
        assertThat(interlaced[28]).as("Adam7").isEqualTo((byte) 1);
        assertThat(decode(interlaced).rgb()).isEqualTo(image.rgb());
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32})
    void bitmapsFromTheTopAndFromTheBottomAreOneImage(int bits) throws IOException {
        Pixels fromBottom = decode(bitmap(bits, false));
        assertThat(decode(bitmap(bits, true)).rgb()).isEqualTo(fromBottom.rgb());
        assertThat(fromBottom.rgb()).startsWith(255, 0, 0, 0, 255, 0).endsWith(255, 255, 255);
    }

    /** Red and green above blue and white. */
    private static byte[] bitmap(int bits, boolean topDown) {
        int[][] rows = {{0xff0000, 0x00ff00}, {0x0000ff, 0xffffff}};
        int stride = (2 * bits + 31) / 32 * 4;
        ByteBuffer out = bitmapHeader(2, topDown ? -2 : 2, bits, 0, 0, 2 * stride);
        for (int y = 0; y < 2; y++) {
            int start = out.position();
            for (int colour : rows[topDown ? y : 1 - y]) {
                if (bits == 16) {
                    out.putShort((short) (colour >> 9 & 0x7c00 | colour >> 6 & 0x3e0 | colour >> 3 & 0x1f));
                } else {
                    out.put((byte) colour).put((byte) (colour >> 8)).put((byte) (colour >> 16));
                    out.position(out.position() + (bits == 32 ? 1 : 0));
                }
            }
            out.position(start + stride);
        }
        return out.array();
    }

    private static ByteBuffer bitmapHeader(int width, int height, int bits, int kind, int colours, int length) {
        int pixels = 54 + 4 * colours;
        ByteBuffer out = ByteBuffer.allocate(pixels + length).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 'B').put((byte) 'M').putInt(pixels + length).putInt(0).putInt(pixels);
        out.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) bits);
        return out.putInt(kind)
                .putInt(length)
                .putInt(0)
                .putInt(0)
                .putInt(colours)
                .putInt(0);
    }

    @Test
    void aBitmapOfRunsIsRead() throws IOException {
        byte[] runs = {3, 1, 1, 0, 0, 0, 0, 4, 0, 1, 1, 0, 0, 1};
        ByteBuffer out = bitmapHeader(4, 2, 8, 1, 2, runs.length);
        out.putInt(0x000000).putInt(0xff8001).put(runs);

        Pixels image = decode(out.array());

        assertThat(image.rgb())
                .as("upper row: four pixels one by one; lower row: three of one colour, one of the other")
                .isEqualTo(ofColours(0, 1, 1, 0, 1, 1, 1, 0));
    }

    private static byte[] ofColours(int... indices) {
        ByteBuffer rgb = ByteBuffer.allocate(3 * indices.length);
        for (int index : indices) {
            rgb.put((byte) (index * 0xff)).put((byte) (index * 0x80)).put((byte) index);
        }
        return rgb.array();
    }

    @Test
    void aSmallPngThatWouldFillTheMemoryIsRefused() throws IOException {
        byte[] bomb = TestImages.png(TestImages.plain(2000, 2000, 0));
        assertThat(bomb).hasSizeLessThan(50_000);
        assertThatExceptionOfType(ImageDecodeException.class)
                .isThrownBy(
                        () -> ImageDecoder.strict().withPixelLimit(3_999_999).decode(ImageSource.of("car", bomb)))
                .withMessageContaining("2000x2000 pixels, the limit is 3999999");
    }

    @Test
    void hugeSizesInTheHeaderAreRefusedInEveryFormat() throws IOException {
        byte[] jpeg = TestJpegs.write(16, 16, 2, 2, 0);
        int frame = latin1Index(jpeg, "\u00ff\u00c0");
        Arrays.fill(jpeg, frame + 5, frame + 9, (byte) 0xff);
        refused(jpeg).withMessageContaining("too large: the header declares 65535x65535 pixels");
        byte[] gif = DrawnImages.encoded("gif", DrawnImages.redAndBlue(8, 8));
        Arrays.fill(gif, 6, 10, (byte) 0xff);
        refused(gif).withMessageContaining("too large");
        byte[] bmp = DrawnImages.encoded("bmp", DrawnImages.redAndBlue(8, 8));
        ByteBuffer.wrap(bmp)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(18, Integer.MAX_VALUE)
                .putInt(22, Integer.MIN_VALUE);
        refused(bmp).withMessageContaining("too large");
        byte[] webp = golden("RGB lossless.webp");
        Arrays.fill(webp, 21, 25, (byte) 0xff);
        refused(webp).withMessageContaining("too large");
        byte[] tiff = golden("RGB raw.tif");
        for (String tag : new String[] {"\0\1", "\1\1"}) {
            int at = latin1Index(tiff, tag + (tiff[latin1Index(tiff, tag) + 2] == 3 ? "\3\0\1\0\0\0" : "\4\0\1\0\0\0"));
            tiff[at + 2] = 4;
            ByteBuffer.wrap(tiff).putInt(at + 8, 0xffffff7f);
        }
        refused(tiff).withMessageContaining("too large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RGB raw.tif",
                "RGB tiff_lzw.tif",
                "P packbits.tif",
                "RGB jpeg.tif",
                "fax.tif",
                "RGB.webp",
                "RGB lossless.webp",
                "RGBA lossy.webp",
                "orientation 6.webp"
            })
    void everyCutIsRefusedAndNoDamageEndsInAnythingButACheckedException(String name) throws IOException {
        byte[] whole = golden(name);
        for (int length = 16; length < whole.length; length++) {
            refused(Arrays.copyOf(whole, length)).withMessageContaining("truncated");
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = whole.clone();
            for (int k = 0; k < 3; k++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                ImageDecoder.strict().withPixelLimit(1 << 12).decode(ImageSource.of("car", damaged));
            } catch (IOException e) {
                assertThat(e).isInstanceOf(ImageDecodeException.class);
            }
        }
    }
}
