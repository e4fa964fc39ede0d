package io.github.multilabel.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSizeTest {

    @ParameterizedTest
    @CsvSource({"224, 224, 224", "184x272, 184, 272", "' 184 X 272 ', 184, 272", "64x64, 64, 64"})
    void aTextIsASquareOrHeightByWidth(String text, int height, int width) {
        assertThat(ImageSize.parse(text)).isEqualTo(new ImageSize(height, width));
    }

    @ParameterizedTest
    @ValueSource(strings = {"224", "184x272"})
    void itsTextIsReadAgain(String text) {
        assertThat(ImageSize.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "184x", "x272", "184*272", "1.5", "-3", "184x272x3", "99999999999"})
    void otherTextsAreRefusedWithWhatIsAccepted(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageSize.parse(text))
                .withMessageContaining("224 for a square, or height x width such as 184x272");
    }

    @Test
    void aSideOfNoPixelIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageSize.parse("0x20"))
                .withMessage("image size 0x20: height and width must be at least 1 pixel");
    }

    @ParameterizedTest
    @CsvSource({
        "1.48, 8, 184x272",
        "1, 8, 224",
        "0.6757, 8, 272x184",
        "1.48, 16, 192x256",
        "1.48, 14, 182x280",
        "100, 8, 128x392", // as 3
        "0.001, 8, 384x128" // as 1 : 3
    })
    void aShapeHasAsManyPixels(double ratio, int multiple, String expected) {
        assertThat(ImageSize.square(224).withAspectRatio(ratio, multiple)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aRatioThatIsNoneIsRefused(double ratio) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageSize.square(224).withAspectRatio(ratio, 8))
                .withMessageContaining("aspect ratio " + ratio)
                .withMessageContaining("width divided by height");
    }

    @Test
    void theShorterSideKeepsTheShape() {
        assertThat(new ImageSize(184, 272).withShorterSide(92)).isEqualTo(new ImageSize(92, 136));
        assertThat(new ImageSize(272, 184).withShorterSide(92)).isEqualTo(new ImageSize(136, 92));
        assertThat(ImageSize.square(224).withShorterSide(128)).isEqualTo(ImageSize.square(128));
    }
}
