package io.github.multilabel.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.testsupport.Golden;
import java.util.zip.CRC32;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class ResizerTest {

    @Test
    void equalsPillowToTheByte() {
        SoftAssertions softly = new SoftAssertions();
        for (JsonObject golden : Golden.cases("resize.json", "resizes")) {
            JsonArray input = golden.getAsJsonArray("input");
            JsonArray box = golden.getAsJsonArray("box");
            JsonObject output = golden.getAsJsonObject("output");
            Pixels resized = Resizer.resize(
                    TestImages.pattern(input.get(0).getAsInt(), input.get(1).getAsInt()),
                    new Box(
                            box.get(0).getAsInt(),
                            box.get(1).getAsInt(),
                            box.get(2).getAsInt(),
                            box.get(3).getAsInt()),
                    output.get("height").getAsInt(),
                    output.get("width").getAsInt(),
                    Interpolation.valueOf(golden.get("filter").getAsString()));
            softly.assertThat(crc(resized))
                    .as(golden.toString())
                    .isEqualTo(output.get("crc32").getAsLong());
        }
        softly.assertAll();
    }

    @Test
    void cropsAndPadsAsTorchvisionToTheByte() {
        SoftAssertions softly = new SoftAssertions();
        for (JsonObject golden : Golden.cases("resize.json", "crops")) {
            JsonArray input = golden.getAsJsonArray("input");
            Pixels cropped = CenterCrop.apply(
                    TestImages.pattern(input.get(0).getAsInt(), input.get(1).getAsInt()),
                    ImageSize.square(golden.get("shorter").getAsInt()),
                    ImageSize.square(golden.get("size").getAsInt()),
                    Interpolation.valueOf(golden.get("filter").getAsString()));
            softly.assertThat(crc(cropped))
                    .as(golden.toString())
                    .isEqualTo(golden.getAsJsonObject("output").get("crc32").getAsLong());
        }
        softly.assertAll();
    }

    @Test
    void rectanglesAndBordersAreThoseOfTimmToTheByte() {
        SoftAssertions softly = new SoftAssertions();
        for (JsonObject golden : Golden.cases("shapes.json", "shapes")) {
            JsonArray input = golden.getAsJsonArray("input");
            JsonArray size = golden.getAsJsonArray("size");
            Preprocessing preprocessing = new Preprocessing(
                    new ImageSize(size.get(0).getAsInt(), size.get(1).getAsInt()),
                    golden.get("cropPct").getAsDouble(),
                    CropMode.valueOf(golden.get("mode").getAsString()),
                    Interpolation.valueOf(golden.get("filter").getAsString()),
                    Preprocessing.IMAGENET_MEAN,
                    Preprocessing.IMAGENET_STD);
            Pixels shaped = preprocessing.apply(
                    TestImages.pattern(input.get(0).getAsInt(), input.get(1).getAsInt()));
            softly.assertThat(crc(shaped))
                    .as(golden.toString())
                    .isEqualTo(golden.getAsJsonObject("output").get("crc32").getAsLong());
        }
        softly.assertAll();
    }

    @Test
    void shrinkingSmoothsWhatLiesBetween() {
        byte[] rgb = new byte[8 * 8 * Pixels.CHANNELS];
        for (int i = 0; i < rgb.length; i++) {
            int column = i / Pixels.CHANNELS % 8;
            rgb[i] = (byte) (column == 0 || column == 4 ? 255 : 0);
        }
        Pixels small = Resizer.resize(new Pixels(8, 8, rgb), 2, 2, Interpolation.BILINEAR);
        assertThat(small.get(0, 0, 0)).isBetween(72, 74);
        assertThat(small.get(0, 1, 0)).isBetween(45, 47);
        assertThat(small.get(1, 0, 2)).isEqualTo(small.get(0, 0, 0));
    }

    @Test
    void impossibleSizesAndBoxesAreRefused() {
        Pixels image = TestImages.pattern(4, 6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resizer.resize(image, 0, 5, Interpolation.BILINEAR))
                .withMessageContaining("height 0, width 5");
        for (Box box : new Box[] {
            new Box(0, 0, 5, 6), new Box(0, 1, 4, 6), new Box(-1, 0, 4, 6), new Box(0, 0, 0, 1), new Box(9, 0, 1, 1)
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Resizer.resize(image, box, 2, 2, Interpolation.BILINEAR))
                    .withMessageContaining(box.toString())
                    .withMessageContaining("height 4, width 6");
        }
    }

    private static long crc(Pixels pixels) {
        CRC32 crc = new CRC32();
        crc.update(pixels.rgb());
        return crc.getValue();
    }

    @Test
    void anImageIsMadeToLieWithinASideInItsShape() {
        Pixels wide = new Pixels(10, 40, new byte[10 * 40 * Pixels.CHANNELS]);
        Pixels line = new Pixels(1, 400, new byte[400 * Pixels.CHANNELS]);

        assertThat(Resizer.within(wide, 20).height()).isEqualTo(5);
        assertThat(Resizer.within(wide, 20).width()).isEqualTo(20);
        assertThat(Resizer.within(line, 20).height()).as("no side vanishes").isOne();
        assertThat(Resizer.within(wide, 40)).isSameAs(wide);
    }
}
