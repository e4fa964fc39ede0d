package io.github.multilabel.data.internal.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds files whose names differ in case from what a table has, as Windows and macOS do. Lists each folder once,
 * however many files of it are asked for.
 */
final class NamesInAnyCase {

    /** To know the names of more files would take more memory than the table; case then makes a difference. */
    private static final int MOST_FILES = 200_000;

    private final Map<Path, Map<String, List<Path>>> folders = new HashMap<>();
    private int found;
    private String first = "";

    /**
     * The files that a path means if case makes no difference; several if they differ in nothing else.
     *
     * @param root is taken as it is
     * @param path at or below the root
     */
    List<Path> find(Path root, Path path) {
        Path base = root.toAbsolutePath().normalize();
        Path asked = path.toAbsolutePath().normalize();
        if (!asked.startsWith(base) || asked.equals(base)) {
            return List.of();
        }
        List<Path> matches = List.of(root);
        for (Path name : base.relativize(asked)) {
            List<Path> deeper = new ArrayList<>();
            matches.forEach(folder -> deeper.addAll(names(folder).getOrDefault(folded(name.toString()), List.of())));
            matches = deeper;
        }
        List<Path> files = matches.stream().filter(Files::isRegularFile).toList();
        if (files.size() == 1) {
            found++;
            first = first.isEmpty() ? base.relativize(asked) + " is the file " + root.relativize(files.get(0)) : first;
        }
        return files;
    }

    /** What to tell of those that were found. */
    Optional<String> note() {
        return found == 0
                ? Optional.empty()
                : Optional.of(found + (found == 1 ? " image name differs" : " image names differ")
                        + " from the file's in case only, and " + (found == 1 ? "is" : "are") + " read: " + first);
    }

    private Map<String, List<Path>> names(Path folder) {
        return folders.computeIfAbsent(folder, NamesInAnyCase::list);
    }

    private static Map<String, List<Path>> list(Path folder) {
        Map<String, List<Path>> names = new HashMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.limit(MOST_FILES + 1L).forEach(file -> names.computeIfAbsent(
                                folded(file.getFileName().toString()), key -> new ArrayList<>(1))
                        .add(file));
            } catch (IOException | UncheckedIOException e) {
                return Map.of(); // then the file is not found, which is told
            }
        }
        return names.size() > MOST_FILES ? Map.of() : names;
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
