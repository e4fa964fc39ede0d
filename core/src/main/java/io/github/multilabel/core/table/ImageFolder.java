package io.github.multilabel.core.table;

import io.github.multilabel.core.image.ImageSource;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the image that a cell names.
 *
 * @param root what relative paths start from
 * @param extension what is added to a name that does not end so, such as {@code ".jpg"}; may be empty
 * @param outside whether a path may lead outside of the root
 * @param urls where images with an address are kept, or null if there must be none
 */
record ImageFolder(Path root, String extension, boolean outside, UrlImages urls) {

    private static final Pattern ADDRESS = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+://.*");
    private static final Pattern WINDOWS = Pattern.compile("[a-zA-Z]:[\\\\/].*|\\\\\\\\.*");
    private static final List<String> EXTENSIONS =
            List.of(".jpg", ".jpeg", ".JPG", ".JPEG", ".png", ".PNG", ".gif", ".bmp", ".webp");

    ImageSource resolve(String cell) {
        String text = cell.strip();
        if (text.isEmpty()) {
            return new UnusableImage("(no image)", "the cell of the image column is empty");
        }
        if (ADDRESS.matcher(text).matches()) {
            return address(text);
        }
        if (File.separatorChar == '/' && WINDOWS.matcher(text).matches()) {
            return new UnusableImage(
                    text,
                    "is an absolute path of Windows, which means nothing here; write paths that start from the images"
                            + " folder");
        }
        String name = text.endsWith(extension) ? text : text + extension;
        try {
            return file(name);
        } catch (InvalidPathException e) {
            return ImageSource.of(root, name); // tells the cause
        }
    }

    private ImageSource address(String text) {
        if (text.startsWith("http://") || text.startsWith("https://")) {
            return urls == null
                    ? new UnusableImage(
                            text, "is an address; to download such images, say where to keep them: withDownloads(DIR)")
                    : urls.image(text);
        }
        if (text.startsWith("file:///")) {
            try {
                return file(Path.of(URI.create(text)).toString());
            } catch (IllegalArgumentException e) {
                return new UnusableImage(text, "is no address of a file (" + e.getMessage() + ")");
            }
        }
        return new UnusableImage(
                text,
                "is an address of a kind that is not read; http, https and file are, and others through an ImageSource"
                        + " of your own in ImageTable.rows");
    }

    /** The path as it is; then with umlauts written the other way, and with slashes for backslashes. */
    private ImageSource file(String name) {
        for (String spelling : spellings(name)) {
            Path path = root.resolve(spelling);
            if (!outside && !isInside(path)) {
                return new UnusableImage(
                        name,
                        "leads outside of the images folder " + root
                                + "; name the folder that has all images, or allow it with withPathsOutside()");
            }
            if (Files.isRegularFile(path)) {
                return ImageSource.of(path);
            }
        }
        Path asked = root.resolve(name);
        return Files.exists(asked)
                ? ImageSource.of(asked)
                : new UnusableImage(asked.toString(), "no such file" + hint(name));
    }

    private static Set<String> spellings(String name) {
        Set<String> spellings = new LinkedHashSet<>();
        for (String slashes : List.of(name, name.replace('\\', '/'))) {
            spellings.add(slashes);
            spellings.add(Normalizer.normalize(slashes, Normalizer.Form.NFC));
            spellings.add(Normalizer.normalize(slashes, Normalizer.Form.NFD));
        }
        return spellings;
    }

    private boolean isInside(Path path) {
        return path.toAbsolutePath()
                .normalize()
                .startsWith(root.toAbsolutePath().normalize());
    }

    /** What was probably meant, found with a few looks only: there may be 100,000 such rows. */
    private String hint(String name) {
        String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
        for (String base : Stream.of(name, stem).distinct().toList()) {
            for (String ending : EXTENSIONS) {
                if (!(base + ending).equals(name) && Files.isRegularFile(root.resolve(base + ending))) {
                    return base.equals(name)
                            ? ", but " + base + ending + " is there: withExtension(\"" + ending + "\") adds it"
                            : ", but " + base + ending + " is there: correct the table or rename the file";
                }
            }
        }
        Path path = Path.of(name);
        if (path.getNameCount() > 1 && Files.isRegularFile(root.resolve(path.getFileName()))) {
            return ", but the images folder has " + path.getFileName()
                    + ": name the folder from which the paths of the table start";
        }
        return "";
    }
}
