package io.github.multilabel.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.prediction.CategoryProbability;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.onnx.OnnxExport;
import io.github.multilabel.onnx.OnnxInput;
import io.github.multilabel.onnx.OnnxPredictor;
import io.github.multilabel.onnx.engine.OnnxEngine;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Needs OpenVINO: {@code OPENVINO_LIB_PATH} names the folder of its libraries. */
@Tag("openvino")
class OpenVinoEngineTest {

    private static final int SIDE = 64;

    @TempDir
    private static Path folder;

    private static MultiLabelModel model;

    @BeforeAll
    static void createModel() throws IOException {
        model = MultiLabelModel.create(
                Backbones.efficientnetLite0(),
                HeadSet.of(Head.singleLabel("brand", "Audi", "BMW", "Fiat"), Head.multiLabel("tags", "new", "red")),
                Preprocessing.imageNet(SIDE),
                Device.cpu(),
                1);
    }

    @Test
    void theLibraryIsFound() {
        assertThat(new OpenVinoEngine().problem()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(OnnxInput.class)
    void itAnswersAsOnnxRuntimeWhateverTheSizeOfTheBatch(OnnxInput input) throws IOException {
        Path file = folder.resolve(input + ".onnx");
        OnnxExport.of(model).optInput(input).write(file);
        List<ImageSource> images = photos(7);
        for (int batch : List.of(1, 7, 2, 3)) {
            try (OnnxPredictor found = OnnxPredictor.builder(file)
                            .optEngine("openvino")
                            .optBatchSize(batch)
                            .build();
                    OnnxPredictor expected =
                            OnnxPredictor.builder(file).optBatchSize(batch).build()) {
                for (int i = 0; i < images.size(); i++) {
                    assertClose((Prediction) found.predictAll(images).get(i), (Prediction)
                            expected.predictAll(images).get(i));
                }
            }
        }
    }

    @Test
    void eightThreadsGiveTheAnswersOfOne() throws Exception {
        Path file = folder.resolve("threads.onnx");
        OnnxExport.of(model).write(file);
        List<ImageSource> images = photos(16);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (OnnxPredictor predictor = OnnxPredictor.builder(file)
                .optEngine("openvino")
                .optConcurrency(8)
                .build()) {
            List<Future<Prediction>> together = images.stream()
                    .map(image -> threads.submit(() -> predictor.predict(image)))
                    .toList();

            for (int i = 0; i < images.size(); i++) {
                assertThat(together.get(i).get()).isEqualTo(predictor.predict(images.get(i)));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theFastestOfBothEnginesIsTaken() throws IOException {
        Path file = folder.resolve("auto.onnx");
        OnnxExport.of(model).write(file);
        try (OnnxPredictor predictor =
                OnnxPredictor.builder(file).optEngine("auto").build()) {
            assertThat(predictor.engine()).isIn("openvino", "onnxruntime");
            assertThat(predictor.predict(photos(1).get(0)).heads()).hasSize(2);
        }
    }

    @Test
    void aFileThatIsNoModelIsRefusedByName() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.onnx"), "no model");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new OpenVinoEngine().open(file, new OnnxEngine.Settings(1, Precision.FLOAT32)))
                .withMessageContainingAll("notes.onnx", "OpenVINO could not read the file");
    }

    @Test
    void imagesOfAnotherSizeThanTheirShapeSaysAreRefused() throws IOException {
        Path file = folder.resolve("shape.onnx");
        OnnxExport.of(model).write(file);
        try (var session = new OpenVinoEngine().open(file, new OnnxEngine.Settings(1, Precision.FLOAT32))) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> session.run(ByteBuffer.allocateDirect(12), 1, 3, SIDE, SIDE))
                    .withMessageContainingAll("49152 bytes", "[1, 3, 64, 64]", "got 12");
        }
    }

    private static void assertClose(Prediction found, Prediction expected) {
        for (HeadPrediction head : expected.heads()) {
            for (CategoryProbability category : head.probabilities()) {
                assertThat(found.head(head.name()).probabilities().stream()
                                .filter(each -> each.category().equals(category.category()))
                                .findFirst()
                                .orElseThrow()
                                .probability())
                        .isCloseTo(category.probability(), within(1e-4));
            }
        }
    }

    private static List<ImageSource> photos(int count) throws IOException {
        Random random = new Random(1);
        List<ImageSource> photos = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                image.setRGB(pixel % SIDE, pixel / SIDE, random.nextInt(1 << 24));
            }
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(image, "png", png);
            photos.add(ImageSource.of("photo" + i, png.toByteArray()));
        }
        return photos;
    }
}
