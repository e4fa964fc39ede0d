package io.github.multilabel.data.table;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.internal.images.ImageFiles;
import io.github.multilabel.data.internal.images.ImageNames;
import io.github.multilabel.data.internal.text.Repeats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Images in folders that are named after categories, a column for each level. */
record FolderRows(Path root, List<String> levels) implements RowSource {

    private static final int SHOWN = 5;

    /** Also those that are not read: such an image must be reported, not passed over. */
    @Override
    public String name() {
        return root.toString();
    }

    @Override
    public List<TableRow> read(UnaryOperator<List<String>> wanted, Consumer<Finding> notes) throws IOException {
        for (String column : wanted.apply(levels)) {
            if (!levels.contains(column)) {
                throw new IllegalArgumentException("'" + column + "' is no level of the folders in " + root + "; "
                        + NearMatches.thereAre(column, levels));
            }
        }
        return rows(notes);
    }

    private List<TableRow> rows(Consumer<Finding> notes) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IOException(root + (Files.exists(root) ? " is a file, not a folder" : ": no such folder"));
        }
        ImageFiles found = ImageFiles.below(root, levels.size());
        if (found.images().isEmpty()) {
            throw new IOException(root + " has no images, at any depth; their names end in "
                    + ImageNames.ENDINGS.stream().sorted().toList());
        }
        List<Path> images = found.images();
        List<Path> stray =
                images.stream().filter(image -> depth(image) < levels.size()).toList();
        if (stray.size() == images.size()) {
            throw new IOException(stray.get(0) + " lies in " + depth(stray.get(0)) + " folders below " + root
                    + ", but there are " + levels.size() + " levels " + levels
                    + ": move it into the folder of its category, or name fewer levels");
        }
        note(
                notes,
                Severity.WARNING,
                "images that lie in fewer folders than there are levels " + levels
                        + ", and so have no category, are left out",
                stray);
        note(notes, Severity.WARNING, "folders without images, of which comes no category", found.empty());
        note(notes, Severity.WARNING, "links that lead back to a folder above them are not followed", found.loops());
        note(notes, Severity.INFO, "folders of the system, and no category, are passed over", found.system());
        if (found.others() > 0) {
            notes.accept(TableNotes.note(found.others() + " files that are not images are passed over"));
        }
        Map<String, Integer> columns = new LinkedHashMap<>();
        levels.forEach(level -> columns.putIfAbsent(level, columns.size()));
        Repeats<TableRow.Cell> cells = new Repeats<>();
        List<TableRow> rows = new ArrayList<>();
        for (Path image : images) {
            if (depth(image) >= levels.size()) {
                rows.add(row(image, columns, cells));
            }
        }
        return rows;
    }

    private static void note(Consumer<Finding> notes, Severity severity, String what, List<Path> which) {
        if (!which.isEmpty()) {
            String shown = which.stream().limit(SHOWN).map(Path::toString).collect(Collectors.joining(", "));
            String more = which.size() > SHOWN ? " and " + (which.size() - SHOWN) + " more" : "";
            notes.accept(new Finding(Kind.TABLE_NOTE, severity, List.of(), what + ": " + shown + more));
        }
    }

    /** In how many folders below the root a file lies. */
    private int depth(Path file) {
        return root.relativize(file).getNameCount() - 1;
    }

    private TableRow row(Path image, Map<String, Integer> columns, Repeats<TableRow.Cell> known) {
        Path relative = root.relativize(image);
        TableRow.Cell[] cells = new TableRow.Cell[columns.size()];
        for (int level = 0; level < levels.size(); level++) {
            cells[columns.getOrDefault(levels.get(level), level)] =
                    known.one(new TableRow.Cell(relative.getName(level).toString(), null));
        }
        return new TableRow(ImageSource.of(image), columns, cells);
    }

    @Override
    public String key(TableRow row) {
        return RowSource.below(root, row.image().name());
    }

    @Override
    public List<ColumnSummary> columns() throws IOException {
        List<TableRow> rows = rows(note -> {});
        return levels.stream()
                .map(level -> ColumnSummary.of(
                        level, rows.stream().map(row -> row.text(level)).toList()))
                .toList();
    }
}
