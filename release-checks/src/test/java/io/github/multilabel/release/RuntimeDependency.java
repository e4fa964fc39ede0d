package io.github.multilabel.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A library of others that comes to a user of a module.
 *
 * @param bytes the length of its jar
 */
record RuntimeDependency(String group, String artifact, String version, long bytes) {

    /** A line of maven-dependency-plugin's list; a path may have a colon too, and what is optional says so after it. */
    private static final Pattern LINE = Pattern.compile(
            " +(?<group>[^:]+):(?<artifact>[^:]+):jar:(?:(?<classifier>[^:]+):)?(?<version>[^:]+):(?:compile|runtime)"
                    + ":(?<file>.+?)(?<optional> \\(optional\\))?(?: -- module .*)?");

    /** All of a module, in the order in which Maven found them; not what is optional, nor other published modules. */
    static List<RuntimeDependency> of(String module) throws IOException {
        try (var lines = Files.lines(Build.target(module).resolve("runtime-dependencies.txt"))) {
            return lines.map(LINE::matcher)
                    .filter(Matcher::matches)
                    .filter(line -> line.group("optional") == null)
                    .filter(line -> !Build.isPublished(line.group("artifact")))
                    .map(RuntimeDependency::of)
                    .toList();
        }
    }

    private static RuntimeDependency of(Matcher line) {
        long bytes = Path.of(line.group("file")).toFile().length();
        return new RuntimeDependency(line.group("group"), line.group("artifact"), line.group("version"), bytes);
    }

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + version + " " + megabytes(bytes);
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f MB", bytes / 1e6);
    }
}
