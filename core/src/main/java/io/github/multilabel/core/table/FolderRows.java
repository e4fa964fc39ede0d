package io.github.multilabel.core.table;

import io.github.multilabel.core.NearMatches;
import io.github.multilabel.core.image.ImageSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Images in folders that are named after categories, a column for each level. */
record FolderRows(Path root, List<String> levels) implements RowSource {

    private static final Logger LOG = LoggerFactory.getLogger(ImageTable.class);

    /** Also those that are not read: an image that is not must be told of, not passed over. */
    private static final Set<String> ENDINGS =
            Set.of("jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp", "webp", "tif", "tiff", "avif", "heic");

    @Override
    public String name() {
        return root.toString();
    }

    /** Whether a file's name ends like an image's. */
    static boolean isImage(String name) {
        return ENDINGS.contains(
                name.substring(name.lastIndexOf('.') + 1).strip().toLowerCase(Locale.ROOT));
    }

    @Override
    public List<TableRow> read(List<String> columns) throws IOException {
        for (String column : columns) {
            if (!levels.contains(column)) {
                throw new IllegalArgumentException("'" + column + "' is no level of the folders in " + root
                        + "; there are " + NearMatches.describe(column, levels));
            }
        }
        return rows();
    }

    private List<TableRow> rows() throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IOException(root + (Files.exists(root) ? " is a file, not a folder" : ": no such folder"));
        }
        List<Path> files = files();
        List<Path> images = files.stream()
                .filter(file -> isImage(file.getFileName().toString()))
                .sorted((a, b) -> LabelText.ORDER.compare(a.toString(), b.toString()))
                .toList();
        if (images.isEmpty()) {
            throw new IOException(root + " has no images, at any depth; their names end in "
                    + ENDINGS.stream().sorted().toList());
        }
        if (images.size() < files.size()) {
            LOG.info("{}: {} files that are not images are passed over", root, files.size() - images.size());
        }
        List<TableRow> rows = new ArrayList<>();
        for (Path image : images) {
            rows.add(row(image));
        }
        return rows;
    }

    /** What is hidden, such as the thumbnails of macOS, is no photo of the user's. */
    private List<Path> files() throws IOException {
        try (Stream<Path> found = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            return found.filter(Files::isRegularFile)
                    .filter(file -> hidden(root.relativize(file)) == null)
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IOException(
                    "cannot list the images in " + root + ": " + e.getCause().getMessage(), e);
        }
    }

    private static Path hidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return part;
            }
        }
        return null;
    }

    private TableRow row(Path image) throws IOException {
        Path relative = root.relativize(image);
        if (relative.getNameCount() <= levels.size()) {
            throw new IOException(image + " lies in " + (relative.getNameCount() - 1) + " folders below " + root
                    + ", but there are " + levels.size() + " levels " + levels
                    + ": move it into the folder of its category, or name fewer levels");
        }
        Map<String, TableRow.Cell> cells = new HashMap<>();
        for (int level = 0; level < levels.size(); level++) {
            cells.put(
                    levels.get(level), new TableRow.Cell(relative.getName(level).toString(), null));
        }
        return new TableRow(ImageSource.of(image), cells, "");
    }

    @Override
    public List<ColumnSummary> columns() throws IOException {
        List<TableRow> rows = rows();
        return levels.stream()
                .map(level -> ColumnSummary.of(
                        level, rows.stream().map(row -> row.text(level)).toList()))
                .toList();
    }
}
