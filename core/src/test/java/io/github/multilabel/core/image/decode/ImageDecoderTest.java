package io.github.multilabel.core.image.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Resizer;
import io.github.multilabel.core.image.TestImages;
import io.github.multilabel.testsupport.DrawnImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

    private static final int END_MARKER = 2;

    private static Pixels decode(ImageDecoder decoder, byte[] bytes) throws ImageDecodeException {
        return decoder.decode(ImageSource.of("car.jpg", bytes));
    }

    private static ThrowableAssertAlternative<ImageDecodeException> refused(ImageDecoder decoder, byte[] bytes) {
        return assertThatExceptionOfType(ImageDecodeException.class)
                .isThrownBy(() -> decode(decoder, bytes))
                .withMessageStartingWith("car.jpg: ");
    }

    private static byte[] photo(boolean progressive) {
        Pixels image = Resizer.resize(TestImages.pattern(9, 9), 48, 48, Preprocessing.Interpolation.BICUBIC);
        return progressive ? TestImages.progressive(image) : TestImages.jpeg(image);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyCutOfAJpegIsRefused(boolean progressive) {
        byte[] whole = photo(progressive);
        for (int length = 3; length < whole.length; length++) {
            refused(ImageDecoder.strict(), Arrays.copyOf(whole, length)).withMessageContaining("truncated JPEG");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLenientDecoderKeepsAJpegThatLacksOnlyItsEndMarkerAndCountsIt(boolean progressive) throws IOException {
        byte[] whole = photo(progressive);
        ImageDecoder lenient = ImageDecoder.lenient();

        for (int length = 3; length < whole.length - END_MARKER; length++) {
            refused(lenient, Arrays.copyOf(whole, length)).withMessageContaining("truncated JPEG");
        }
        assertThat(lenient.repaired()).isZero();
        byte[] expected = decode(lenient, whole).rgb();
        assertThat(decode(lenient, Arrays.copyOf(whole, whole.length - END_MARKER))
                        .rgb())
                .isEqualTo(expected);
        assertThat(decode(lenient, Arrays.copyOf(whole, whole.length - 1)).rgb())
                .isEqualTo(expected);
        assertThat(lenient.repaired()).isEqualTo(2);
    }

    @Test
    void halfAJpegWithAnEndMarkerPutBehindItIsRefused() {
        byte[] whole = photo(false);
        byte[] half = Arrays.copyOf(whole, whole.length * 2 / 3);
        half[half.length - 2] = (byte) 0xff;
        half[half.length - 1] = (byte) 0xd9;
        refused(ImageDecoder.strict(), half).withMessageContaining("damaged JPEG");
        refused(ImageDecoder.lenient(), half).withMessageContaining("damaged JPEG");
    }

    @Test
    void bytesBehindTheEndMarkerCostNothing() throws IOException {
        byte[] whole = photo(false);
        byte[] more = Arrays.copyOf(whole, whole.length + 100);
        assertThat(decode(ImageDecoder.strict(), more).rgb())
                .isEqualTo(decode(ImageDecoder.strict(), whole).rgb());
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "gif", "bmp"})
    void everyCutOfOtherFormatsIsRefused(String format) {
        byte[] whole = DrawnImages.encoded(format, DrawnImages.redAndBlue(16, 32));
        for (int length = 8; length < whole.length; length++) {
            refused(ImageDecoder.strict(), Arrays.copyOf(whole, length))
                    .withMessageContaining("truncated " + format.toUpperCase(Locale.ROOT));
        }
    }

    @ParameterizedTest
    @CsvSource({"png, 12", "gif, 1", "bmp, 0"})
    void aLenientDecoderKeepsOthersThatLackOnlyWhatFollowsTheirPixels(String format, int behind) throws IOException {
        byte[] whole = DrawnImages.encoded(format, DrawnImages.redAndBlue(16, 32));
        ImageDecoder lenient = ImageDecoder.lenient();
        Pixels expected = decode(lenient, whole);
        int kept = 0;
        for (int length = 8; length < whole.length; length++) {
            try {
                assertThat(decode(lenient, Arrays.copyOf(whole, length)).rgb()).isEqualTo(expected.rgb());
                kept++;
            } catch (ImageDecodeException e) {
                assertThat(e.kind()).isEqualTo(ImageDecodeException.Kind.TRUNCATED);
                assertThat(kept).as("a longer one is not refused").isZero();
            }
        }
        assertThat(kept).isGreaterThanOrEqualTo(behind);
        assertThat(lenient.repaired()).isEqualTo(kept);
    }

    @Test
    void theKindOfARefusalIsToldToPrograms() {
        assertThat(kind(new byte[0])).isEqualTo(ImageDecodeException.Kind.NOT_AN_IMAGE);
        assertThat(kind("<html>".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(ImageDecodeException.Kind.NOT_AN_IMAGE);
        assertThat(kind("0000ftypheic0000".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(ImageDecodeException.Kind.UNSUPPORTED);
        assertThat(kind(hugePng(30_000, 20_000))).isEqualTo(ImageDecodeException.Kind.TOO_LARGE);
        byte[] whole = photo(false);
        assertThat(kind(Arrays.copyOf(whole, whole.length / 2))).isEqualTo(ImageDecodeException.Kind.TRUNCATED);
        byte[] damaged = TestImages.png(TestImages.pattern(16, 16));
        damaged[damaged.length / 2] ^= 1;
        assertThat(kind(damaged)).isEqualTo(ImageDecodeException.Kind.DAMAGED);
        assertThat(assertThatExceptionOfType(ImageDecodeException.class)
                        .isThrownBy(() -> ImageDecoder.strict().decode(ImageSource.of(Path.of("gone.jpg"))))
                        .actual()
                        .kind())
                .isEqualTo(ImageDecodeException.Kind.NOT_READ);
    }

    private static ImageDecodeException.Kind kind(byte[] bytes) {
        return assertThatExceptionOfType(ImageDecodeException.class)
                .isThrownBy(() -> decode(ImageDecoder.strict(), bytes))
                .actual()
                .kind();
    }

    @Test
    void aSourceThatGivesNullIsNamed() {
        ImageSource nothing = new ImageSource() {
            @Override
            public String name() {
                return "row 7";
            }

            @Override
            public byte[] read() {
                return null;
            }
        };
        assertThatExceptionOfType(ImageDecodeException.class)
                .isThrownBy(() -> ImageDecoder.strict().decode(nothing))
                .withMessageStartingWith("row 7: cannot be read: no image: its source gave null; ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageSource.of((Path) null))
                .withMessage("argument 'file' is null; pass the path of an image");
        assertThatExceptionOfType(ImageDecodeException.class)
                .isThrownBy(() -> ImageDecoder.strict().decode(ImageSource.of("car", null)))
                .withMessageStartingWith("car: cannot be read: no image: its bytes are null; ");
    }

    @Test
    void aPngWithAFlippedBitIsRefused() {
        byte[] bytes = TestImages.png(TestImages.pattern(16, 16));
        bytes[bytes.length / 2] ^= 1;
        refused(ImageDecoder.strict(), bytes).withMessageContaining("damaged PNG: the checksum of its chunk IDAT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "gif", "bmp"})
    void noDamageEndsInAnythingButACheckedException(String format) {
        byte[] whole = DrawnImages.encoded(format, DrawnImages.redAndBlue(16, 32));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = whole.clone();
            for (int k = 0; k < 4; k++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                decode(ImageDecoder.strict().withPixelLimit(1 << 20), damaged);
            } catch (IOException e) {
                assertThat(e).isInstanceOf(ImageDecodeException.class);
            }
        }
    }

    @Test
    void theSizeInTheHeaderIsRefusedBeforeMemoryIsTaken() {
        byte[] bytes = hugePng(30_000, 20_000);
        refused(ImageDecoder.strict(), bytes)
                .withMessageContaining("too large: the header declares 30000x20000 pixels, the limit is 100000000");
        assertThat(bytes).hasSizeLessThan(60);
    }

    @Test
    void sizesWhoseProductOverflowsAreRefused() {
        refused(ImageDecoder.strict(), hugePng(-1, -1)).withMessageContaining("too large");
        refused(ImageDecoder.strict(), hugePng(0, 5)).withMessageContaining("damaged PNG: it declares 0x5 pixels");
    }

    @Test
    void thePixelLimitCanBeSet() throws IOException {
        byte[] bytes = TestImages.png(TestImages.pattern(10, 10));
        assertThat(decode(ImageDecoder.strict().withPixelLimit(100), bytes).height())
                .isEqualTo(10);
        refused(ImageDecoder.strict().withPixelLimit(99), bytes).withMessageContaining("10x10");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageDecoder.strict().withPixelLimit(0))
                .withMessageContaining("pixel limit 0 is outside");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!DOCTYPE html><html>|not an image: the file is text that begins '<!DOCTYPE html><html>'",
                "0000ftypheic0000|unsupported: this is a HEIC image",
                "0000ftypavif0000|unsupported: this is an AVIF image",
                "%PDF-1.4|unsupported: this is a PDF document",
            })
    void whatIsNoImageIsNamed(String content, String message) {
        refused(ImageDecoder.strict(), content.getBytes(StandardCharsets.ISO_8859_1))
                .withMessageContaining(message);
    }

    @Test
    void anEmptyFileIsNamed() {
        refused(ImageDecoder.strict(), new byte[0]).withMessageContaining("empty: the file has no bytes");
        refused(ImageDecoder.strict(), new byte[100]).withMessageContaining("unsupported: this is none of");
        refused(ImageDecoder.strict(), new byte[] {(byte) 0xff}).withMessageContaining("unsupported");
    }

    @Test
    void strayBytesBeforeTheStartAreCounted() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(7);
        bytes.writeBytes(photo(false));
        refused(ImageDecoder.strict(), bytes.toByteArray())
                .withMessageContaining("1 stray bytes before the start of the image");
    }

    @Test
    void aFileThatIsNotThereIsNamed(@TempDir Path folder) {
        Path file = folder.resolve("gone.jpg");
        assertThatExceptionOfType(ImageDecodeException.class)
                .isThrownBy(() -> ImageDecoder.strict().decode(ImageSource.of(file)))
                .withMessage(file + ": cannot be read: no such file; check the path and who may read it");
        assertThatExceptionOfType(ImageDecodeException.class)
                .isThrownBy(() -> ImageDecoder.strict().decode(ImageSource.of(folder)))
                .withMessageContaining("cannot be read: is a folder");
    }

    @Test
    void imageIosSettingsStayAsTheyAre() throws IOException {
        boolean before = ImageIO.getUseCache();
        decode(ImageDecoder.strict(), photo(false));
        assertThat(ImageIO.getUseCache()).isEqualTo(before);
    }

    @Test
    void manyThreadsGetTheImagesOfOne() throws Exception {
        List<byte[]> files = List.of(photo(false), photo(true), TestImages.png(TestImages.pattern(30, 20)));
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<byte[]>> results = IntStream.range(0, 120)
                    .mapToObj(i -> pool.submit(() -> decode(ImageDecoder.strict(), files.get(i % files.size()))
                            .rgb()))
                    .toList();
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get())
                        .isEqualTo(decode(ImageDecoder.strict(), files.get(i % files.size()))
                                .rgb());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static byte[] hugePng(int width, int height) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
        chunk(
                png,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) 8)
                        .put((byte) 2)
                        .array());
        chunk(png, "IDAT", new byte[0]);
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] content) {
        byte[] typed = ByteBuffer.allocate(4 + content.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(content)
                .array();
        CRC32 crc = new CRC32();
        crc.update(typed);
        png.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        png.writeBytes(typed);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
