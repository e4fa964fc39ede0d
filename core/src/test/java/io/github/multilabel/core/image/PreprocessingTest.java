package io.github.multilabel.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessingTest {

    @ParameterizedTest
    @CsvSource({"0.875, 256", "0.95, 235", "1, 224"})
    void theShorterSideFollowsFromTheCropRatio(double ratio, int shorter) {
        Preprocessing preprocessing = new Preprocessing(
                224,
                ratio,
                CropMode.CENTER,
                Interpolation.BICUBIC,
                Preprocessing.IMAGENET_MEAN,
                Preprocessing.IMAGENET_STD);
        assertThat(preprocessing.resizeTo()).isEqualTo(ImageSize.square(shorter));
    }

    @Test
    void theLongerSideKeepsTheAspectRatioRoundedDown() {
        Pixels image = TestImages.plain(540, 400, 0);
        assertThat(CenterCrop.resized(Box.of(image), 540, ImageSize.square(256)))
                .isEqualTo(345);
        assertThat(CenterCrop.resized(Box.of(image), 400, ImageSize.square(256)))
                .isEqualTo(256);
    }

    @ParameterizedTest
    @CsvSource({"233, 4", "235, 6", "224, 0", "225, 0", "227, 2"})
    void cropOffsetsRoundHalvesToTheEvenNeighbour(int side, int offset) {
        assertThat(Axis.of(side, side, 224).from()).isEqualTo(offset);
    }

    @Test
    void squashKeepsTheWholeImage() {
        Preprocessing squash = Preprocessing.imageNet(8).squashed();
        byte[] rgb = TestImages.plain(2, 64, 0).rgb();
        rgb[0] = (byte) 255;
        Pixels seen = squash.apply(new Pixels(2, 64, rgb));
        assertThat(seen.get(0, 0, 0)).isPositive();
        assertThat(Preprocessing.imageNet(8).apply(new Pixels(2, 64, rgb)).get(0, 0, 0))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 100000", "100000, 1", "3, 2", "5000, 7"})
    void everyShapeBecomesTheSquare(int height, int width) {
        Pixels image = TestImages.plain(height, width, 77);
        for (Preprocessing preprocessing :
                List.of(Preprocessing.imageNet(64), Preprocessing.imageNet(64).squashed())) {
            assertThat(preprocessing.apply(image)).satisfies(square -> {
                assertThat(square.height()).isEqualTo(64);
                assertThat(square.width()).isEqualTo(64);
                assertThat(square.rgb()).containsOnly(77);
            });
        }
    }

    /** A white mark in the middle of each of the four borders, on black; a twentieth of the image is its depth. */
    private static Pixels marked(int height, int width) {
        byte[] rgb = new byte[height * width * Pixels.CHANNELS];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean middleRow = Math.abs(y - height / 2) <= height / 10;
                boolean middleColumn = Math.abs(x - width / 2) <= width / 10;
                boolean atSide = middleRow && (x < width / 20 || x >= width - width / 20);
                boolean atEnd = middleColumn && (y < height / 20 || y >= height - height / 20);
                Arrays.fill(rgb, (y * width + x) * Pixels.CHANNELS, (y * width + x + 1) * Pixels.CHANNELS, (byte)
                        (atSide || atEnd ? 255 : 0));
            }
        }
        return new Pixels(height, width, rgb);
    }

    /** Which marks are to be seen in an input, each where the input has it: left, right, top, bottom. */
    private static String marksSeen(Pixels input, Box place) {
        int midY = place.top() + place.height() / 2;
        int midX = place.left() + place.width() / 2;
        int right = place.left() + place.width() - 1;
        int bottom = place.top() + place.height() - 1;
        return (input.get(midY, place.left(), 0) > 200 ? "left " : "")
                + (input.get(midY, right, 0) > 200 ? "right " : "")
                + (input.get(place.top(), midX, 0) > 200 ? "top " : "")
                + (input.get(bottom, midX, 0) > 200 ? "bottom" : "");
    }

    @ParameterizedTest(name = "{0} to {1} of a photo of {2}")
    @CsvSource({
        "CENTER, 40, 60x90, ''", // the usual crop also takes a sixteenth from the ends of the shorter side
        "SQUASH, 40, 60x90, left right top bottom",
        "PAD, 40, 60x90, left right top bottom",
        "CENTER, 40x60, 60x90, ''",
        "SQUASH, 40x60, 60x90, left right top bottom",
        "PAD, 40x60, 60x90, left right top bottom",
        "PAD, 40x60, 90x60, left right top bottom",
        "SQUASH, 40x60, 90x60, left right top bottom"
    })
    void whatLiesAtTheBordersIsSeenUnlessTheCentreIsCropped(CropMode mode, String size, String photo, String seen) {
        // given
        ImageSize shape = ImageSize.parse(photo);
        Preprocessing preprocessing =
                Preprocessing.imageNet(1).withSize(ImageSize.parse(size)).withCropMode(mode);
        // when
        Pixels input = preprocessing.apply(marked(shape.height(), shape.width()));
        // then
        assertThat(Box.of(input)).isEqualTo(Box.of(preprocessing.size()));
        assertThat(marksSeen(input, preprocessing.place(Box.of(shape)))).isEqualTo(seen);
    }

    @Test
    void aCropOfTheWholeShorterSideKeepsWhatLiesAtItsEnds() {
        Preprocessing whole = new Preprocessing(
                40,
                1,
                CropMode.CENTER,
                Interpolation.BILINEAR,
                Preprocessing.IMAGENET_MEAN,
                Preprocessing.IMAGENET_STD);
        assertThat(marksSeen(whole.apply(marked(60, 90)), Box.of(whole.size()))).isEqualTo("top bottom");
    }

    @Test
    void paddingHasTheColourThatIsZeroAfterNormalisation() {
        // given
        Preprocessing pad = Preprocessing.imageNet(16).withCropMode(CropMode.PAD);
        // when
        Pixels input = pad.apply(TestImages.plain(8, 16, 200));
        // then
        assertThat(pad.place(new Box(0, 0, 8, 16))).isEqualTo(new Box(4, 0, 8, 16));
        for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
            int border = input.get(0, 0, channel);
            assertThat(border / 255.0).isCloseTo(Preprocessing.IMAGENET_MEAN.get(channel), within(0.002));
            assertThat(input.get(3, 9, channel)).isEqualTo(border);
            assertThat(input.get(4, 9, channel)).isEqualTo(200);
            assertThat(input.get(11, 9, channel)).isEqualTo(200);
            assertThat(input.get(12, 9, channel)).isEqualTo(border);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 100000", "100000, 1", "3, 2", "5000, 7"})
    void everyShapeBecomesTheRectangle(int height, int width) {
        Pixels image = TestImages.plain(height, width, 77);
        for (CropMode mode : CropMode.values()) {
            Preprocessing preprocessing =
                    Preprocessing.imageNet(1).withSize(new ImageSize(24, 64)).withCropMode(mode);
            Pixels input = preprocessing.apply(image);
            assertThat(Box.of(input)).isEqualTo(new Box(0, 0, 24, 64));
            Box place = preprocessing.place(Box.of(image));
            assertThat(input.crop(place).rgb()).containsOnly(77);
        }
    }

    @Test
    void onlyTheCentreCropHasACropRatio() {
        Preprocessing center = Preprocessing.imageNet(64);
        assertThat(center.withCropMode(CropMode.PAD).cropPct()).isEqualTo(1);
        assertThat(center.withCropMode(CropMode.PAD).withCropMode(CropMode.CENTER))
                .isEqualTo(center);
    }

    @Test
    void whatDoesNotFitIntoItsPlaceIsRefused() {
        Preprocessing pad = Preprocessing.imageNet(16).withCropMode(CropMode.PAD);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pad.laidOut(TestImages.plain(8, 15, 0), new Box(4, 0, 8, 16)))
                .withMessageContaining("pixels of height 8, width 15 do not fit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pad.laidOut(TestImages.plain(8, 16, 0), new Box(9, 0, 8, 16)))
                .withMessageContaining("not a part");
    }

    @Test
    void valuesOutsideTheirRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Preprocessing.imageNet(0))
                .withMessageContaining("image size 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Preprocessing(
                        8,
                        1.1,
                        CropMode.CENTER,
                        Interpolation.BILINEAR,
                        List.of(0.0, 0.0, 0.0),
                        List.of(1.0, 1.0, 1.0)))
                .withMessageContaining("crop ratio 1.1");
        assertThatIllegalArgumentException()
                .as("would resize to 8 million pixels")
                .isThrownBy(() -> new Preprocessing(
                        8,
                        1e-6,
                        CropMode.CENTER,
                        Interpolation.BILINEAR,
                        List.of(0.0, 0.0, 0.0),
                        List.of(1.0, 1.0, 1.0)))
                .withMessageContaining("crop ratio 1.0E-6 is outside [0.1, 1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Preprocessing(
                        8, 1, CropMode.CENTER, Interpolation.BILINEAR, List.of(0.0, 0.0, 0.0), List.of(1.0, 0.0, 1.0)))
                .withMessageContaining("std above 0");
    }
}
