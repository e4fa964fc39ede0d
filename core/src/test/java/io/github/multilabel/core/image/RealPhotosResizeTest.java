package io.github.multilabel.core.image;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.testsupport.Golden;
import io.github.multilabel.testsupport.RealPhotos;
import java.io.IOException;
import java.nio.file.Files;
import java.util.zip.CRC32;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Evaluation's image of real photos against Pillow's; golden/photos.py wrote that. */
@Tag("real-data")
class RealPhotosResizeTest {

    @Test
    void realPhotosAreDecodedResizedAndCroppedAsByPillowToTheByte() throws IOException {
        assumeTrue(Files.isDirectory(RealPhotos.training()), RealPhotos.missing());
        SoftAssertions softly = new SoftAssertions();
        for (JsonObject golden : Golden.cases("photos.json", "photos")) {
            String file = golden.get("file").getAsString();
            Pixels photo = ImageDecoder.strict()
                    .decode(ImageSource.of(RealPhotos.training().resolve(file)));
            check(softly, photo, golden, "decoded", file);
            check(softly, preprocessing(0.875, Interpolation.BILINEAR).apply(photo), golden, "BILINEAR", file);
            check(softly, preprocessing(0.95, Interpolation.BICUBIC).apply(photo), golden, "BICUBIC", file);
        }
        softly.assertAll();
    }

    private static Preprocessing preprocessing(double cropPct, Interpolation filter) {
        return new Preprocessing(
                224, cropPct, CropMode.CENTER, filter, Preprocessing.IMAGENET_MEAN, Preprocessing.IMAGENET_STD);
    }

    private static void check(SoftAssertions softly, Pixels pixels, JsonObject golden, String stage, String file) {
        CRC32 crc = new CRC32();
        crc.update(pixels.rgb());
        softly.assertThat(crc.getValue())
                .as("%s, %s", file, stage)
                .isEqualTo(golden.getAsJsonObject(stage).get("crc32").getAsLong());
    }
}
