package io.github.multilabel.core.image.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of the plug-ins for WebP is used, with each of them alone on the class path and with none. */
class WebpPlugInTest {

    private static final String NATIVE = "webp-imageio";
    private static final String JAVA = "imageio-webp";

    private static final String NATIVE_DEPENDENCY = "com.github.usefulness:webp-imageio:0.10.2";
    private static final String JAVA_DEPENDENCY = "com.twelvemonkeys.imageio:imageio-webp:3.15.0";

    @TempDir
    private Path folder;

    /** The library in a class loader of its own. */
    private static final class Library implements AutoCloseable {

        private final URLClassLoader loader;
        private final Class<?> sources;
        private final Object decoder;

        Library(List<Path> classPath) throws Exception {
            List<URL> urls = new ArrayList<>();
            for (Path entry : classPath) {
                urls.add(entry.toUri().toURL());
            }
            loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
            sources = loader.loadClass(ImageSource.class.getName());
            decoder = loader.loadClass(ImageDecoder.class.getName())
                    .getMethod("lenient")
                    .invoke(null);
        }

        Pixels decode(String name, byte[] bytes) throws Throwable {
            Object source = sources.getMethod("of", String.class, byte[].class).invoke(null, name, bytes);
            try {
                Object pixels = decoder.getClass().getMethod("decode", sources).invoke(decoder, source);
                return new Pixels(
                        (int) pixels.getClass().getMethod("height").invoke(pixels),
                        (int) pixels.getClass().getMethod("width").invoke(pixels),
                        (byte[]) pixels.getClass().getMethod("rgb").invoke(pixels));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        ThrowableAssertAlternative<IOException> refused(FormatCase image) {
            // of this loader's class of another name space
            return assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> decode("car.webp", image.bytes()))
                    .withMessageStartingWith("car.webp: ");
        }

        @Override
        public void close() throws IOException {
            loader.close();
        }
    }

    private static List<Path> classPathWithout(String... jars) {
        return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(Path::of)
                .filter(entry ->
                        Arrays.stream(jars).noneMatch(entry.getFileName().toString()::startsWith))
                .toList();
    }

    private static Path jar(String name) {
        return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(Path::of)
                .filter(entry -> entry.getFileName().toString().startsWith(name))
                .findFirst()
                .orElseThrow();
    }

    /** The jar without some of its entries and with another version. */
    private Path changed(Path jar, Predicate<String> kept, String version) throws IOException {
        Path changed = folder.resolve("changed-" + jar.getFileName());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (version != null) {
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        }
        try (JarFile in = new JarFile(jar.toFile());
                OutputStream file = Files.newOutputStream(changed);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (var entries = in.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (kept.test(entry.getName()) && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    in.getInputStream(entry).transferTo(out);
                }
            }
        }
        return changed;
    }

    private static List<Path> with(List<Path> classPath, Path more) {
        List<Path> all = new ArrayList<>(classPath);
        all.add(more);
        return all;
    }

    private static FormatCase lossy() throws IOException {
        return FormatCase.all().stream()
                .filter(FormatCase::lossyWebp)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void thePlugInInJavaIsEqualInLosslessFilesAndNearInLossyOnes() throws Throwable {
        try (Library library = new Library(classPathWithout(NATIVE))) {
            for (FormatCase image :
                    FormatCase.all().stream().filter(FormatCase::isWebp).toList()) {
                if (image.expected() == null) {
                    library.refused(image);
                } else if (image.name().startsWith("alpha compression 0")) {
                    library.refused(image).withMessageContaining("Uncompressed WebP alpha not implemented");
                } else if (image.lossyWebp()) {
                    // chroma of hard edges is spread otherwise than by libwebp; releases before 3.15.0 reach 12
                    assertThat(image.meanDifference(library.decode(image.name(), image.bytes())))
                            .as(image.name())
                            .isLessThan(9);
                } else {
                    image.requireEqual(library.decode(image.name(), image.bytes()));
                }
            }
        }
    }

    @Test
    void theNativeOneIsPreferredAndEqual() throws Throwable {
        FormatCase image = lossy();
        try (Library library = new Library(classPathWithout())) {
            image.requireEqual(library.decode(image.name(), image.bytes()));
        }
        try (Library library = new Library(classPathWithout(JAVA))) {
            image.requireEqual(library.decode(image.name(), image.bytes()));
        }
    }

    @Test
    void withoutAPlugInTheMessageNamesBoth() throws Exception {
        try (Library library = new Library(classPathWithout(NATIVE, JAVA))) {
            library.refused(lossy())
                    .withMessage("car.webp: unsupported without a plug-in: this is a WEBP image; add the dependency "
                            + NATIVE_DEPENDENCY + " or " + JAVA_DEPENDENCY + ", or convert it to JPEG or PNG");
        }
    }

    @Test
    void aReleaseThatReadsWrongPixelsIsRefused() throws Exception {
        Path old = changed(jar(JAVA), name -> true, "3.13.1");
        try (Library library = new Library(with(classPathWithout(NATIVE, JAVA), old))) {
            library.refused(lossy())
                    .withMessageContaining("imageio-webp is there in version 3.13.1, and before 3.15.0 it reads wrong"
                            + " pixels; add the dependency");
        }
    }

    @Test
    void aReleaseThatDoesNotTellItsVersionIsRefused() throws Exception {
        Path shaded = changed(jar(JAVA), name -> true, null);
        try (Library library = new Library(with(classPathWithout(NATIVE, JAVA), shaded))) {
            library.refused(lossy()).withMessageContaining("its jar was packed again and does not say its version");
        }
    }

    @Test
    void aNativeLibraryThatDoesNotLoadIsToldAndTheOtherPlugInUsed() throws Throwable {
        Path without = changed(jar(NATIVE), name -> !name.startsWith("native/"), null);
        FormatCase image = lossy();
        PrintStream err = System.err;
        System.setErr(new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8)); // it prints a trace
        try {
            try (Library library = new Library(with(classPathWithout(NATIVE, JAVA), without))) {
                library.refused(image)
                        .withMessageContaining(
                                NATIVE_DEPENDENCY + " is there, but its native library does not load on ")
                        .withMessageContaining("; add the dependency ");
            }
            try (Library library = new Library(with(classPathWithout(NATIVE), without))) {
                assertThat(image.meanDifference(library.decode(image.name(), image.bytes())))
                        .isLessThan(9);
            }
        } finally {
            System.setErr(err);
        }
    }

    @Test
    void aMissingJarOfThePlugInsOwnIsTold() throws Exception {
        try (Library library = new Library(classPathWithout("kotlin-stdlib", JAVA))) {
            library.refused(lossy()).withMessageContaining("kotlin");
        }
    }
}
