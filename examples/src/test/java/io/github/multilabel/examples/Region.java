package io.github.multilabel.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A piece of a test's code that a document shows, between two comments in its source. */
final class Region {

    private static final Path SOURCES = Path.of("src/test/java");

    private Region() {}

    static String of(Class<?> test, String name) throws IOException {
        List<String> lines = Files.readAllLines(SOURCES.resolve(test.getName().replace('.', '/') + ".java"));
        List<String> stripped = lines.stream().map(String::strip).toList();
        int start = stripped.indexOf("// @start region=" + name);
        int end = stripped.indexOf("// @end region=" + name);
        return lines.subList(start + 1, end).stream()
                .collect(Collectors.joining("\n"))
                .stripIndent();
    }
}
