package io.github.multilabel.openvino;

import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Folders in which OpenVINO's library may lie, the first one first. */
final class LibraryPlaces {

    /** Where the archive of an installed OpenVINO has its libraries. */
    private static final List<String> WITHIN_INSTALLATION = List.of(
            "runtime/lib/intel64",
            "runtime/lib/aarch64",
            "runtime/lib/arm64/Release",
            "runtime/lib/intel64/Release",
            "runtime/bin/intel64/Release");

    private static final List<String> OF_SYSTEM = List.of(
            "/usr/lib/x86_64-linux-gnu",
            "/usr/lib/aarch64-linux-gnu",
            "/usr/lib64",
            "/usr/local/lib",
            "/opt/homebrew/lib");

    private final List<Path> folders;

    LibraryPlaces(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /** @param environment {@code OPENVINO_LIB_PATH} alone counts if it is set */
    static LibraryPlaces of(Map<String, String> environment) {
        String chosen = environment.getOrDefault("OPENVINO_LIB_PATH", "");
        if (!chosen.isBlank()) {
            return new LibraryPlaces(List.of(Path.of(chosen)));
        }
        List<Path> folders = new ArrayList<>();
        String installed = environment.getOrDefault("INTEL_OPENVINO_DIR", "");
        if (!installed.isBlank()) {
            WITHIN_INSTALLATION.forEach(within -> folders.add(Path.of(installed).resolve(within)));
        }
        OF_SYSTEM.forEach(folder -> folders.add(Path.of(folder)));
        return new LibraryPlaces(folders);
    }

    /** The first library, of several in one folder the newest by name. */
    Optional<Path> find() {
        return folders.stream().flatMap(folder -> within(folder).stream()).findFirst();
    }

    private static Optional<Path> within(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(LibraryPlaces::isLibrary).max(Comparator.comparing(Path::toString));
        } catch (IOException e) {
            return Optional.empty(); // a folder that may not be read has no library for us
        }
    }

    private static boolean isLibrary(Path file) {
        String name = String.valueOf(file.getFileName());
        return Platform.isWindows()
                ? name.equals("openvino_c.dll")
                : Platform.isMac()
                        ? name.startsWith("libopenvino_c.") && name.endsWith(".dylib")
                        : name.startsWith("libopenvino_c.so");
    }

    /** For messages. */
    String searched() {
        return "searched in "
                + String.join(", ", folders.stream().map(Path::toString).toList());
    }
}
