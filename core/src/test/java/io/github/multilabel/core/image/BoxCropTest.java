package io.github.multilabel.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.testsupport.Golden;
import java.io.IOException;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoxCropTest {

    private static final Pixels PHOTO = TestImages.pattern(40, 60);

    @Test
    void theBoxAndItsMarginAreKept() {
        Box box = new Box(10, 20, 20, 30);
        assertThat(BoxCrop.withMargin(0).part(PHOTO, box)).isEqualTo(box);
        assertThat(BoxCrop.withMargin(0.1).part(PHOTO, box)).isEqualTo(new Box(8, 17, 24, 36));
        Pixels cut = BoxCrop.withMargin(0.1).apply(PHOTO, box);
        assertThat(cut.height()).isEqualTo(24);
        assertThat(cut.width()).isEqualTo(36);
        assertThat(cut.get(23, 35, 1)).isEqualTo(PHOTO.get(31, 52, 1));
    }

    @Test
    void theMarginIsRoundedToTheNearestPixelAndHalvesToTheEvenOne() {
        Box box = new Box(10, 20, 20, 30);
        assertThat(BoxCrop.withMargin(0.13).part(PHOTO, box)).as("2.6 and 3.9").isEqualTo(new Box(7, 16, 26, 38));
        assertThat(BoxCrop.withMargin(0.11).part(PHOTO, box)).as("2.2 and 3.3").isEqualTo(new Box(8, 17, 24, 36));
        assertThat(BoxCrop.withMargin(0.125).part(PHOTO, box))
                .as("2.5 and 3.75")
                .isEqualTo(new Box(8, 16, 24, 38));
    }

    @Test
    void theBordersOfTheImageEndTheMargin() {
        assertThat(BoxCrop.withMargin(1).part(PHOTO, new Box(30, 0, 10, 50))).isEqualTo(new Box(20, 0, 20, 60));
        assertThat(BoxCrop.withMargin(10).part(PHOTO, new Box(5, 5, 20, 20))).isEqualTo(Box.of(PHOTO));
    }

    @Test
    void aBoxThatReachesALittleOverTheBorderIsCutOff() {
        assertThat(BoxCrop.withMargin(0).part(PHOTO, new Box(-2, -1, 20, 30))).isEqualTo(new Box(0, 0, 18, 29));
        assertThat(BoxCrop.withMargin(0).part(PHOTO, new Box(30, 40, 15, 21))).isEqualTo(new Box(30, 40, 10, 20));
    }

    @Test
    void aBoxOfWhichExactlyHalfLiesInTheImageIsCutOff() {
        assertThat(BoxCrop.withMargin(0).part(PHOTO, new Box(-10, 0, 20, 20))).isEqualTo(new Box(0, 0, 10, 20));
    }

    @Test
    void aRefusedBoxIsToldByItsFirstAndLastColumnsAndRows() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BoxCrop.withMargin(0).part(PHOTO, new Box(38, 50, 20, 30)))
                .withMessageContaining("columns 50 to 79, rows 38 to 57");
    }

    @Test
    void itsTextForCheckpointsHasTheMargin() {
        assertThat(BoxCrop.withMargin(0.1).describe()).isEqualTo("margin 0.1");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 5", "0, 0, 5, 0", "20, 20, -5, 5", "20, 20, 5, -5", "0, 0, -2147483648, 1"})
    void anEmptyOrInvertedBoxIsRefused(int top, int left, int height, int width) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BoxCrop.withMargin(0).part(PHOTO, new Box(top, left, height, width)))
                .withMessageContaining("is empty or inverted");
    }

    @ParameterizedTest
    @CsvSource({
        "40, 0, 5, 5",
        "0, 60, 5, 5",
        "-11, 0, 20, 20",
        "0, 0, 81, 60",
        "2147483647, 2147483647, 2147483647, 2147483647",
        "-2147483648, 0, 2147483647, 10"
    })
    void aBoxThatLiesForTheGreaterPartOutsideIsRefused(int top, int left, int height, int width) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BoxCrop.withMargin(0.2).part(PHOTO, new Box(top, left, height, width)))
                .withMessageContainingAll("outside the image of 60 x 40", "resized or turned");
    }

    @Test
    void aBoxIsInTheUprightImageWhateverTheCamerasOrientation() throws IOException {
        Pixels upright = null;
        for (JsonObject golden : Golden.cases("decode.json", "cases")) {
            String name = golden.get("name").getAsString();
            if (name.equals("orientation 6.png")) {
                byte[] bytes = Base64.getDecoder().decode(golden.get("bytes").getAsString());
                upright = ImageDecoder.strict().decode(ImageSource.of(name, bytes));
            }
        }
        Pixels turned = upright; // stored as 32 x 16
        assertThat(turned).isNotNull();
        assertThat(turned.width()).isEqualTo(16);
        Pixels cut = BoxCrop.withMargin(0).apply(turned, new Box(20, 2, 10, 8));
        assertThat(cut.get(0, 0, 1)).isEqualTo(turned.get(20, 2, 1));
        assertThatIllegalArgumentException()
                .as("a box of the stored image")
                .isThrownBy(() -> BoxCrop.withMargin(0).apply(turned, new Box(2, 14, 8, 16)))
                .withMessageContainingAll("columns 14 to 29", "resized or turned");
    }

    @Property(tries = 200)
    void whatIsKeptHasTheBoxAndLiesInTheImage(
            @ForAll @IntRange(min = 0, max = 39) int top,
            @ForAll @IntRange(min = 0, max = 59) int left,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @DoubleRange(max = 10) double margin) {
        Box box = new Box(top, left, Math.min(height, 40 - top), Math.min(width, 60 - left));
        Box part = BoxCrop.withMargin(margin).part(PHOTO, box);
        assertThat(part.intersection(box)).contains(box);
        assertThat(part.intersection(Box.of(PHOTO))).contains(part);
    }

    @Test
    void marginsOutsideTheirRangeAreRefused() {
        for (double margin : new double[] {-0.1, 11, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BoxCrop.withMargin(margin))
                    .withMessageContaining("is outside [0, 10]");
        }
    }

    @Test
    void aMirroredImageHasItsColumnsInReverseAndItsChannelsAsTheyWere() {
        byte[] twoRows = {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19};
        Pixels image = new Pixels(2, 3, twoRows);
        assertThat(image.mirrored().rgb())
                .containsExactly(7, 8, 9, 4, 5, 6, 1, 2, 3, 17, 18, 19, 14, 15, 16, 11, 12, 13);
    }

    @Test
    void theNumberOfBytesMustFitTheSizes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pixels(2, 3, new byte[17]))
                .withMessage("pixels of height 2 and width 3 need 18 bytes, got 17");
    }

    @Test
    void cropCopiesAPart() {
        assertThat(new Pixels(1, 3, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9})
                        .crop(new Box(0, 1, 1, 2))
                        .rgb())
                .containsExactly(4, 5, 6, 7, 8, 9);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PHOTO.crop(new Box(0, 1, 40, 60)))
                .withMessageContaining("is not a part of an image");
    }
}
