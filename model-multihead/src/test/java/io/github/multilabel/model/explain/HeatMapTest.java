package io.github.multilabel.model.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.InputArea;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.testsupport.DrawnImages;
import org.junit.jupiter.api.Test;

class HeatMapTest {

    private static final InputArea WHOLE = new InputArea(0, 0, 1, 1);

    private static HeatMap map(float... values) {
        return new HeatMap("brand", "Audi", 0.97, 2, 2, WHOLE, values);
    }

    @Test
    void theGreatestValueIsOne() {
        assertThat(map(0, 2, 4, 1).values()).containsExactly(0, 0.5f, 1, 0.25f);
        assertThat(map(0, 0, 0, 0).values()).containsOnly(0);
    }

    @Test
    void itsValuesCannotBeChanged() {
        HeatMap map = map(0, 2, 4, 1);
        map.values()[0] = 7;
        assertThat(map.values()[0]).isZero();
    }

    /** As cv2.resize and align_corners=False do. */
    @Test
    void betweenPlacesItIsBilinearAndFlatAtTheBorder() {
        assertThat(map(0, 1, 0, 1).resizedTo(1, 4)).containsExactly(0, 0.25f, 0.75f, 1);
        assertThat(map(0, 0, 1, 1).at(0.5, 0.5)).isCloseTo(0.5, within(1e-9));
        assertThat(map(0, 0, 1, 1).at(0, 0)).isZero();
        assertThat(map(0, 0, 1, 1).at(1, 1)).isEqualTo(1);
    }

    @Test
    void outsideOfThePhotoAndOfWhatIsSeenThereIsNoValue() {
        HeatMap crop = new HeatMap("brand", "Audi", 1, 1, 1, new InputArea(0, 0.25, 1, 0.5), new float[] {3});
        HeatMap padded = new HeatMap("brand", "Audi", 1, 1, 1, new InputArea(-0.5, 0, 2, 1), new float[] {3});

        assertThat(crop.resizedTo(1, 4)).containsExactly(Float.NaN, 1, 1, Float.NaN);
        assertThat(padded.at(-0.1, 0.5)).isNaN();
        assertThat(padded.at(0.1, 0.5)).isEqualTo(1);
        assertThat(crop.shareWithin(new Box(0, 0, 1, 2), new Box(0, 0, 1, 4))).isEqualTo(0.5);
    }

    @Test
    void agreementIsWhatBothHaveOfWhatOneHas() {
        assertThat(map(1, 0.5f, 0, 0).agreement(map(0, 0.5f, 1, 0))).isCloseTo(0.5 / 2.5, within(1e-6));
        assertThat(map(1, 2, 3, 4).agreement(map(2, 4, 6, 8))).isEqualTo(1);
        assertThat(map(0, 0, 0, 0).agreement(map(0, 0, 0, 0))).isNaN();
        assertThat(map(0, 0, 0, 0).agreement(map(1, 0, 0, 0))).isZero();
    }

    @Test
    void correlationIsPearsons() {
        assertThat(map(1, 2, 3, 4).correlation(map(2, 4, 6, 8))).isCloseTo(1, within(1e-9));
        assertThat(map(1, 2, 3, 4).correlation(map(4, 3, 2, 1))).isCloseTo(-1, within(1e-9));
        assertThat(map(1, 2, 3, 4).correlation(map(1, 1, 1, 1))).isNaN();
    }

    @Test
    void mapsOfOtherImagesAreNotCompared() {
        HeatMap other = new HeatMap("brand", "Audi", 1, 2, 2, new InputArea(0, 0.1, 1, 1), new float[4]);
        Pixels photo = Pixels.of(DrawnImages.redAndBlue(4, 4));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> map(1, 0, 0, 0).agreement(other))
                .withMessageContaining("both must be of the same model and image");
        assertThatIllegalArgumentException().isThrownBy(() -> map(1, 0, 0, 0).correlation(other));
        assertThatIllegalArgumentException().isThrownBy(() -> map(1, 0, 0, 0).comparedWith(other, photo));
    }

    @Test
    void whatIsNotSeenIsDark() {
        HeatMap crop = new HeatMap("brand", "Audi", 1, 1, 1, new InputArea(0, 0.5, 1, 0.5), new float[] {0});
        Pixels overlay = crop.over(new Pixels(1, 2, DrawnImages.plain(1, 2, 200)));

        assertThat(overlay.get(0, 0, 1)).isEqualTo(80);
        assertThat(overlay.get(0, 1, 1)).isGreaterThan(150);
    }

    @Test
    void itsTextIsHeadCategoryAndProbability() {
        assertThat(map(0, 0, 0, 1)).hasToString("brand: Audi 0.97");
    }
}
