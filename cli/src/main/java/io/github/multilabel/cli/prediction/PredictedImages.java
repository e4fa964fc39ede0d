package io.github.multilabel.cli.prediction;

import io.github.multilabel.cli.program.Flags;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.TableFileOptions;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.internal.images.ImageFiles;
import io.github.multilabel.data.table.TableFile;
import io.github.multilabel.data.table.TableRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The images that a user names: files, folders with all that is below them, and tables with a column of images.
 *
 * @param form how tables are written, and where their images are
 */
public record PredictedImages(TableFileOptions form) {

    private static final Set<String> TABLES = Set.of("csv", "tsv", "txt", "jsonl", "ndjson", "parquet");
    /** Of files that people take for tables. */
    private static final Set<String> NO_IMAGES = Set.of("json", "xlsx", "xls", "ods", "yaml", "yml");

    private static final Pattern ADDRESS = Pattern.compile("(?i)https?://.*");
    private static final Path HERE = Path.of("");

    /**
     * Looks which images there are.
     *
     * @return in the order of the names; what is no image, or is not there, is told when it is read
     * @throws IOException if a folder or table cannot be read, or a folder has no images
     */
    public List<ImageSource> of(List<String> names) throws IOException {
        List<ImageSource> images = new ArrayList<>();
        for (String name : names) {
            if (name.isBlank()) { // such as a variable of the shell that is not set
                throw new InvalidInputException("the name of an image is empty; '.' is the folder you are in");
            }
            if (ADDRESS.matcher(name).matches()) {
                throw new InvalidInputException("'" + name + "' is an address: write it into a table, a column of"
                        + " addresses below a header, and name that with --downloads DIR");
            }
            if (isFolder(name)) {
                addFolder(Path.of(name), images);
            } else if (isTable(name)) {
                addTable(Path.of(name), images);
            } else {
                images.add(ImageSource.of(HERE, name));
            }
        }
        return images;
    }

    private static boolean isFolder(String name) {
        try {
            return Files.isDirectory(Path.of(name));
        } catch (InvalidPathException e) {
            return false; // reading the image says why
        }
    }

    /** Whether a file is taken for a table, by its ending. */
    public static boolean isTable(String name) {
        return TABLES.contains(ending(name));
    }

    /** How tables are recognised, if one of some names that were taken for images may be meant as one. */
    public static Optional<String> hint(List<String> names) {
        return names.stream()
                .filter(name -> NO_IMAGES.contains(ending(name)))
                .findFirst()
                .map(name -> "'" + name
                        + "' was taken for an image: tables end in .csv, .tsv, .txt, .jsonl, .ndjson or .parquet");
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static void addFolder(Path folder, List<ImageSource> images) throws IOException {
        List<Path> found = ImageFiles.below(folder, 0).images();
        if (found.isEmpty()) {
            throw new IOException("'" + folder + "' has no images, at any depth");
        }
        found.forEach(file -> images.add(ImageSource.of(file)));
    }

    private static void warn(Finding note) {
        if (note.severity() == Finding.Severity.WARNING) {
            System.err.println("warning: " + Flags.of(note.message()));
        }
    }

    private void addTable(Path file, List<ImageSource> images) throws IOException {
        InvalidInputException.check(() -> {
            TableFile table = form.applyTo(TableFile.of(file)).withPathsOutside();
            for (TableRow row : table.read(List.of(), PredictedImages::warn)) {
                images.add(new NamedImage(table.key(row), row.image()));
            }
            return images;
        });
    }
}
