package io.github.multilabel.openvino;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryPlacesTest {

    private static final String LIBRARY =
            Platform.isWindows() ? "openvino_c.dll" : Platform.isMac() ? "libopenvino_c.dylib" : "libopenvino_c.so";

    @TempDir
    private Path folder;

    @Test
    void theFolderThatTheUserNamesIsTheOnlyOne() throws IOException {
        Path library = Files.createFile(folder.resolve(LIBRARY));

        LibraryPlaces places = LibraryPlaces.of(
                Map.of("OPENVINO_LIB_PATH", folder.toString(), "INTEL_OPENVINO_DIR", "/opt/intel/openvino"));

        assertThat(places.find()).contains(library);
        assertThat(places.searched()).isEqualTo("searched in " + folder);
    }

    @Test
    void anInstalledOpenVinoIsFoundWithinItsFolder() throws IOException {
        Path within = Files.createDirectories(folder.resolve("runtime/lib/intel64"));
        Path library = Files.createFile(within.resolve(LIBRARY));

        assertThat(LibraryPlaces.of(Map.of("INTEL_OPENVINO_DIR", folder.toString()))
                        .find())
                .contains(library);
    }

    @Test
    void otherLibrariesAreNotTakenForIt() throws IOException {
        Files.createFile(folder.resolve("libopenvino.so.2641"));
        Files.createFile(folder.resolve("openvino_c.txt"));

        assertThat(new LibraryPlaces(List.of(folder, folder.resolve("none"))).find())
                .isEmpty();
    }
}
