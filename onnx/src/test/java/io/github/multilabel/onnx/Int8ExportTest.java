package io.github.multilabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.export.ExportOutput;
import io.github.multilabel.model.heads.HeadCalibration;
import io.github.multilabel.model.prediction.Prediction;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in int8 of networks with random weights. */
class Int8ExportTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("int8.onnx");
    }

    /** Noise over grey of all levels. */
    private static List<ImageSource> photos(int count, int side) {
        Random random = new Random(9);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
                    for (int pixel = 0; pixel < side * side; pixel++) {
                        int grey = 255 * i / count;
                        int noise = random.nextInt(0x1000000) >> 2 & 0x3f3f3f;
                        image.setRGB(pixel % side, pixel / side, (grey * 0x010101 >> 1 & 0x7f7f7f) + noise);
                    }
                    return ImageSource.of("photo" + i, png(image));
                })
                .toList();
    }

    private static byte[] png(BufferedImage image) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MultiLabelModel tiny() throws IOException {
        return TestModels.tiny(TestModels.HEADS);
    }

    @ParameterizedTest
    @EnumSource(OnnxInput.class)
    void aFileInInt8AnswersAlmostAsTheModel(OnnxInput input) throws IOException {
        List<ImageSource> images = photos(25, 16);
        Path inFloat32 = folder.resolve("float32.onnx");
        ExportedModel exported;
        try (MultiLabelModel model = tiny()) {
            OnnxExport.of(model).optInput(input).write(inFloat32);
            exported = OnnxExport.of(model).optInput(input).optInt8(images).write(file);
        }

        Int8Result result = exported.int8().orElseThrow();
        assertThat(result.calibrated()).isEqualTo(20);
        assertThat(result.heldOut()).isEqualTo(5);
        assertThat(result.heads()).extracting(HeadAgreement::head).isEqualTo(TestModels.HEADS.names());
        assertThat(result.floatLayers()).isEmpty();
        assertThat(result.floatBytes()).isPositive();
        assertThat(exported.toString()).contains("int8 answers as float32", "brand", "5 images", "in float32: none");
        try (OnnxPredictor int8 = OnnxPredictor.load(file);
                OnnxPredictor exact = OnnxPredictor.load(inFloat32)) {
            assertThat(int8.isInt8()).isTrue();
            assertThat(exact.isInt8()).isFalse();
            double difference = 0;
            for (ImageSource image : images) {
                difference = Math.max(difference, difference(int8.predict(image), exact.predict(image)));
            }
            assertThat(difference).isLessThan(0.05).isPositive(); // the one really computes with bytes
        }
    }

    private static double difference(Prediction one, Prediction other) {
        return IntStream.range(0, one.heads().size())
                .mapToDouble(head -> IntStream.range(
                                0, one.heads().get(head).probabilities().size())
                        .mapToDouble(k -> Math.abs(probability(one, head, k) - probability(other, head, k)))
                        .max()
                        .orElseThrow())
                .max()
                .orElseThrow();
    }

    private static double probability(Prediction prediction, int head, int category) {
        return prediction.heads().get(head).probabilities().get(category).probability();
    }

    /** Residual with pooling, with gates, with layer norms between convolutions, and with attention. */
    @Tag("hostile") // for its time
    @ParameterizedTest
    @ValueSource(
            strings = {
                "resnet18",
                "tf_efficientnet_lite0",
                "mobilenet_v3_large",
                "convnext_tiny",
                "vit_small_patch16_224"
            })
    void everyFamilyOfBackbonesCanBeInInt8(String sample) throws Exception {
        HeadSet heads = HeadSet.of(Head.singleLabel("side", "a", "b"));
        try (MultiLabelModel model =
                TestModels.of(TestModels.network(sample), Preprocessing.imageNet(64), heads, Map.of())) {
            ExportedModel exported =
                    OnnxExport.of(model).optInt8(photos(20, 64)).write(file);

            Int8Result result = exported.int8().orElseThrow();
            assertThat((double) exported.bytes() / result.floatBytes())
                    .as("of the length in float32, %s", result)
                    .isLessThan(0.4);
        }
    }

    @Test
    void theSameImagesGiveTheSameFile() throws IOException {
        Path again = folder.resolve("again.onnx");
        try (MultiLabelModel model = tiny()) {
            OnnxExport export = OnnxExport.of(model).optInt8(photos(20, 16));
            export.write(file);
            export.write(again);
        }
        assertThat(again).hasSameBinaryContentAs(file);
    }

    @Test
    void theDescriptionTellsHowOftenTheAnswersAreTheSame() throws IOException {
        ExportedModel exported;
        try (MultiLabelModel model = tiny()) {
            exported = OnnxExport.of(model).optInt8(photos(20, 16)).write(file);
        }
        double least = AnswerComparison.least(exported.int8().orElseThrow().heads());

        assertThat(ExportedFile.read(file).int8()).hasValue(least);
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).contains("\"int8\":{\"agreement\":");
    }

    @Test
    void tooFewImagesAreRefusedBeforeAnythingIsDone() throws IOException {
        try (MultiLabelModel model = tiny()) {
            OnnxExport export = OnnxExport.of(model).optInt8(photos(19, 16));

            assertThatExceptionOfType(InvalidOptionsException.class)
                    .isThrownBy(() -> export.write(file))
                    .withMessageContainingAll("optInt8", "19 images", "at least 20", "some hundred");
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void anImageThatCannotBeReadIsNamedAndNoFileIsKept() throws IOException {
        List<ImageSource> images = new ArrayList<>(photos(30, 16));
        images.set(20, ImageSource.of("broken.jpg", new byte[] {1, 2, 3}));
        try (MultiLabelModel model = tiny()) {
            OnnxExport export = OnnxExport.of(model).optInt8(images);

            assertThatIOException().isThrownBy(() -> export.write(file)).withMessageContaining("broken.jpg");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void int8IsMeasuredBesideTheModelThatWasExported() throws IOException {
        try (MultiLabelModel model = tiny();
                MultiLabelModel other = model.withCalibration(List.of(new HeadCalibration.Temperature("brand", 2)))) {
            OnnxExport.of(model)
                    .optInput(OnnxInput.UINT8)
                    .optInt8(photos(25, 16))
                    .write(file);

            try (EnginePredictor predictor =
                    EnginePredictor.builder(model).optInt8(file).build()) {
                assertThat(predictor.measured())
                        .extracting(speed -> EngineSpeed.name(speed.engine(), speed.isInt8()))
                        .containsExactly("pytorch", "onnxruntime", "onnxruntime in int8");
            }
            assertThatIOException()
                    .isThrownBy(
                            () -> EnginePredictor.builder(other).optInt8(file).build())
                    .withMessageContaining("is not the same model in int8");
        }
    }

    @Test
    void aPredictorTakesInt8OnlyOfTheSameModel() throws IOException {
        Path inFloat32 = folder.resolve("float32.onnx");
        Path probabilities = folder.resolve("probabilities.onnx");
        try (MultiLabelModel model = tiny()) {
            OnnxExport.of(model).write(inFloat32);
            OnnxExport.of(model).optOutput(ExportOutput.PROBABILITIES).write(probabilities);
            OnnxExport.of(model).optInt8(photos(20, 16)).write(file);
        }

        try (OnnxPredictor predictor =
                OnnxPredictor.builder(inFloat32).optInt8(file).build()) {
            assertThat(predictor.engine()).isEqualTo("onnxruntime");
            assertThat(predictor.predict(photos(1, 16).get(0)).heads()).hasSize(TestModels.HEADS.size());
        }
        assertThatIOException()
                .isThrownBy(
                        () -> OnnxPredictor.builder(probabilities).optInt8(file).build())
                .withMessageContainingAll("int8.onnx", "is not the same model in int8");
        assertThatIOException()
                .isThrownBy(() ->
                        OnnxPredictor.builder(inFloat32).optInt8(probabilities).build())
                .withMessageContainingAll("probabilities.onnx", "is not in int8", "--calibration");
    }
}
