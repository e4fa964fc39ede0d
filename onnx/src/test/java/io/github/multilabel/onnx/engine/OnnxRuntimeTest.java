package io.github.multilabel.onnx.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.multilabel.core.torch.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRuntimeTest {

    @TempDir
    private Path folder;

    @Test
    void theVersionThatIsTestedIsTheOneOnTheClassPath() {
        assertThat(OnnxRuntime.environment().getVersion()).isEqualTo("1.28.0");
    }

    @Test
    void theVersionThatEndsTheProcessIsRefusedWhereTheCommandLineIsLong() {
        assertThat(OnnxRuntime.danger("1.29.0", 4000, false).orElseThrow())
                .contains("ONNX Runtime 1.29.0", "3900", "4000", "onnxruntime:1.28.0", "ORT_DISABLE_TELEMETRY=1");
        assertThat(OnnxRuntime.danger("1.29.0", 4000, true)).isEmpty();
        assertThat(OnnxRuntime.danger("1.29.0", 3000, false)).isEmpty();
        assertThat(OnnxRuntime.danger("1.28.0", 4000, false)).isEmpty();
    }

    @Test
    void whatCannotBeLoadedSaysWhatToDo() {
        assertThat(OnnxRuntime.whatToDo((NoClassDefFoundError) new NoClassDefFoundError("ai/onnxruntime/OrtEnvironment")
                        .initCause(new ClassNotFoundException())))
                .isEqualTo("ONNX Runtime is not on the class path: add com.microsoft.onnxruntime:onnxruntime:1.28.0");
        assertThat(OnnxRuntime.whatToDo(new UnsatisfiedLinkError("no such file")))
                .contains("no such file", "Linux", "java.io.tmpdir", "onnxruntime.native.path");
    }

    @Test
    void aFileThatIsNoModelIsRefusedByName() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.onnx"), "no model");
        assertThatIOException()
                .isThrownBy(() -> new OrtEngine().open(file, new OnnxEngine.Settings(1, Precision.FLOAT32)))
                .withMessageContaining("notes.onnx");
    }
}
