package io.github.multilabel.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.cli.Typed;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.model.SavedModel;
import io.github.multilabel.testsupport.Ran;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Photos that are twice as wide as high, and whose label is seen at their ends alone. */
class WholePicturesTest {

    @TempDir
    Path folder;

    private Path labels;

    @BeforeEach
    void widePhotos() throws IOException {
        labels = folder.resolve("labels.csv");
        List<String> rows = new ArrayList<>(List.of("image,end"));
        for (int i = 0; i < 24; i++) {
            boolean red = i % 2 == 0;
            BufferedImage photo = new BufferedImage(60, 30, BufferedImage.TYPE_INT_RGB);
            Graphics2D g = photo.createGraphics();
            g.setColor(new Color(40 + 5 * i, 90, 90));
            g.fillRect(0, 0, 60, 30);
            g.setColor(red ? Color.RED : Color.BLUE);
            g.fillRect(0, 0, 8, 30);
            g.dispose();
            ImageIO.write(photo, "png", folder.resolve(i + ".png").toFile());
            rows.add(i + ".png," + (red ? "red" : "blue"));
        }
        Files.write(labels, rows);
    }

    private Ran train(Path output, Object... more) {
        return Typed.multilabel(Typed.with(
                new Object[] {
                    "train",
                    "--csv",
                    labels,
                    "--images",
                    folder,
                    "--head",
                    "end",
                    "--backbone",
                    "small",
                    "--epochs",
                    "1",
                    "--augmentation",
                    "light",
                    "--output",
                    output
                },
                more));
    }

    @Test
    void fineTuningTakesTheShapeOfTheImages() throws Exception {
        Path output = folder.resolve("out");

        Ran trained = train(output, "--fine-tune", "--weights", "none");

        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out())
                .contains("the model's input is 48x88 pixels, height x width, for images of aspect ratio 2.00;"
                        + " --image-size sets another");
        assertThat(SavedModel.read(output.resolve("model")).preprocessing().size())
                .isEqualTo(new ImageSize(48, 88));
        assertThat(output.resolve("run.json")).content().contains("\"image-size\": \"48x88\"");
    }

    @Test
    void aSizeThatIsGivenIsTheSize() throws Exception {
        Path output = folder.resolve("out");

        Ran trained = train(output, "--fine-tune", "--weights", "none", "--image-size", "40");

        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).doesNotContain("aspect ratio");
        assertThat(SavedModel.read(output.resolve("model")).preprocessing().size())
                .isEqualTo(ImageSize.square(40));
    }

    @Test
    void aPaddedRectangleIsTrainedEvaluatedPredictedAndGoneOnWith() throws Exception {
        // given
        Path output = folder.resolve("out");
        Ran trained = train(output, "--image-size", "32x40", "--crop-mode", "pad");
        assertThat(trained.code()).as(trained.err()).isZero();
        Path model = output.resolve("model");
        assertThat(SavedModel.read(model).preprocessing())
                .returns(new ImageSize(32, 40), preprocessing -> preprocessing.size())
                .returns(CropMode.PAD, preprocessing -> preprocessing.cropMode());

        // when
        Ran predicted = Typed.multilabel("predict", "--model", model, folder.resolve("0.png"));
        Ran info = Typed.multilabel("info", model);
        Path again = folder.resolve("again");
        Ran more = Typed.multilabel(
                "train",
                "--csv",
                labels,
                "--images",
                folder,
                "--from",
                model,
                "--fine-tune",
                "--epochs",
                "1",
                "--output",
                again);

        // then
        assertThat(predicted.code()).as(predicted.err()).isZero();
        assertThat(predicted.out()).contains("\"end\"");
        assertThat(info.out()).containsPattern("image height: +32").containsPattern("image width: +40");
        assertThat(more.code()).as(more.err()).isZero();
        assertThat(SavedModel.read(again.resolve("model")).preprocessing().size())
                .as("that of the model, not of the images")
                .isEqualTo(new ImageSize(32, 40));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--image-size | 184*272 | 224 for a square, or height x width such as 184x272",
                "--image-size | 0x40 | height and width must be at least 1 pixel",
                "--image-size | 40x9000 | image size 40x9000 is outside [1, 4096] pixels",
                "--aspect-ratio | wide | write median, or width divided by height, 0.34 to 3",
                "--aspect-ratio | -1 | '-1' is no aspect ratio",
                "--aspect-ratio | NaN | 'NaN' is no aspect ratio",
                "--crop-mode | stretch | center, squash, pad"
            })
    void whatIsNoSizeOrShapeIsRefusedWithItsOption(String option, String value, String reason) {
        Ran refused = train(folder.resolve("out"), option, value);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains(option, reason);
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
