package io.github.multilabel.core.torch.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchEngineTest {

    @TempDir
    private Path temporary;

    @Test
    void itStartsOnAThreadThatSeesNoneOfTheApplicationsClassesAndAfterAFailure() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "not a folder");
        List<String> lines = run(file.resolve("cache").toString());
        assertThat(lines)
                .contains("engines that DJL finds: []", "the answer is 42.0", "loader kept: true")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("PyTorch cannot be started, because its native library cannot be unpacked to '"
                                + file.resolve("cache"))
                        .contains("DJL_CACHE_DIR"));
    }

    private List<String> run(String argument) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", // a short life
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-DOPT_OUT_TRACKING=true",
                        FirstTouch.class.getName(),
                        argument)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }
}
