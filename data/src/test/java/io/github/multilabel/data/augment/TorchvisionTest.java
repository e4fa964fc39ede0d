package io.github.multilabel.data.augment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.data.TestImages;
import io.github.multilabel.testsupport.Golden;
import java.util.zip.CRC32;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Every operation against what torchvision makes of PIL images; golden/augment.py wrote that. */
class TorchvisionTest {

    private static final int FILL = 0x7c7468;

    @Test
    void operationsEqualTorchvisionsToTheByte() {
        SoftAssertions softly = new SoftAssertions();
        for (JsonObject golden : Golden.cases("augment.json", "exact")) {
            Pixels image = image(golden.get("picture").getAsString());
            Pixels changed = apply(
                    golden.get("operation").getAsString(),
                    image,
                    golden.get("magnitude").getAsDouble());
            CRC32 crc = new CRC32();
            crc.update(changed.rgb());
            softly.assertThat(crc.getValue())
                    .as(() -> golden + ", ours begins with " + begin(changed))
                    .isEqualTo(golden.get("crc32").getAsLong());
        }
        softly.assertAll();
    }

    @Test
    void blurEqualsTorchvisionsWithinOne() {
        for (JsonObject golden : Golden.cases("augment.json", "blurs")) {
            Pixels blurred = Filters.gaussianBlur(
                    image(golden.get("picture").getAsString()),
                    golden.get("kernel").getAsInt(),
                    golden.get("sigma").getAsDouble());
            JsonArray expected = golden.getAsJsonArray("rgb");
            for (int i = 0; i < expected.size(); i++) {
                assertThat(blurred.rgb()[i * 97] & 0xff)
                        .as("byte %d of %s", i * 97, golden)
                        .isBetween(
                                expected.get(i).getAsInt() - 1, expected.get(i).getAsInt() + 1);
            }
        }
    }

    private static Pixels apply(String operation, Pixels image, double magnitude) {
        return switch (operation) {
            case "brightness" -> Colors.brightness(image, magnitude);
            case "contrast" -> Colors.contrast(image, magnitude);
            case "saturation" -> Colors.saturation(image, magnitude);
            case "sharpness" -> Filters.sharpness(image, magnitude);
            case "hue" -> Colors.hue(image, magnitude);
            case "posterize" -> Colors.posterize(image, (int) magnitude);
            case "solarize" -> Colors.solarize(image, magnitude);
            case "autocontrast" -> Colors.autocontrast(image);
            case "equalize" -> Colors.equalize(image);
            case "invert" -> Colors.invert(image);
            case "grayscale" -> Colors.grayscale(image);
            case "shearX" -> Geometry.shearX(image, magnitude, FILL);
            case "shearY" -> Geometry.shearY(image, magnitude, FILL);
            case "translateX" -> Geometry.translateX(image, (int) magnitude, FILL);
            case "translateY" -> Geometry.translateY(image, (int) magnitude, FILL);
            case "rotate" -> Geometry.rotate(image, magnitude, FILL);
            default -> throw new AssertionError(operation);
        };
    }

    private static Pixels image(String name) {
        String[] words = name.split(" ");
        return switch (words[0]) {
            case "pattern" -> TestImages.pattern(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "faint" -> faint(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "plain" -> TestImages.plain(Integer.parseInt(words[1]), Integer.parseInt(words[2]), 77);
            default -> cube();
        };
    }

    private static Pixels faint(int height, int width) {
        byte[] rgb = new byte[height * width * Pixels.CHANNELS];
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                rgb[i++] = (byte) (40 + (x * 3 + y) % 90);
                rgb[i++] = (byte) (90 + x * y / 7 % 60);
                rgb[i++] = (byte) (100 + (5 * y + x / 2) % 110);
            }
        }
        return new Pixels(height, width, rgb);
    }

    private static Pixels cube() {
        byte[] rgb = new byte[86 * 86 * 86 * Pixels.CHANNELS];
        for (int colour = 0; colour < 86 * 86 * 86; colour++) {
            rgb[3 * colour] = (byte) (colour / (86 * 86) * 3);
            rgb[3 * colour + 1] = (byte) (colour / 86 % 86 * 3);
            rgb[3 * colour + 2] = (byte) (colour % 86 * 3);
        }
        return new Pixels(1, 86 * 86 * 86, rgb);
    }

    private static String begin(Pixels image) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            text.append(image.rgb()[i] & 0xff).append(' ');
        }
        return text.toString();
    }
}
