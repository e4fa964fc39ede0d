package io.github.multilabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.prediction.CategoryProbability;
import io.github.multilabel.model.prediction.Prediction;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that only predicts leaves PyTorch out. */
class WithoutPyTorchTest {

    @TempDir
    private Path folder;

    @Test
    void exportedFilesPredictWithoutPyTorchOnTheClassPath() throws IOException, InterruptedException {
        Path file = folder.resolve("model.onnx");
        String expected;
        try (MultiLabelModel model = TestModels.tiny(TestModels.HEADS)) {
            OnnxExport.of(model).write(file);
            try (OnnxPredictor predictor = OnnxPredictor.load(file)) {
                expected = Predicts.answers(predictor.predict(Predicts.image()));
            }
        }
        Process predicts = startWithout(file, "pytorch");

        assertThat(new String(predicts.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .last()
                .isEqualTo(expected);
        assertThat(predicts.waitFor()).isZero();
    }

    @Test
    void withoutOnnxRuntimeTheMessageSaysWhatToAdd() throws IOException, InterruptedException {
        Path file = folder.resolve("model.onnx");
        try (MultiLabelModel model = TestModels.tiny(TestModels.HEADS)) {
            OnnxExport.of(model).write(file);
        }
        Process predicts = startWithout(file, "pytorch", "onnxruntime");

        assertThat(new String(predicts.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("ONNX Runtime is not on the class path: add com.microsoft.onnxruntime:onnxruntime:1.28.0");
        assertThat(predicts.waitFor()).isNotZero();
    }

    private static Process startWithout(Path file, String... jars) throws IOException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Arrays.stream(jars).noneMatch(entry::contains))
                .collect(Collectors.joining(File.pathSeparator));
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        Predicts.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
    }

    /** Such an application. */
    static final class Predicts {

        private Predicts() {}

        public static void main(String[] file) throws IOException {
            try {
                Class.forName("ai.djl.pytorch.engine.PtEngine");
                throw new IllegalStateException("PyTorch is there");
            } catch (ClassNotFoundException e) {
                try (EnginePredictor predictor =
                        EnginePredictor.builder(Path.of(file[0])).build()) {
                    System.out.println(answers(predictor.predict(image())));
                }
            }
        }

        static BufferedImage image() {
            return new BufferedImage(24, 20, BufferedImage.TYPE_INT_RGB);
        }

        static String answers(Prediction prediction) {
            return prediction.heads().stream()
                    .flatMap(head -> head.probabilities().stream())
                    .map(CategoryProbability::toString)
                    .collect(Collectors.joining(" "));
        }
    }
}
