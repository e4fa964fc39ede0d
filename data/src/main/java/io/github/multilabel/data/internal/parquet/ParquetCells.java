package io.github.multilabel.data.internal.parquet;

import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.data.internal.text.Repeats;
import io.github.multilabel.data.internal.text.TableCells;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.Type;

/** The cells of a Parquet file; its images are read when they are asked for. */
final class ParquetCells {

    private static final String UNIT = "row";

    private final Path file;
    private final List<ParquetColumn> columns;
    private final List<Repeats<String>> repeats = new ArrayList<>();
    private final Repeats<List<String>> lists = new Repeats<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final List<TableCells.Line> lines = new ArrayList<>();

    private ParquetCells(Path file, List<ParquetColumn> columns) {
        this.file = file;
        this.columns = columns;
        for (ParquetColumn column : columns) {
            repeats.add(new Repeats<>());
            if (column.refused() != null) {
                refused.put(column.name(), column.refused());
            }
        }
    }

    /** @throws IOException if it cannot be read; the message has the file */
    static TableCells read(Path file) throws IOException {
        return ParquetReading.of(file, reading -> {
            ParquetCells cells = new ParquetCells(file, columns(reading));
            List<ColumnDescriptor> values = cells.columns.stream()
                    .map(ParquetColumn::values)
                    .filter(Objects::nonNull)
                    .toList();
            reading.read(values, cells::add);
            return cells.table();
        });
    }

    private static List<ParquetColumn> columns(ParquetReading reading) throws IOException {
        ClassLabels names = ClassLabels.of(reading.notes());
        List<ParquetColumn> columns = new ArrayList<>();
        for (Type field : reading.schema().getFields()) {
            ParquetColumn column = ParquetColumn.of(reading.schema(), field, names.of(field.getName()));
            ColumnDescriptor bytes = column.bytes();
            columns.add(bytes != null && ParquetImages.areIn(reading, bytes) ? column.ofImages() : column);
        }
        return columns;
    }

    /** Adds a group of rows. */
    private boolean add(int rows, Function<ColumnDescriptor, ColumnReader> readers) throws IOException {
        String[][] cells = new String[rows][columns.size()];
        List<Map<Integer, List<String>>> tags = new ArrayList<>();
        for (String[] row : cells) {
            Arrays.fill(row, "");
            tags.add(Map.of());
        }
        for (int i = 0; i < columns.size(); i++) {
            ParquetColumn column = columns.get(i);
            if (column.values() != null && !refused.containsKey(column.name())) {
                ColumnReader reader = readers.apply(column.values());
                try {
                    if (column.entryLevel() > 0) {
                        addLists(i, reader, cells, tags);
                    } else {
                        addValues(i, reader, cells);
                    }
                } catch (CharacterCodingException e) {
                    refused.put(
                            column.name(),
                            ParquetColumn.refused(column.name(), "bytes that are no text in UTF-8")
                                    .refused());
                }
            }
        }
        for (int row = 0; row < rows; row++) {
            lines.add(new TableCells.Line(lines.size() + 1L, Arrays.asList(cells[row]), tags.get(row)));
        }
        return true;
    }

    private void addValues(int column, ColumnReader reader, String[][] cells) throws IOException {
        requireRows(reader.getTotalValueCount() == cells.length, column);
        int present = reader.getDescriptor().getMaxDefinitionLevel();
        for (String[] row : cells) {
            if (reader.getCurrentDefinitionLevel() == present) {
                row[column] = repeats.get(column).one(columns.get(column).text().of(reader));
            }
            reader.consume();
        }
    }

    private void addLists(int column, ColumnReader reader, String[][] cells, List<Map<Integer, List<String>>> tags)
            throws IOException {
        ParquetColumn what = columns.get(column);
        int present = reader.getDescriptor().getMaxDefinitionLevel();
        long left = reader.getTotalValueCount();
        int row = 0;
        while (left > 0) {
            boolean isList = reader.getCurrentDefinitionLevel() >= what.entryLevel() - 1;
            List<String> labels = new ArrayList<>();
            do {
                String label = reader.getCurrentDefinitionLevel() == present
                        ? what.text().of(reader)
                        : "";
                if (!label.isEmpty()) {
                    labels.add(label);
                }
                reader.consume();
                left--;
            } while (left > 0 && reader.getCurrentRepetitionLevel() > 0);
            requireRows(row < cells.length, column);
            if (isList) {
                addList(column, lists.one(List.copyOf(labels)), cells[row], row, tags);
            }
            row++;
        }
        requireRows(row == cells.length, column);
    }

    private void addList(
            int column, List<String> labels, String[] cells, int row, List<Map<Integer, List<String>>> tags) {
        cells[column] = repeats.get(column).one(String.join(", ", labels));
        if (tags.get(row).isEmpty()) {
            tags.set(row, new LinkedHashMap<>());
        }
        tags.get(row).put(column, labels);
    }

    private void requireRows(boolean asMany, int column) throws IOException {
        if (!asMany) {
            throw new IOException(file + " is damaged: after row " + lines.size() + ", the column '"
                    + Excerpt.of(columns.get(column).name()) + "' has another number of rows than the file says");
        }
    }

    /** @throws IOException if there are no rows */
    private TableCells table() throws IOException {
        if (lines.isEmpty()) {
            throw new IOException(file + " has no " + UNIT + "s; it needs one for each image");
        }
        List<String> notes = refused.isEmpty()
                ? List.of()
                : List.of("columns that have no labels are passed over: " + Excerpt.of(refused.keySet()));
        Map<Integer, TableCells.Images> images = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            ColumnDescriptor bytes = columns.get(i).images();
            if (bytes != null) {
                int column = i;
                images.put(
                        i,
                        () -> ParquetImages.read(
                                file,
                                bytes,
                                lines.stream()
                                        .map(line -> line.cells().get(column))
                                        .toList()));
            }
        }
        List<String> header = columns.stream().map(ParquetColumn::name).toList();
        return new TableCells(file, UNIT, header, lines, refused, notes, images);
    }
}
