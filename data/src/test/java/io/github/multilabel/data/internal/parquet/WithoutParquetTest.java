package io.github.multilabel.data.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multilabel.data.internal.csv.TextFormat;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where the optional library is not on the class path. */
class WithoutParquetTest {

    @TempDir
    private Path folder;

    /** Knows all but the library, and so has classes of its own of the package that needs it. */
    private static final class Poorer extends ClassLoader {

        Poorer() {
            super(WithoutParquetTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.matches("(org\\.apache\\.(parquet|hadoop)|blue\\.strategic|io\\.airlift)\\..*")) {
                throw new ClassNotFoundException(name);
            }
            return name.startsWith(ParquetTable.class.getPackageName() + ".") && findLoadedClass(name) == null
                    ? define(name)
                    : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void theMessageNamesTheFileTheDependencyAndTheWayWithoutIt() throws Exception {
        Path file = folder.resolve("labels.parquet");
        try (InputStream golden = WithoutParquetTest.class.getResourceAsStream("/golden/parquet/pandas.parquet")) {
            Files.copy(golden, file);
        }
        Class<?> table = new Poorer().loadClass(ParquetTable.class.getName());

        assertThatExceptionOfType(InvocationTargetException.class)
                .isThrownBy(() ->
                        table.getMethod("read", Path.class, TextFormat.class).invoke(null, file, TextFormat.FOUND_OUT))
                .havingCause()
                .isInstanceOf(IOException.class)
                .withMessageContainingAll(
                        file + ": reading Parquet needs the dependency blue.strategic.parquet:parquet-floor:",
                        "df.to_json(\"labels.jsonl\"");
    }

    @Test
    void theDependencyIsTheOneOfTheBuild() throws IOException {
        Matcher version = Pattern.compile("<parquet-floor.version>(.*)</parquet-floor.version>")
                .matcher(Files.readString(Path.of("../pom.xml")));

        assertThat(version.find()).isTrue();
        assertThat(ParquetTable.LIBRARY).isEqualTo("blue.strategic.parquet:parquet-floor:" + version.group(1));
    }
}
