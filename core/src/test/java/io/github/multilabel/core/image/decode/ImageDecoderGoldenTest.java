package io.github.multilabel.core.image.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.testsupport.Golden;
import java.io.IOException;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Files of every supported kind against what Pillow makes of them; golden/images.py wrote both. */
class ImageDecoderGoldenTest {

    @TestFactory
    Stream<DynamicTest> decodesAsPillowDoes() {
        return Golden.cases("decode.json", "cases").stream()
                .map(golden -> DynamicTest.dynamicTest(golden.get("name").getAsString(), () -> check(golden)));
    }

    private static void check(JsonObject golden) throws IOException {
        byte[] encoded = Base64.getDecoder().decode(golden.get("bytes").getAsString());
        byte[] expected = Base64.getDecoder().decode(golden.get("rgb").getAsString());

        Pixels decoded =
                ImageDecoder.strict().decode(ImageSource.of(golden.get("name").getAsString(), encoded));

        assertThat(decoded.height()).isEqualTo(golden.get("height").getAsInt());
        assertThat(decoded.width()).isEqualTo(golden.get("width").getAsInt());
        int worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs((expected[i] & 0xff) - (decoded.rgb()[i] & 0xff)));
        }
        assertThat(worst)
                .as("largest difference")
                .isLessThanOrEqualTo(golden.get("tolerance").getAsInt());
    }
}
