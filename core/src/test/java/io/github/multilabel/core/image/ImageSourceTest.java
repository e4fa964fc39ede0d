package io.github.multilabel.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ImageSourceTest {

    @TempDir
    Path folder;

    @Test
    void aFileTellsItsProblemWithoutBeingRead() throws IOException {
        Path file = Files.write(folder.resolve("CAR.JPG"), new byte[] {1, 2});
        assertThat(ImageSource.of(file).problem()).isEmpty();
        assertThat(ImageSource.of(folder, "CAR.JPG").read()).containsExactly(1, 2);
        assertThat(ImageSource.of(folder).problem()).hasValue("is a folder");
        assertThat(ImageSource.of(folder, "gone.jpg").problem()).hasValue("no such file");
        assertThat(ImageSource.of("memory", new byte[0]).problem()).isEmpty();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    @Timeout(20) // or it waits without end for somebody who writes
    void aPipeIsRefused() throws Exception {
        Path pipe = folder.resolve("pipe.jpg");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(ImageSource.of(pipe).problem()).hasValue("is not a file");
        assertThatIOException().isThrownBy(() -> ImageSource.of(pipe).read()).withMessage(pipe + ": is not a file");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aLinkToItselfIsNamed() throws IOException {
        Path link = folder.resolve("link.jpg");
        Files.createSymbolicLink(link, link);

        assertThat(ImageSource.of(link).problem()).hasValue("is a link that leads to itself");
    }

    @Test
    void aPathThatCanBeNoFileNameIsAProblemAndNoException() {
        ImageSource source = ImageSource.of(folder, "car\0.jpg");
        assertThat(source.problem().orElseThrow()).startsWith("not a file name on this system");
        assertThatExceptionOfType(IOException.class).isThrownBy(source::read).withMessageContaining("not a file name");
    }

    /** A Java of its own, because the encoding of file names is fixed when it starts. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void underAnAsciiLocaleACyrillicPathNamesTheFileEncoding() throws Exception {
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CyrillicPath.class.getName());
        java.environment().put("LC_ALL", "C");
        java.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = java.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output)
                .contains("its letters do not exist in this Java's file name encoding, ANSI_X3.4-1968")
                .contains("LC_ALL=C.UTF-8");
    }

    /** Prints the problem of a Cyrillic path. */
    static final class CyrillicPath {
        public static void main(String[] args) {
            System.out.println(ImageSource.of(Path.of("cars"), "\u043c\u0430\u0448\u0438\u043d\u0430.jpg")
                    .problem()
                    .orElse("none"));
        }
    }
}
