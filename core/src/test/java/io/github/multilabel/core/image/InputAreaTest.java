package io.github.multilabel.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the input of a model lies in a photo. */
class InputAreaTest {

    private static final Box SPOT = new Box(60, 100, 10, 10);

    private static Preprocessing preprocessing(CropMode mode, ImageSize size, double cropPct) {
        List<Double> black = List.of(0.0, 0.0, 0.0);
        List<Double> one = List.of(1.0, 1.0, 1.0);
        return new Preprocessing(size, mode == CropMode.CENTER ? cropPct : 1, mode, Interpolation.BILINEAR, black, one);
    }

    private static Pixels photo(int height, int width) {
        byte[] rgb = new byte[height * width * 3];
        for (int y = SPOT.top(); y < SPOT.top() + SPOT.height(); y++) {
            for (int x = SPOT.left(); x < SPOT.left() + SPOT.width(); x++) {
                for (int channel = 0; channel < 3; channel++) {
                    rgb[(y * width + x) * 3 + channel] = (byte) 255;
                }
            }
        }
        return new Pixels(height, width, rgb);
    }

    /** The middle of what is white in the input, laid over the photo, is the middle of the spot there. */
    @ParameterizedTest
    @CsvSource({
        "CENTER, 64, 64, 0.875, 160, 240",
        "CENTER, 64, 64, 1, 240, 200",
        "CENTER, 48, 80, 0.9, 160, 240",
        "CENTER, 80, 48, 1, 170, 230",
        "SQUASH, 64, 48, 1, 160, 240",
        "PAD, 64, 64, 1, 160, 240",
        "PAD, 64, 64, 1, 300, 120",
        "PAD, 40, 90, 1, 160, 240"
    })
    void theInputLiesWhereItsPixelsComeFrom(
            CropMode mode, int height, int width, double cropPct, int photoHeight, int photoWidth) {
        Preprocessing preprocessing = preprocessing(mode, new ImageSize(height, width), cropPct);
        Pixels photo = photo(photoHeight, photoWidth);

        Pixels input = preprocessing.apply(photo);
        InputArea area = preprocessing.area(Box.of(photo));

        double all = 0;
        double rows = 0;
        double columns = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double white = input.get(y, x, 0);
                all += white;
                rows += white * (y + 0.5);
                columns += white * (x + 0.5);
            }
        }
        assertThat((area.top() + rows / all / height * area.height()) * photoHeight)
                .isCloseTo(SPOT.top() + 5, within(0.4));
        assertThat((area.left() + columns / all / width * area.width()) * photoWidth)
                .isCloseTo(SPOT.left() + 5, within(0.4));
    }

    @Test
    void aPartBeginsAtTheUpperLeftCorner() {
        assertThat(new InputArea(0.1, 0.2, 0.8, 0.4).upperLeft(0.5, 0.25)).isEqualTo(new InputArea(0.1, 0.2, 0.4, 0.1));
    }

    @Test
    void anAreaWithoutASideIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InputArea(0, 0, 0, 1))
                .withMessageContaining("the sides above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InputArea(Double.NaN, 0, 1, 1))
                .withMessageContaining("finite");
    }
}
