package io.github.multilabel.core.torch.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchEngineTest {

    @TempDir
    private Path temporary;

    @Test
    void itStartsOnAThreadThatSeesNoneOfTheApplicationsClassesAndAfterAFailure() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "not a folder");
        List<String> lines =
                run(System.getProperty("java.class.path"), file.resolve("cache").toString());
        assertThat(lines)
                .contains("engines that DJL finds: []", "the answer is 42.0", "loader kept: true")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("PyTorch cannot be started, because its native library cannot be unpacked to '"
                                + file.resolve("cache"))
                        .contains("DJL_CACHE_DIR"));
    }

    @Test
    void whatIsMissingIsSaidIfTheLibraryIsNotOnTheClassPathAndCannotBeDownloaded() throws Exception {
        String without = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> !jar.contains("pytorch-native"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> lines = run(
                without, temporary.resolve("cache").toString(), "-Dhttps.proxyHost=127.0.0.1", "-Dhttps.proxyPort=1");
        assertThat(lines).anySatisfy(line -> assertThat(line)
                .startsWith("PyTorch cannot be started: its native library is not on the class path, and cannot"
                        + " be downloaded (ConnectException")
                .contains("pytorch-native-cpu"));
    }

    private static List<String> run(String classPath, String argument, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // a short life
                "-cp",
                classPath,
                "-DOPT_OUT_TRACKING=true"));
        command.addAll(List.of(options));
        command.addAll(List.of(FirstTouch.class.getName(), argument));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }
}
