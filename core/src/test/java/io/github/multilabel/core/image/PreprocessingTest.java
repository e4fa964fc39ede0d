package io.github.multilabel.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
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
        assertThat(preprocessing.resizeTo()).isEqualTo(shorter);
    }

    @Test
    void theLongerSideKeepsTheAspectRatioRoundedDown() {
        assertThat(CenterCrop.Axis.of(540, 400, 256, 224).resized()).isEqualTo(345);
        assertThat(CenterCrop.Axis.of(400, 400, 256, 224).resized()).isEqualTo(256);
    }

    @ParameterizedTest
    @CsvSource({"233, 4", "235, 6", "224, 0", "225, 0", "227, 2"})
    void cropOffsetsRoundHalvesToTheEvenNeighbour(int side, int offset) {
        assertThat(CenterCrop.Axis.of(side, side, side, 224).from()).isEqualTo(offset);
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
