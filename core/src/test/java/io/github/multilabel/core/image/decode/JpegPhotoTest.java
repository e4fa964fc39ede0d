package io.github.multilabel.core.image.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.image.Resizer;
import io.github.multilabel.core.internal.formats.Defect;
import io.github.multilabel.core.internal.formats.EncodedImage;
import io.github.multilabel.core.internal.formats.JpegImage;
import io.github.multilabel.core.internal.formats.PixelLimit;
import io.github.multilabel.core.internal.jpeg.BaselineJpeg;
import io.github.multilabel.testsupport.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JpegPhotoTest {

    private static final int[] SIDES = {1, 2, 3, 7, 8, 9, 15, 16, 17, 34, 61};

    private static JpegImage parse(byte[] bytes) {
        try {
            return (JpegImage) EncodedImage.parse(bytes, new PixelLimit(1 << 20));
        } catch (Defect e) {
            throw new AssertionError(e);
        }
    }

    private static Pixels byTheJdk(byte[] bytes) {
        try {
            return parse(bytes).decode();
        } catch (Defect | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static BaselineJpeg baseline(byte[] bytes) {
        return parse(bytes).baseline().orElseThrow();
    }

    private static Pixels decode(BaselineJpeg jpeg, Box part, int reduction) {
        return new Pixels(
                part.height(),
                part.width(),
                jpeg.decode(part.top(), part.left(), part.height(), part.width(), reduction)
                        .orElseThrow());
    }

    private static Box whole(BaselineJpeg jpeg, int reduction) {
        return new Box(0, 0, (jpeg.height() + reduction - 1) / reduction, (jpeg.width() + reduction - 1) / reduction);
    }

    private static Box part(Box whole, SplittableRandom random) {
        int height = random.nextInt(1, whole.height() + 1);
        int width = random.nextInt(1, whole.width() + 1);
        return new Box(
                random.nextInt(whole.height() - height + 1), random.nextInt(whole.width() - width + 1), height, width);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 1", "2, 2"})
    void wholeImagesOfEverySizeAreTheJdksToTheByte(int horizontal, int vertical) {
        for (int height : SIDES) {
            for (int width : SIDES) {
                byte[] bytes = TestJpegs.write(height, width, horizontal, vertical, height % 3);
                BaselineJpeg jpeg = baseline(bytes);
                assertThat(decode(jpeg, whole(jpeg, 1), 1).rgb())
                        .as("%d x %d", width, height)
                        .isEqualTo(byTheJdk(bytes).rgb());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 1", "2, 2"})
    void aPartIsThatOfTheWholeAtEveryReduction(int horizontal, int vertical) {
        SplittableRandom random = new SplittableRandom(1);
        BaselineJpeg jpeg = baseline(TestJpegs.write(77, 101, horizontal, vertical, 2));
        for (int reduction = 1; reduction <= 8; reduction *= 2) {
            Box size = whole(jpeg, reduction);
            Pixels all = decode(jpeg, size, reduction);
            for (int i = 0; i < 50; i++) {
                Box part = part(size, random);
                assertThat(decode(jpeg, part, reduction).rgb())
                        .as("%s at 1/%d", part, reduction)
                        .isEqualTo(all.crop(part).rgb());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 1", "2, 2"})
    void aReducedImageHasTheMeansOfTheWhole(int horizontal, int vertical) {
        byte[] bytes = TestJpegs.write(64, 96, horizontal, vertical, 0);
        Pixels all = byTheJdk(bytes);
        for (int reduction = 2; reduction <= 8; reduction *= 2) {
            BaselineJpeg jpeg = baseline(bytes);
            Pixels reduced = decode(jpeg, whole(jpeg, reduction), reduction);
            double difference = 0;
            for (int y = 0; y < reduced.height(); y++) {
                for (int x = 0; x < reduced.width(); x++) {
                    for (int c = 0; c < Pixels.CHANNELS; c++) {
                        difference += Math.abs(reduced.get(y, x, c) - mean(all, y, x, c, reduction));
                    }
                }
            }
            assertThat(difference / reduced.rgb().length)
                    .as("mean difference at 1/%d", reduction)
                    .isLessThan(2);
        }
    }

    private static double mean(Pixels all, int y, int x, int channel, int side) {
        double sum = 0;
        for (int v = 0; v < side; v++) {
            for (int h = 0; h < side; h++) {
                sum += all.get(y * side + v, x * side + h, channel);
            }
        }
        return sum / (side * side);
    }

    @Test
    void allJpegsOfTheGoldenFileGiveTheSamePartWhicheverWayTheyAreDecoded() throws IOException {
        int decodedInParts = 0;
        for (JsonObject golden : Golden.cases("decode.json", "cases")) {
            String name = golden.get("name").getAsString();
            if (!name.endsWith(".jpg")) {
                continue;
            }
            byte[] bytes = Base64.getDecoder().decode(golden.get("bytes").getAsString());
            Photo photo = ImageDecoder.strict().inFullSize().open(ImageSource.of(name, bytes));
            Pixels all = photo.pixels();
            Box size = photo.size();
            assertThat(size).as(name).isEqualTo(Box.of(all));
            SplittableRandom random = new SplittableRandom(2);
            for (Interpolation filter : Interpolation.values()) {
                for (int i = 0; i < 10; i++) {
                    Box part = part(size, random);
                    assertThat(photo.resized(part, 9, 7, filter).rgb())
                            .as("%s, %s of %s", filter, part, name)
                            .isEqualTo(Resizer.resize(all, part, 9, 7, filter).rgb());
                }
            }
            decodedInParts += parse(bytes).baseline().isPresent() ? 1 : 0;
        }
        assertThat(decodedInParts).isGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aReducedPartShowsWhatTheWholeShowsHoweverTheCameraWasHeld(int tag) throws IOException {
        byte[] stored = TestJpegs.write(150, 211, 2, 2, 0);
        byte[] bytes = withOrientation(stored, tag);
        Box part = new Box(13, 21, 120, 110);
        Pixels full = ImageDecoder.strict()
                .inFullSize()
                .open(ImageSource.of("a", bytes))
                .resized(part, 20, 20, Interpolation.BILINEAR);
        Pixels reduced =
                ImageDecoder.strict().open(ImageSource.of("a", bytes)).resized(part, 20, 20, Interpolation.BILINEAR);
        double difference = 0;
        for (int i = 0; i < full.rgb().length; i++) {
            difference += Math.abs((full.rgb()[i] & 0xff) - (reduced.rgb()[i] & 0xff));
        }
        assertThat(reduced.rgb()).as("decoded at a quarter").isNotEqualTo(full.rgb());
        assertThat(difference / full.rgb().length).as("mean difference").isLessThan(4);
    }

    private static byte[] withOrientation(byte[] jpeg, int tag) {
        byte[] exif = {
            (byte) 0xff,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) tag,
            0,
            0,
            0,
            0,
            0,
            0
        };
        byte[] whole = Arrays.copyOf(jpeg, jpeg.length + exif.length);
        System.arraycopy(exif, 0, whole, 2, exif.length);
        System.arraycopy(jpeg, 2, whole, 2 + exif.length, jpeg.length - 2);
        return whole;
    }

    @Test
    void everyFlawThatTheJdkReportsIsReportedWhereverThePartLies() throws IOException {
        byte[] whole = TestJpegs.write(96, 96, 2, 2, 3);
        Box corner = new Box(0, 0, 8, 8);
        SplittableRandom random = new SplittableRandom(3);
        int refused = 0;
        for (int i = 0; i < 1500; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(600, damaged.length)] ^= (byte) (1 << random.nextInt(8));
            ImageSource source = ImageSource.of("damaged.jpg", damaged);
            Optional<Pixels> byTheJdk = decoded(source);
            try {
                Pixels part =
                        ImageDecoder.strict().inFullSize().open(source).resized(corner, 8, 8, Interpolation.BILINEAR);
                assertThat(byTheJdk).as("change %d", i).isPresent();
                assertThat(part.rgb()).isEqualTo(byTheJdk.get().crop(corner).rgb());
            } catch (ImageDecodeException e) {
                assertThat(byTheJdk).as("change %d: %s", i, e.getMessage()).isEmpty();
                refused++;
            }
        }
        assertThat(refused).isBetween(20, 1480);
    }

    private static Optional<Pixels> decoded(ImageSource source) {
        try {
            return Optional.of(ImageDecoder.strict().decode(source));
        } catch (ImageDecodeException e) {
            return Optional.empty();
        }
    }

    @Test
    void aPartThatIsNoneIsRefused() throws IOException {
        Photo photo = ImageDecoder.strict().open(ImageSource.of("a", TestJpegs.write(20, 30, 2, 2, 0)));
        assertThat(photo.size()).isEqualTo(new Box(0, 0, 20, 30));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> photo.resized(new Box(0, 0, 21, 30), 5, 5, Interpolation.BILINEAR))
                .withMessageContaining("is not a part of an image of height 20, width 30");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> photo.resized(new Box(0, 0, 20, 30), 0, 5, Interpolation.BILINEAR))
                .withMessageContaining("both must be at least 1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCropOfACutPhotoIsRefusedExactlyWhereTheWholeIs(boolean lenient) {
        byte[] whole = TestJpegs.write(64, 64, 2, 2, 3);
        ImageDecoder decoder = lenient ? ImageDecoder.lenient() : ImageDecoder.strict();
        Box corner = new Box(0, 0, 8, 8);
        int used = 0;
        for (int length = 3; length <= whole.length; length++) {
            ImageSource cut = ImageSource.of("cut.jpg", Arrays.copyOf(whole, length));
            boolean usable = reason(() -> decoder.decode(cut)).isEmpty();
            assertThat(reason(() -> decoder.open(cut).resized(corner, 4, 4, Interpolation.BILINEAR)))
                    .as("cut to %d of %d bytes", length, whole.length)
                    .isEqualTo(reason(() -> decoder.decode(cut)));
            used += usable ? 1 : 0;
        }
        assertThat(used).isEqualTo(lenient ? 3 : 1);
    }

    @Test
    void aCropOfAPhotoWhoseTailWasReplacedIsRefusedWhereTheWholeIs() {
        byte[] whole = TestJpegs.write(64, 64, 2, 2, 0);
        Box corner = new Box(0, 0, 8, 8);
        for (int missing = 10; missing < 400; missing += 10) {
            byte[] ended = Arrays.copyOf(whole, whole.length - missing);
            ended[ended.length - 2] = (byte) 0xff;
            ended[ended.length - 1] = (byte) 0xd9;
            byte[] zeros = Arrays.copyOf(Arrays.copyOf(whole, whole.length - missing), whole.length);
            for (byte[] bytes : List.of(ended, zeros)) {
                ImageSource source = ImageSource.of("a.jpg", bytes);
                Optional<String> ofTheWhole = reason(() -> ImageDecoder.strict().decode(source));
                assertThat(ofTheWhole).isPresent();
                assertThat(reason(
                                () -> ImageDecoder.strict().open(source).resized(corner, 4, 4, Interpolation.BILINEAR)))
                        .as("%d bytes missing", missing)
                        .isEqualTo(ofTheWhole);
            }
        }
    }

    private interface Decoding {
        Pixels pixels() throws ImageDecodeException;
    }

    private static Optional<String> reason(Decoding decoding) {
        try {
            decoding.pixels();
            return Optional.empty();
        } catch (ImageDecodeException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Test
    void aPhotoThatIsCutOffIsRefusedWhenItIsOpened() {
        byte[] whole = TestJpegs.write(40, 40, 2, 2, 0);
        assertThatExceptionOfType(ImageDecodeException.class)
                .isThrownBy(() ->
                        ImageDecoder.strict().open(ImageSource.of("cut.jpg", Arrays.copyOf(whole, whole.length / 2))))
                .withMessageContaining("cut.jpg: truncated JPEG");
    }

    /** Returns how long the segment at a place says that it is. */
    private static int length(byte[] whole, int at) {
        return (whole[at + 2] & 0xff) << 8 | whole[at + 3] & 0xff;
    }

    /** Returns the file with a change to its headers that some reader somewhere may take or refuse. */
    private static byte[] odd(byte[] whole, SplittableRandom random) {
        int scan = new String(whole, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00da");
        int at = 2;
        for (int skipped = random.nextInt(6); skipped > 0 && at < scan; skipped--) {
            at += 2 + length(whole, at);
        }
        return switch (random.nextInt(6)) {
            case 0 -> { // a whole segment of a number that is reserved
                byte[] segment = {(byte) 0xff, (byte) random.nextInt(0xf0, 0xfe), 0, 4, 1, 2};
                yield inserted(whole, at, segment);
            }
            case 1 -> { // a segment longer than what it holds, by bytes that are there
                byte[] longer = inserted(whole, at + 2 + length(whole, at), new byte[3]);
                longer[at + 3] += 3;
                yield longer;
            }
            case 2 -> { // a segment twice
                yield inserted(whole, at, Arrays.copyOfRange(whole, at, at + 2 + length(whole, at)));
            }
            case 3 -> { // factors of 255
                byte[] changed = whole.clone();
                int tables = new String(whole, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00db");
                int from = random.nextInt(64);
                Arrays.fill(changed, tables + 5 + from, tables + 5 + random.nextInt(from, 64), (byte) 0xff);
                yield changed;
            }
            default -> { // any byte
                byte[] changed = whole.clone();
                changed[random.nextInt(2, scan + 20)] = (byte) random.nextInt(256);
                yield changed;
            }
        };
    }

    private static byte[] inserted(byte[] whole, int at, byte[] more) {
        byte[] longer = Arrays.copyOf(whole, whole.length + more.length);
        System.arraycopy(more, 0, longer, at, more.length);
        System.arraycopy(whole, at, longer, at + more.length, whole.length - at);
        return longer;
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "2, 1", "1, 1", "0, 0"})
    void howeverOddItsHeadersAFileIsTheSameInPartsAndAsAWholeOrRefusedInBoth(int horizontal, int vertical) {
        byte[] whole = TestJpegs.write(40, 40, horizontal, vertical, 3);
        SplittableRandom random = new SplittableRandom(5);
        ImageDecoder decoder = ImageDecoder.strict().withPixelLimit(1 << 16).inFullSize();
        int accepted = 0;
        for (int i = 0; i < 4 * Integer.getInteger("hostile.trials", 50); i++) {
            ImageSource source = ImageSource.of("odd.jpg", odd(whole, random));
            Optional<Pixels> all = unlessRefused(() -> decoder.decode(source));
            Optional<Pixels> part = unlessRefused(() -> {
                Photo photo = decoder.open(source);
                Box size = photo.size();
                return photo.resized(size, size.height(), size.width(), Interpolation.BILINEAR);
            });
            assertThat(part.isPresent()).as("change %d", i).isEqualTo(all.isPresent());
            if (part.isPresent()) {
                assertThat(part.get().rgb())
                        .as("change %d", i)
                        .isEqualTo(all.get().rgb());
                accepted++;
            }
        }
        assertThat(accepted).isPositive();
    }

    private static Optional<Pixels> unlessRefused(Callable<Pixels> decoding) {
        try {
            return Optional.of(decoding.call());
        } catch (ImageDecodeException e) {
            return Optional.empty();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
