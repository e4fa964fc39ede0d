package io.github.multilabel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the build packed, unpacked as a user does it and started by its own script. */
class ZipIT {

    private static final Path ZIP = Path.of(System.getProperty("multilabel.zip"));

    @TempDir
    private static Path temporary;

    /** The one folder of the zip, unpacked where blanks are in the path. */
    private static Path home;

    @BeforeAll
    static void unpack() throws IOException {
        Path folder = temporary.resolve("my programs");
        try (ZipFile zip = open()) {
            for (ZipArchiveEntry entry : entries(zip)) {
                Path file = folder.resolve(entry.getName());
                if (!entry.isDirectory()) {
                    Files.createDirectories(file.getParent());
                    try (InputStream content = zip.getInputStream(entry)) {
                        Files.copy(content, file);
                    }
                    file.toFile().setExecutable((entry.getUnixMode() & 0100) != 0);
                }
            }
        }
        try (Stream<Path> folders = Files.list(folder)) {
            List<Path> all = folders.toList();
            assertThat(all).as("top folders of %s", ZIP).hasSize(1);
            home = all.get(0);
        }
    }

    @Test
    void itHasScriptsLibrariesLicenceAndReadme() throws IOException {
        assertThat(ZIP.getFileName()).hasToString(home.getFileName() + ".zip");
        assertThat(home.resolve("LICENSE")).content().contains("Apache License");
        assertThat(home.resolve("README.txt"))
                .content()
                .contains("bin/multilabel")
                .doesNotContain("${");
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .allMatch(name -> name.endsWith(".jar"))
                    .anyMatch(name -> name.startsWith("multilabel-cli-"))
                    .anyMatch(name -> name.startsWith("pytorch-native-cpu-"))
                    .anyMatch(name -> name.startsWith("parquet-floor-"))
                    .noneMatch(name -> name.startsWith("junit") || name.contains("test-support"));
        }
    }

    @Test
    void eachScriptHasTheLineEndingsOfItsSystemAndTheUnixOneMayBeRun() throws IOException {
        assertThat(home.resolve("bin/multilabel")).content().doesNotContain("\r");
        assertThat(home.resolve("bin/multilabel.bat")).content().doesNotContainPattern("[^\r]\n");
        try (ZipFile zip = open()) {
            ZipArchiveEntry script = zip.getEntry(home.getFileName() + "/bin/multilabel");
            assertThat(Integer.toOctalString(script.getUnixMode())).endsWith("755");
        }
    }

    @Test
    void theCommandTellsTheVersionsOfItsParts() throws Exception {
        Answer answer = run(script(), Map.of(), "--version");

        assertThat(answer.err()).isEmpty();
        assertThat(answer.out().lines())
                .anyMatch(line -> line.startsWith("multilabel ")
                        && ZIP.getFileName().toString().equals(line.replace(' ', '-') + ".zip"))
                .anyMatch(line -> line.matches("PyTorch's bridge .*[0-9].*"));
        assertThat(answer.code()).isZero();
    }

    @Test
    void aSubcommandSaysHowItIsUsedAndNothingElse() throws Exception {
        Answer answer = run(script(), Map.of(), "predict", "--help");

        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).contains("Usage: multilabel predict", "--model");
        assertThat(answer.code()).isZero();
    }

    @Test
    void wrongOptionsEndWithTheCommandsOwnExitCode() throws Exception {
        assertThat(run(script(), Map.of(), "--no-such-option").code()).isEqualTo(2);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkToTheScriptStartsItToo() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("a link"), script());
        Path second = Files.createSymbolicLink(temporary.resolve("second"), link.getFileName());

        Answer answer = run(second, Map.of(), "--help");

        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).isZero();
    }

    @Test
    void javasOptionsComeFromTheEnvironment() throws Exception {
        Answer answer = run(script(), Map.of("MULTILABEL_OPTS", "-Dfirst=1 -XshowSettings:properties"), "--help");

        assertThat(answer.err()).contains("first = 1", "file.encoding = UTF-8");
    }

    @Test
    void aMissingJavaIsAMessage() throws Exception {
        Answer answer = run(script(), Map.of("JAVA_HOME", "/no such folder"), "--help");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("JAVA_HOME", "/no such folder", "17 or newer");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aJavaThatIsTooOldIsAMessage() throws Exception {
        Path old = temporary.resolve("jdk 8");
        Path java = Files.createDirectories(old.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"1.8.0_392\"' >&2\n");
        java.toFile().setExecutable(true);

        Answer answer = run(script(), Map.of("JAVA_HOME", old.toString()), "--help");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("too old", "17 or newer", "1.8.0_392");
    }

    private static Path script() {
        return home.resolve(OS.WINDOWS.isCurrentOs() ? "bin/multilabel.bat" : "bin/multilabel");
    }

    private record Answer(int code, String out, String err) {}

    /** Runs it with the Java of this test, away from its folder. */
    private static Answer run(Path script, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(script.toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(temporary.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "MULTILABEL_OPTS"));
        builder.environment().putAll(environment);
        Path out = Files.createTempFile(temporary, "out", ".txt");
        Path err = Files.createTempFile(temporary, "err", ".txt");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s ended", command).isTrue();
        return new Answer(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }

    private static ZipFile open() throws IOException {
        return ZipFile.builder().setPath(ZIP).get();
    }

    private static List<ZipArchiveEntry> entries(ZipFile zip) {
        return Collections.list(zip.getEntries());
    }
}
