package io.github.multilabel.openvino;

import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Native libraries of OpenVINO in a jar on the class path, as JavaCPP's presets pack them: all in the folder
 * {@code org/bytedeco/openvino/linux-x86_64} or that of another system. They find each other only as files in one
 * folder, so they are unpacked into a temporary one, which is deleted when the JVM ends.
 */
final class LibraryJar {

    private static final String FOLDER = "org/bytedeco/openvino/";

    private final ClassLoader classPath;

    LibraryJar(ClassLoader classPath) {
        this.classPath = classPath;
    }

    /** The name of this system's folder in the jar, such as {@code org/bytedeco/openvino/linux-x86_64/}. */
    static String folder() {
        String system = Platform.isWindows() ? "windows" : Platform.isMac() ? "macosx" : "linux";
        String processor = Platform.isIntel() ? "x86_64" : Platform.isARM() ? "arm64" : Platform.ARCH;
        return FOLDER + system + "-" + processor + "/";
    }

    /**
     * Unpacks the libraries.
     *
     * @return the folder with them; empty if there is no such jar
     * @throws IOException if they cannot be unpacked
     */
    Optional<Path> unpack() throws IOException {
        URL folder = classPath.getResource(folder());
        URLConnection connection = folder == null ? null : folder.openConnection();
        if (!(connection instanceof JarURLConnection found)) {
            return Optional.empty();
        }
        Path unpacked = Files.createTempDirectory("multilabel-openvino");
        unpacked.toFile().deleteOnExit();
        found.setUseCaches(false);
        try (JarFile jar = found.getJarFile()) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                unpack(jar, entries.nextElement(), unpacked);
            }
        }
        return Optional.of(unpacked);
    }

    /** Only files that lie in the folder itself, so none gets out of it. */
    private static void unpack(JarFile jar, JarEntry entry, Path unpacked) throws IOException {
        String name = entry.getName();
        if (entry.isDirectory() || !name.startsWith(folder())) {
            return;
        }
        String file = name.substring(folder().length());
        if (file.contains("/") || file.contains("\\") || file.equals("..")) {
            return;
        }
        Path to = unpacked.resolve(file);
        to.toFile().deleteOnExit();
        try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, to);
        }
    }
}
