package io.github.multilabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.ModelPredictor;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.export.ExportOutput;
import io.github.multilabel.model.prediction.Prediction;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnginePredictorTest {

    private static final BufferedImage PHOTO = new BufferedImage(24, 20, BufferedImage.TYPE_INT_RGB);

    @TempDir
    private Path folder;

    private Path saved;

    @BeforeEach
    void saveAModel() throws IOException {
        saved = folder.resolve("model");
        try (MultiLabelModel model = TestModels.tiny(TestModels.HEADS)) {
            model.save(saved);
        }
    }

    @Test
    void aFolderIsComputedByPyTorchUnlessAnotherEngineIsNamed() throws IOException {
        try (EnginePredictor predictor = EnginePredictor.builder(saved).build()) {
            assertThat(predictor.engine()).isEqualTo("pytorch");
            assertThat(predictor).hasToString("pytorch");
            assertThat(predictor.measured()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"onnxruntime", "ONNXRuntime", "auto"})
    void aFolderGivesTheSameAnswersOnEachEngine(String engine) throws IOException {
        try (EnginePredictor expected = EnginePredictor.builder(saved).build();
                EnginePredictor predictor =
                        EnginePredictor.builder(saved).optEngine(engine).build()) {
            assertSame(predictor.predict(PHOTO), expected.predict(PHOTO));
            assertThat(predictor.heads()).isEqualTo(TestModels.HEADS);
            assertThat(predictor.preprocessing()).isEqualTo(expected.preprocessing());
        }
    }

    @Test
    void theHeadsOfAFolderAndOfAFileAreReadWithoutAnEngine() throws IOException {
        Path file = folder.resolve("model.onnx");
        try (MultiLabelModel model = TestModels.tiny(TestModels.HEADS)) {
            var unused = OnnxExport.of(model).write(file);
        }

        assertThat(EnginePredictor.answers(saved).heads()).isEqualTo(TestModels.HEADS);
        assertThat(EnginePredictor.answers(file).heads()).isEqualTo(TestModels.HEADS);
    }

    @Test
    void weightsThatWereChangedHaveNoHeads() throws IOException {
        Path weights = saved.resolve("weights.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> EnginePredictor.answers(saved))
                .withMessageContaining("are not those that were saved");
    }

    @Test
    void pyTorchTakesPartInTheMeasurementOfAFolder() throws IOException {
        try (EnginePredictor predictor =
                EnginePredictor.builder(saved).optEngine("auto").build()) {
            assertThat(predictor.measured())
                    .extracting(EngineSpeed::engine)
                    .containsExactly("pytorch", "onnxruntime"); // of the class path of this module
            assertThat(predictor.measured()).allMatch(EngineSpeed::agrees);
            EngineSpeed fastest = predictor.measured().stream()
                    .min((a, b) -> Double.compare(a.milliseconds(), b.milliseconds()))
                    .orElseThrow();
            assertThat(predictor.engine()).isEqualTo(fastest.engine());
        }
    }

    @Test
    void whatNoEngineOfFilesCanComputeIsLeftToPyTorch() throws IOException {
        try (EnginePredictor predictor = EnginePredictor.builder(saved)
                .optEngine("auto")
                .optPrecision(Precision.BFLOAT16)
                .build()) {
            assertThat(predictor.measured()).extracting(EngineSpeed::engine).containsExactly("pytorch");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EnginePredictor.builder(saved)
                        .optEngine("onnxruntime")
                        .optPrecision(Precision.BFLOAT16)
                        .build())
                .withMessageContaining("ONNX Runtime cannot compute in BFLOAT16");
    }

    @Test
    void theTemporaryFileIsGoneWhenThePredictorIsThereOrRefused() throws IOException {
        Set<Path> before = temporaryFolders();
        try (EnginePredictor predictor =
                EnginePredictor.builder(saved).optEngine("onnxruntime").build()) {
            assertThat(temporaryFolders()).isEqualTo(before);
            assertThat(predictor.predict(PHOTO).heads()).hasSize(4);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> EnginePredictor.builder(saved)
                .optEngine("onnxruntime")
                .optPrecision(Precision.BFLOAT16)
                .build());
        assertThat(temporaryFolders()).isEqualTo(before);
    }

    private static Set<Path> temporaryFolders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("multilabel-engine"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void aModelStaysOpenForWhoeverGaveIt() throws IOException {
        try (MultiLabelModel model = TestModels.tiny(TestModels.HEADS)) {
            EnginePredictor.builder(model).optEngine("auto").build().close();
            EnginePredictor.builder(model).build().close();

            try (EnginePredictor again = EnginePredictor.builder(model).build()) {
                assertThat(again.predict(PHOTO).heads()).hasSize(4);
            }
        }
    }

    @Test
    void aFileIsComputedByOnnxRuntimeAndNotByPyTorch() throws IOException {
        Path file = export(ExportOutput.LOGITS);
        try (EnginePredictor predictor = EnginePredictor.builder(file).build();
                EnginePredictor ofFolder = EnginePredictor.builder(saved).build()) {
            assertThat(predictor).hasToString("onnxruntime");
            assertSame(predictor.predict(PHOTO), ofFolder.predict(PHOTO));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> EnginePredictor.builder(file).optEngine("pytorch").build())
                .withMessageContainingAll("model.onnx", "an exported file", "onnxruntime, openvino or auto");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() ->
                        EnginePredictor.builder(folder.resolve("none.onnx")).build())
                .withMessageContaining("none.onnx");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(
                        () -> EnginePredictor.builder(folder.resolve("none")).build())
                .withMessageContaining("none");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        EnginePredictor.builder(saved).optEngine("openvin").build())
                .withMessageContainingAll("openvin", "onnxruntime", "multilabel-openvino");
    }

    @Test
    void aFileThatIsNotInInt8IsRefusedBesideAModel() throws IOException {
        Path logits = export(ExportOutput.LOGITS);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> EnginePredictor.builder(saved).optInt8(logits).build())
                .withMessageContaining("is not in int8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EnginePredictor.builder(saved)
                        .optEngine("pytorch")
                        .optInt8(logits)
                        .build())
                .withMessageContaining("PyTorch does not compute in int8");
        Path probabilities = export(ExportOutput.PROBABILITIES);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() ->
                        EnginePredictor.builder(saved).optInt8(probabilities).build())
                .withMessageContaining("export it without --outputs probabilities");
    }

    @ParameterizedTest
    @EnumSource(ExportOutput.class)
    void logitsOfAFileMakeTheProbabilitiesOfTheModel(ExportOutput output) throws IOException {
        List<Pixels> images = Stream.generate(() -> Agreement.image(new Random(3), TestModels.PREPROCESSING.size()))
                .limit(3)
                .toList();
        try (EnginePredictor model = EnginePredictor.builder(saved).build();
                EnginePredictor file = EnginePredictor.builder(export(output)).build()) {
            assertSame(answer(file, images), answer(model, images));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytorch", "onnxruntime"})
    void imagesThatAreReadyAreAnsweredAsEncodedOnesAre(String engine) throws IOException {
        try (EnginePredictor predictor =
                EnginePredictor.builder(saved).optEngine(engine).build()) {
            List<Pixels> images = Stream.iterate(1L, seed -> seed + 1)
                    .map(seed -> Agreement.image(new Random(seed), TestModels.PREPROCESSING.size()))
                    .limit(3)
                    .toList();

            List<Prediction> answers = predictor.predictReady(List.of("a", "b", "c"), images);

            assertThat(answers).extracting(Prediction::source).containsExactly("a", "b", "c");
            for (int i = 0; i < images.size(); i++) {
                assertSame(answers.get(i), answer(predictor, List.of(images.get(i))));
            }
            assertThat(predictor.predictReady(List.of(), List.of())).isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> predictor.predictReady(List.of("a"), images))
                    .withMessage("1 names of 3 images: give one for each");
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            predictor.predictReady(List.of("a"), List.of(new Pixels(15, 16, new byte[15 * 16 * 3]))))
                    .withMessageContainingAll("15x16", "16x16", "preprocessing().apply");
        }
    }

    /** Of the first image. */
    private static Prediction answer(ModelPredictor predictor, List<Pixels> images) {
        float[][] logits = predictor.logits(images);
        for (int h = 0; h < logits.length; h++) {
            assertThat(logits[h])
                    .hasSize(images.size() * predictor.heads().get(h).size());
            logits[h] =
                    java.util.Arrays.copyOf(logits[h], predictor.heads().get(h).size());
        }
        return predictor.answers().prediction("image", logits);
    }

    @Test
    void imagesThatAreNotReadyHaveNoLogits() throws IOException {
        try (EnginePredictor predictor =
                EnginePredictor.builder(export(ExportOutput.LOGITS)).build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> predictor.logits(List.of(new Pixels(15, 16, new byte[15 * 16 * 3]))))
                    .withMessageContainingAll("15x16", "16x16", "preprocessing().apply");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> predictor.logits(List.of()))
                    .withMessageContaining("at least one");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytorch", "onnxruntime"})
    void aClosedPredictorSaysSo(String engine) throws IOException {
        EnginePredictor predictor =
                EnginePredictor.builder(saved).optEngine(engine).build();
        predictor.close();
        predictor.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> predictor.predict(PHOTO))
                .withMessageContaining("closed");
    }

    private Path export(ExportOutput output) throws IOException {
        Path file = folder.resolve("model.onnx");
        try (MultiLabelModel model = TestModels.tiny(TestModels.HEADS)) {
            OnnxExport.of(model).optOutput(output).write(file);
        }
        return file;
    }

    private static void assertSame(Prediction found, Prediction expected) {
        for (int h = 0; h < expected.heads().size(); h++) {
            for (int k = 0; k < expected.heads().get(h).probabilities().size(); k++) {
                assertThat(found.heads().get(h).probabilities().get(k).probability())
                        .isCloseTo(
                                expected.heads().get(h).probabilities().get(k).probability(), within(1e-5));
            }
        }
    }
}
