package io.github.multilabel.cli.command;

import static io.github.multilabel.cli.Typed.multilabel;
import static io.github.multilabel.cli.Typed.with;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.testsupport.Ran;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {

    @TempDir
    static Path folder;

    private static Path model;

    @BeforeAll
    static void saveAModel() throws IOException {
        model = folder.resolve("model");
        HeadSet heads = HeadSet.of(
                Head.singleLabel("colour", "blue", "green", "red"), Head.multiLabel("all tags", "frame", "sun"));
        try (MultiLabelModel random =
                MultiLabelModel.create(Backbones.small(), heads, Preprocessing.imageNet(32), Device.cpu(), 3)) {
            random.save(model);
        }
    }

    private static Ran export(Object... more) {
        return multilabel(with(new Object[] {"export", "--model", model}, more));
    }

    @Test
    void aFileIsWrittenAndSaidToAgree() throws IOException {
        Path file = folder.resolve("new folder/cars.onnx");
        Ran exported = export("--output", file, "--format", "onnx", "--input", "uint8", "--outputs", "probabilities");

        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(exported.out())
                .contains(file.toString(), "outputs colour, all_tags")
                .containsPattern("agrees with the model within \\d\\.\\de-\\d\\d");
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(content).contains("UINT8_NHWC", "PROBABILITIES", "\"name\":\"all tags\"");
    }

    @Test
    void aFileInInt8IsCalibratedWithTheImagesOfAFolder() throws IOException {
        Path photos = Files.createDirectories(folder.resolve("photos/deep"));
        for (int i = 0; i < 20; i++) {
            ImageIO.write(noise(i), "png", photos.resolve(i + ".png").toFile());
        }
        Path file = folder.resolve("int8.onnx");

        Ran exported = export("--output", file, "--int8", "--calibration", photos.getParent());

        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(exported.out())
                .contains(
                        "int8 answers as float32",
                        "colour",
                        "all tags",
                        "of 4 images that were held out (16 calibrated",
                        "multilabel evaluate --model " + model + " --csv LABELS --output A",
                        "multilabel evaluate --model " + file + " --csv LABELS --output B",
                        "multilabel compare A B");
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).contains("\"int8\":{\"agreement\":");
    }

    private static BufferedImage noise(int seed) {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(seed);
        for (int i = 0; i < 32 * 32; i++) {
            image.setRGB(i % 32, i / 32, random.nextInt());
        }
        return image;
    }

    @Test
    void calibrationThatCannotBeIsRefusedInWords() throws IOException {
        Path file = folder.resolve("refused.onnx");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path few = Files.createDirectory(folder.resolve("few"));
        ImageIO.write(noise(1), "png", few.resolve("one.png").toFile());

        assertThat(export("--output", file, "--int8").err()).contains("--int8", "--calibration", "together");
        assertThat(export("--output", file, "--calibration", few).err())
                .contains("--int8", "--calibration", "together");
        assertThat(export("--output", file, "--int8", "--calibration", empty).err())
                .contains("has no images");
        assertThat(export("--output", file, "--int8", "--calibration", folder.resolve("nowhere"))
                        .err())
                .contains("nowhere", "neither a folder nor a table");
        Ran tooFew = export("--output", file, "--int8", "--calibration", few);
        assertThat(tooFew.code()).isNotZero();
        assertThat(tooFew.err())
                .contains("1 images", "at least 20", "--calibration")
                .doesNotContain("\tat ");
        assertThat(file).doesNotExist();
    }

    @Test
    void aFileThatIsThereIsReplacedOnlyIfAsked() throws IOException {
        Path file = Files.writeString(folder.resolve("there.onnx"), "precious");

        Ran refused = export("--output", file);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("is there already", "--overwrite");
        assertThat(file).hasContent("precious");

        assertThat(export("--output", file, "--overwrite").code()).isZero();
        assertThat(Files.size(file)).isGreaterThan(100_000);
    }

    @Test
    void whatIsMissingOrUnknownIsNamed() {
        assertThat(export().err()).contains("--output");
        Ran format = export("--output", folder.resolve("x.onnx"), "--format", "tflite");
        assertThat(format.code()).isEqualTo(2);
        assertThat(format.err()).contains("'tflite'", "onnx");
        assertThat(export("--output", folder.resolve("x.onnx"), "--input", "int8")
                        .err())
                .contains("'int8'", "float32, uint8");
        Ran nothing = multilabel("export", "--model", folder.resolve("none"), "--output", folder.resolve("x.onnx"));
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.err()).contains("none").doesNotContain("\tat ");
    }
}
