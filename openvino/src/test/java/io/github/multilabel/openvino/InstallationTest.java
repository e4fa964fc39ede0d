package io.github.multilabel.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.jna.Platform;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

    private static final String LIBRARY =
            Platform.isWindows() ? "openvino_c.dll" : Platform.isMac() ? "libopenvino_c.dylib" : "libopenvino_c.so";

    @TempDir
    private Path folder;

    @Test
    void aMissingOpenVinoIsAProblemThatSaysWhatToDo() {
        Installation none = installation(new LibraryJar(getClass().getClassLoader()));

        assertThat(none.problem()).hasValueSatisfying(problem -> assertThat(problem)
                .startsWith("OpenVINO is not found; searched in " + folder)
                .contains("set OPENVINO_LIB_PATH to the folder of libopenvino_c"));
        assertThatIllegalStateException().isThrownBy(none::library).withMessageStartingWith("OpenVINO is not found");
    }

    @Test
    void aFileThatIsNoLibraryIsAProblem() throws IOException {
        Files.writeString(folder.resolve(LIBRARY), "no library");

        assertThat(installation(new LibraryJar(getClass().getClassLoader())).problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith("OpenVINO cannot be loaded: ")
                        .contains(LIBRARY)
                        .endsWith("it must be for this system and processor, and lie beside its other libraries"));
    }

    @Test
    void librariesOfAJarAreUnpackedIntoOneFolder() throws IOException {
        Path jar = folder.resolve("openvino.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : List.of("", LIBRARY, "libtbb.so.12", "deeper/no.so")) {
                zip.putNextEntry(new ZipEntry(LibraryJar.folder() + name));
            }
            zip.putNextEntry(new ZipEntry("org/bytedeco/openvino/other-system/" + LIBRARY));
        }

        try (URLClassLoader classPath =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            Optional<Path> unpacked = new LibraryJar(classPath).unpack();

            assertThat(unpacked).hasValueSatisfying(each -> assertThat(each)
                    .isDirectoryContaining(file -> file.endsWith(LIBRARY))
                    .isDirectoryContaining(file -> file.endsWith("libtbb.so.12"))
                    .isDirectoryNotContaining(file -> file.endsWith("no.so")));
        }
    }

    private Installation installation(LibraryJar jar) {
        return new Installation(new LibraryPlaces(List.of(folder)), jar);
    }
}
