package io.github.multilabel.data.internal.images;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Paths that lead nowhere, as in a table from another machine: all of them begin alike, and what follows is there. Not
 * for several threads.
 */
final class LostPaths {

    private static final int FEWEST = 2;
    private static final int MOST_FOLDERS = 40;

    private final Path root;
    private final String prefix;
    private @Nullable String common;
    private String example = "";
    private int lost;
    private int found;
    private int cut;

    /** @param prefix what is cut from all paths that begin so; empty for nothing */
    LostPaths(Path root, String prefix) {
        this.root = root;
        this.prefix = slashes(prefix);
    }

    /** The path without the prefix, or as it is if it begins otherwise. */
    String shortened(String cell) {
        String path = cell.strip();
        if (prefix.isEmpty() || !slashes(path).startsWith(prefix)) {
            return cell;
        }
        cut++;
        return path.substring(prefix.length()).replaceFirst("^[/\\\\]+", "");
    }

    void found() {
        found++;
    }

    void add(String path) {
        String plain = slashes(path.strip());
        lost++;
        if (common == null) {
            common = plain;
            example = plain;
            return;
        }
        int same = 0;
        while (same < Math.min(common.length(), plain.length()) && common.charAt(same) == plain.charAt(same)) {
            same++;
        }
        common = common.substring(0, same);
    }

    private static String slashes(String path) {
        return path.replace('\\', '/');
    }

    /** What to do, if most images are not there, or no path begins with the prefix. */
    Optional<String> advice() {
        if (!prefix.isEmpty() && cut == 0) {
            return Optional.of("no path of an image begins with '" + prefix
                    + "', so nothing is cut; the first that leads to no image is '" + example + "'");
        }
        String folder = common == null ? "" : common.substring(0, common.lastIndexOf('/') + 1);
        if (lost < FEWEST || lost <= found || folder.isEmpty() || folder.startsWith("data:")) {
            return Optional.empty();
        }
        String before = cut > 0 ? prefix : ""; // of the paths as they are written
        String all = lost + " of " + (lost + found) + " images are not there, and all of their paths begin with '"
                + before + folder + "'";
        return Optional.of(missingPart()
                .map(part -> all + ". Cut what is of another machine with TableFile.withoutPrefix(\"" + before + part
                        + "\"): what is left of the first, '" + example.substring(part.length()) + "', is in " + root)
                .orElse(all
                        + ". Name the folder that has them with TableFile.withImages(...), and cut what lies above it on"
                        + " another machine with TableFile.withoutPrefix(...)"));
    }

    /** The shortest beginning of the paths after which the first names a file below the root. */
    private Optional<String> missingPart() {
        int from = 0;
        for (int looks = 0; looks < MOST_FOLDERS; looks++) {
            int slash = example.indexOf('/', from);
            if (slash < 0 || common == null || slash >= common.length()) {
                return Optional.empty();
            }
            from = slash + 1;
            try {
                if (from < example.length() && Files.isRegularFile(root.resolve(example.substring(from)))) {
                    return Optional.of(example.substring(0, from));
                }
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
