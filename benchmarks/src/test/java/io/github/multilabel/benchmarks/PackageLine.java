package io.github.multilabel.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a {@code package-info.java} says that its package may use, in this form:
 *
 * <pre>May use: core, core.image; DJL, Gson.</pre>
 *
 * <p>First packages of this project, by their exact names without {@code io.github.multilabel}, or {@code no other
 * package}; then libraries by the names of {@link Library}, or {@code the JDK alone}. The sentence ends at the first
 * full stop before a space or the end of the comment.
 *
 * @param name of the package, without {@code io.github.multilabel}
 * @param packages that it may use
 * @param libraries that it may use
 */
record PackageLine(String name, Set<String> packages, Set<String> libraries) {

    static final String ROOT = "io.github.multilabel.";

    private static final Pattern SENTENCE = Pattern.compile("May use: (.*?); (.*?)\\.(?= |$)");
    private static final Pattern DECLARATION =
            Pattern.compile("^package io\\.github\\.multilabel\\.([\\w.]+);", Pattern.MULTILINE);

    /** Reads what the others have built, and uses none of them. */
    private static final String RELEASE_CHECKS = "release-checks";

    /** All of the repository, whose root is the parent of the folder in which tests run. */
    static List<PackageLine> all() {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            return modules.filter(module -> !module.endsWith(RELEASE_CHECKS))
                    .map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(PackageLine::files)
                    .sorted()
                    .map(PackageLine::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.endsWith("package-info.java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PackageLine read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String comment = text.substring(text.indexOf("/**") + 3, text.indexOf("*/"))
                .lines()
                .map(line -> line.strip().replaceFirst("^\\*\\s?", ""))
                .collect(Collectors.joining(" "))
                .strip();
        Matcher sentence = SENTENCE.matcher(comment);
        Matcher declaration = DECLARATION.matcher(text);
        if (!sentence.find() || !declaration.find()) {
            throw new IllegalStateException(file + " does not say what its package may use, such as 'May use: core,"
                    + " core.image; DJL, Gson.'");
        }
        return new PackageLine(
                declaration.group(1),
                names(sentence.group(1), "no other package"),
                names(sentence.group(2), "the JDK alone"));
    }

    private static Set<String> names(String list, String none) {
        return list.equals(none) ? Set.of() : new TreeSet<>(Arrays.asList(list.split(", ")));
    }

    /** A library as the lines call it. */
    enum Library {
        DJL("DJL", name -> name.startsWith("ai.djl.") && !name.startsWith("ai.djl.pytorch.")),
        PYTORCH_ENGINE("DJL's PyTorch engine", name -> name.startsWith("ai.djl.pytorch.")),
        GSON("Gson", name -> name.startsWith("com.google.gson.")),
        JTE("JTE", name -> name.startsWith("gg.jte.")),
        SLF4J("SLF4J", name -> name.startsWith("org.slf4j.")),
        JETTY("Jetty", name -> name.startsWith("org.eclipse.jetty.")),
        MICROMETER("Micrometer", name -> name.startsWith("io.micrometer.")),
        JNA("JNA", name -> name.startsWith("com.sun.jna.")),
        ONNX_RUNTIME("ONNX Runtime", name -> name.startsWith("ai.onnxruntime.")),
        COMMONS_CSV("Commons CSV", name -> name.startsWith("org.apache.commons.csv.")),
        COMMONS_COMPRESS("Commons Compress", name -> name.startsWith("org.apache.commons.compress.")),
        METADATA_EXTRACTOR("metadata-extractor", name -> name.startsWith("com.drew.")),
        PARQUET("Parquet", name -> name.startsWith("org.apache.parquet.")),
        AIRCOMPRESSOR("aircompressor", name -> name.startsWith("io.airlift.compress.")),
        MFL("MFL", name -> name.startsWith("us.hebi.matlab.")),
        PROGRESSBAR("progressbar", name -> name.startsWith("me.tongfei.")),
        XCHART("XChart", name -> name.startsWith("org.knowm.xchart.")),
        PICOCLI("picocli", name -> name.startsWith("picocli.")),
        SNAKEYAML("SnakeYAML Engine", name -> name.startsWith("org.snakeyaml.engine.")),
        SPRING("Spring", name -> name.startsWith("org.springframework.")),
        SPARK(
                "Spark",
                name -> name.startsWith("org.apache.spark.")
                        || name.startsWith("org.apache.hadoop.")
                        || name.startsWith("scala."));

        private final String label;
        private final Predicate<String> classes;

        Library(String label, Predicate<String> classes) {
            this.label = label;
            this.classes = classes;
        }

        /** The name of the library that a class belongs to; the class's own for one that no line could name. */
        static String of(String className) {
            return Stream.of(values())
                    .filter(library -> library.classes.test(className))
                    .map(library -> library.label)
                    .findFirst()
                    .orElse(className);
        }
    }
}
