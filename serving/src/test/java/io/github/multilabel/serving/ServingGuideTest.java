package io.github.multilabel.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.model.prediction.PredictionResult;
import io.github.multilabel.serving.http.PredictionServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/serving.md shows works as it stands there. */
class ServingGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "serving.md");

    @TempDir
    private Path folder;

    @BeforeEach
    void savePhotosAndModel() throws IOException {
        Files.write(folder.resolve("car.jpg"), SmallModels.photo(30));
        Files.write(folder.resolve("van.jpg"), SmallModels.photo(40));
        SmallModels.save(folder.resolve("model"), 1);
    }

    private static List<String> commands() throws IOException {
        return Pattern.compile("^curl .*$", Pattern.MULTILINE)
                .matcher(Files.readString(GUIDE))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void theCommandsOfTheGuideAreAnswered() throws Exception {
        // given
        assumeTrue(isThere("curl") && isThere("bash"), "curl and bash are needed");
        assertThat(commands()).hasSizeGreaterThan(5);
        try (PredictionService service = PredictionService.builder()
                        .addModel("cars", folder.resolve("model"))
                        .build();
                PredictionServer server =
                        PredictionServer.builder(service).optPort(0).start()) {
            for (String command : commands()) {

                // when
                Process process = new ProcessBuilder(
                                "bash",
                                "-c",
                                command.replace("localhost:8080", "127.0.0.1:" + server.port()) + " -sS --fail")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

                // then
                assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
            }
        }
        assertThat(folder.resolve("map.png")).isNotEmptyFile();
    }

    private static boolean isThere(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void theCodeOfTheGuideIsThis() throws Exception {
        byte[] photo = SmallModels.photo(30);
        Path folder = this.folder.resolve("model");
        // begin
        try (PredictionService service = PredictionService.builder()
                .addModel("cars", folder)
                .optReload(Duration.ofSeconds(10))
                .build()) {
            Accepted images = service.model("cars").predict(List.of(ImageSource.of("upload", photo)));
            PredictionResult car = images.answers().get(0).join();
            System.out.println(car.toJson(1));
        }
        // end
        String mine = Files.readString(
                Path.of("src", "test", "java", "io", "github", "multilabel", "serving", "ServingGuideTest.java"));
        String code = mine.substring(mine.indexOf("// begin\n") + 9, mine.indexOf("        // end\n"))
                .replaceAll("(?m)^ {8}", "");
        assertThat(Files.readString(GUIDE)).contains(code);
    }
}
