package io.github.multilabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.drift.UnusualThreshold;
import io.github.multilabel.model.drift.UsualFeatures;
import io.github.multilabel.model.export.ExportOutput;
import io.github.multilabel.model.heads.HeadCalibration;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionResult;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxPredictorTest {

    private static final double CLOSE = 1e-5;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("model.onnx");
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, LOGITS", "FLOAT32, PROBABILITIES", "UINT8, LOGITS", "UINT8, PROBABILITIES"})
    void itAnswersAsThePredictorOfTheModel(OnnxInput input, ExportOutput output) throws IOException {
        List<ImageSource> images = photos(5);
        List<PredictionResult> expected;
        try (MultiLabelModel model = TestModels.tiny(TestModels.HEADS)) {
            OnnxExport.of(model).optInput(input).optOutput(output).write(file);
            try (MultiLabelPredictor predictor = model.newPredictor()) {
                expected = predictor.predictAll(images);
            }
        }

        try (OnnxPredictor predictor =
                OnnxPredictor.builder(file).optBatchSize(3).build()) {
            assertSame(predictor.predictAll(images), expected);
            assertThat(predictor.engine()).isEqualTo("onnxruntime");
            assertThat(predictor.heads()).isEqualTo(TestModels.HEADS);
        }
    }

    @Test
    void calibrationAndThresholdsOfTheModelAreKept() throws IOException {
        ImageSource photo = photos(1).get(0);
        Prediction expected;
        try (MultiLabelModel tiny = TestModels.tiny(TestModels.HEADS);
                MultiLabelModel model = tiny.withCalibration(List.of(
                                new HeadCalibration.Temperature("brand", 3),
                                new HeadCalibration.TagScales("tags", List.of(2.0, 0.5), List.of(1.0, -1.0))))
                        .withThresholds(List.of(
                                new HeadThreshold.UnknownBelow("brand", 0.999, 0.9),
                                new HeadThreshold.OfTags("tags", List.of(0.1, 0.9))))) {
            OnnxExport.of(model).write(file);
            try (MultiLabelPredictor predictor = model.newPredictor()) {
                expected = predictor.predict(photo);
            }
        }

        try (OnnxPredictor predictor = OnnxPredictor.load(file)) {
            Prediction answer = predictor.predict(photo);

            assertSame(answer, expected);
            assertThat(answer.head("brand").unknown()).isTrue();
            assertThat(answer.head("tags").threshold())
                    .isEqualTo(expected.head("tags").threshold());
        }
    }

    @ParameterizedTest
    @EnumSource(ExportOutput.class)
    void unusualImagesAreToldAsByTheModel(ExportOutput output) throws IOException {
        ImageSource photo = photos(1).get(0);
        Prediction expected;
        try (MultiLabelModel tiny = TestModels.tiny(TestModels.HEADS);
                MultiLabelModel model = tiny.withTestTimeFlip(true)) {
            int features = model.block().featureCount();
            float[][] directions = new float[1][features];
            directions[0][1] = 1;
            model.tellUnusual(
                    Optional.of(new UsualFeatures(new float[features], directions, new float[] {0.25f, 0.125f})),
                    Optional.of(new UnusualThreshold(0.001, 0.01)));
            OnnxExport.of(model).optOutput(output).write(file);
            try (MultiLabelPredictor predictor = model.newPredictor()) {
                expected = predictor.predict(photo);
            }
        }

        try (OnnxPredictor predictor = OnnxPredictor.load(file)) {
            Prediction answer = predictor.predict(photo);

            assertSame(answer, expected);
            assertThat(answer.isUnusual()).isTrue();
            assertThat(answer.distance().orElseThrow().value())
                    .isPositive()
                    .isCloseTo(expected.distance().orElseThrow().value(), within(CLOSE));
            assertThat(answer.heads()).allMatch(HeadPrediction::unknown);
            assertThat(predictor.answers().columns(false, 1, false).header()).contains("image.distance");
        }
    }

    @Test
    void eightThreadsGiveTheAnswersOfOne() throws Exception {
        export();
        List<ImageSource> images = photos(16);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (OnnxPredictor predictor =
                OnnxPredictor.builder(file).optConcurrency(8).build()) {
            List<Prediction> alone = new ArrayList<>();
            for (ImageSource image : images) {
                alone.add(predictor.predict(image));
            }

            List<Future<Prediction>> together = images.stream()
                    .map(image -> threads.submit(() -> predictor.predict(image)))
                    .toList();

            for (int i = 0; i < alone.size(); i++) {
                assertThat(together.get(i).get()).isEqualTo(alone.get(i));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anImageThatCannotBeReadFailsInItsPlace() throws IOException {
        export();
        List<ImageSource> images = List.of(
                photos(1).get(0),
                ImageSource.of("broken", new byte[] {1, 2, 3}),
                photos(1).get(0));
        try (OnnxPredictor predictor = OnnxPredictor.load(file)) {
            assertThat(predictor.predictAll(images))
                    .extracting(PredictionResult::source)
                    .containsExactly("photo0", "broken", "photo0");
            assertThat(predictor.predictAll(images).get(1)).isNotInstanceOf(Prediction.class);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> predictor.predict(new byte[] {1, 2, 3}))
                    .withMessageContaining("bytes");
        }
    }

    @Test
    void theFastestEngineOfTheClassPathCanBeAskedFor() throws IOException {
        export();
        ImageSource photo = photos(1).get(0);
        try (OnnxPredictor fastest =
                        OnnxPredictor.builder(file).optEngine("auto").build();
                OnnxPredictor named =
                        OnnxPredictor.builder(file).optEngine("onnxruntime").build()) {
            assertThat(fastest.engine()).isEqualTo("onnxruntime"); // the only one of this module
            assertThat(fastest.predict(photo)).isEqualTo(named.predict(photo));
        }
    }

    @Test
    void anEngineThatIsNotThereIsNamedWithThoseThatAre() throws IOException {
        export();

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> OnnxPredictor.builder(file).optEngine("openvino").build())
                .withMessageContainingAll("openvino", "onnxruntime", "multilabel-openvino");
    }

    @Test
    void aPrecisionThatTheEngineLacksIsRefused() throws IOException {
        export();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxPredictor.builder(file)
                        .optPrecision(Precision.BFLOAT16)
                        .build())
                .withMessageContaining("ONNX Runtime cannot compute in BFLOAT16");
    }

    @Test
    void badSettingsAreNamedTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxPredictor.builder(file)
                        .optBatchSize(0)
                        .optConcurrency(-1)
                        .optThreads(0)
                        .optNativeThreads(2000)
                        .build())
                .withMessageContainingAll(
                        "optBatchSize(0)", "optConcurrency(-1)", "optThreads(0)", "optNativeThreads(2000)");
    }

    @Test
    void aFileThatIsNotThereIsSaidSo() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> OnnxPredictor.load(file))
                .withMessageContaining("model.onnx");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 80, 87, 200})
    void aFileOfSomethingElseIsRefused(int bytes) throws IOException {
        Files.write(file, new byte[bytes]);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> OnnxPredictor.load(file))
                .withMessageContainingAll("model.onnx", "export the model again");
    }

    /** Native parsers trust what they read, so no changed byte may get to them. */
    @Test
    void anyChangedByteIsFound() throws IOException {
        export();
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            byte[] changed = whole.clone();
            int where = i < 100 ? whole.length - 1 - i : random.nextInt(whole.length);
            changed[where] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, changed);

            assertThatExceptionOfType(IOException.class)
                    .as("byte %d", where)
                    .isThrownBy(() -> OnnxPredictor.load(file))
                    .withMessageContaining("export the model again");
        }
    }

    @Test
    void aFileWhoseEndIsMissingIsRefused() throws IOException {
        export();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> OnnxPredictor.load(file))
                .withMessageContaining("its end is missing");
    }

    @Test
    void aClosedPredictorSaysHowToMakeAnother() throws IOException {
        export();
        OnnxPredictor predictor = OnnxPredictor.load(file);
        predictor.close();
        predictor.close();

        assertThatIllegalStateException()
                .isThrownBy(predictor::warmUp)
                .withMessage("this predictor is closed; create another with OnnxPredictor.load(file)");
    }

    private void export() throws IOException {
        try (MultiLabelModel model = TestModels.tiny(TestModels.HEADS)) {
            OnnxExport.of(model).write(file);
        }
    }

    private static void assertSame(List<PredictionResult> found, List<PredictionResult> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertSame((Prediction) found.get(i), (Prediction) expected.get(i));
        }
    }

    private static void assertSame(Prediction found, Prediction expected) {
        assertThat(found.source()).isEqualTo(expected.source());
        assertThat(found.heads())
                .extracting(HeadPrediction::name)
                .isEqualTo(expected.heads().stream().map(HeadPrediction::name).toList());
        for (HeadPrediction head : expected.heads()) {
            for (int k = 0; k < head.probabilities().size(); k++) {
                assertThat(found.head(head.name()).probabilities().get(k).probability())
                        .as("%s of %s", head.probabilities().get(k).category(), head.name())
                        .isCloseTo(head.probabilities().get(k).probability(), within(CLOSE));
            }
        }
    }

    private static List<ImageSource> photos(int count) throws IOException {
        List<ImageSource> photos = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(20 + i, 24, BufferedImage.TYPE_INT_RGB);
            Graphics2D drawing = image.createGraphics();
            drawing.setColor(new Color(40 * i % 256, 255 - 15 * i, 90));
            drawing.fillOval(2, 3, 8 + i, 12);
            drawing.dispose();
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(image, "png", png);
            photos.add(ImageSource.of("photo" + i, png.toByteArray()));
        }
        return photos;
    }
}
