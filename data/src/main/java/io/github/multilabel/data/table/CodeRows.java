package io.github.multilabel.data.table;

import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.message.LookAlikes;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.internal.text.Repeats;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows that code brings. */
final class CodeRows<T> implements RowSource {

    /** Whether there is one row more. */
    @FunctionalInterface
    private interface Advance {
        boolean next() throws SQLException;
    }

    private final String name;
    private final Advance advance;
    private final Supplier<T> current;
    private final RowMapper<T> mapper;
    private @Nullable List<TableRow> rows;

    private CodeRows(String name, Advance advance, Supplier<T> current, RowMapper<T> mapper) {
        this.name = name;
        this.advance = advance;
        this.current = current;
        this.mapper = mapper;
    }

    static <T> CodeRows<T> of(Iterator<T> rows, RowMapper<T> mapper) {
        return new CodeRows<>("rows", rows::hasNext, rows::next, given(mapper));
    }

    static CodeRows<ResultSet> of(ResultSet result, RowMapper<ResultSet> mapper) {
        return new CodeRows<>("query", result::next, () -> result, given(mapper));
    }

    private static <T> RowMapper<T> given(RowMapper<T> mapper) {
        return Given.require(mapper, "mapper", "what makes a TableRow of each row");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<TableRow> read(UnaryOperator<List<String>> wanted, Consumer<Finding> notes) throws IOException {
        List<TableRow> read = rows();
        Set<String> known = new LinkedHashSet<>();
        read.forEach(row -> known.addAll(row.columns()));
        List<String> columns = wanted.apply(List.copyOf(known));
        for (String column : columns) {
            if (!known.contains(column)) {
                throw new IllegalArgumentException(
                        "no row has a column '" + column + "'; they have " + NearMatches.describe(column, known));
            }
        }
        for (String other : known) {
            columns.stream()
                    .filter(column ->
                            !columns.contains(other) && LookAlikes.fold(column).equals(LookAlikes.fold(other)))
                    .forEach(column -> notes.accept(misspelled(read, other, column)));
        }
        return read;
    }

    private static Finding misspelled(List<TableRow> rows, String other, String column) {
        List<Integer> concerned = IntStream.range(0, rows.size())
                .filter(row -> rows.get(row).columns().contains(other))
                .boxed()
                .toList();
        return new Finding(
                Kind.TABLE_NOTE,
                Severity.WARNING,
                concerned,
                "the column '" + other + "' of " + concerned.size() + " rows, first of "
                        + rows.get(concerned.get(0)).origin() + ", is not read; did you mean '" + column + "'?");
    }

    /** A stream or result can be read only once, so the rows are kept. */
    private List<TableRow> rows() throws IOException {
        if (rows == null) {
            List<TableRow> read = new ArrayList<>();
            Repeats<Map<String, Integer>> columns = new Repeats<>();
            Repeats<TableRow.Cell> cells = new Repeats<>();
            try {
                while (advance.next()) {
                    read.add(map(current.get(), read.size() + 1).sharing(columns, cells));
                }
            } catch (SQLException e) {
                throw new IOException("the query failed after " + read.size() + " rows: " + e.getMessage(), e);
            }
            if (read.isEmpty()) {
                throw new IOException("there are no rows; give one for each image");
            }
            rows = List.copyOf(read);
        }
        return rows;
    }

    private TableRow map(T row, int number) throws IOException {
        Supplier<String> place = () -> name + " row " + number;
        if (row == null) {
            throw new IOException(place.get() + " is null; filter what is not wanted before");
        }
        try {
            TableRow mapped = mapper.map(row);
            if (mapped == null) {
                throw new IOException("the row mapper gave null; filter what is not wanted before");
            }
            return mapped.orFrom(place);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(place.get() + ": interrupted", e);
        } catch (Exception e) { // of the user's own mapper
            throw new IOException(place.get() + ": " + (e.getMessage() == null ? e : e.getMessage()), e);
        }
    }

    @Override
    public List<ColumnSummary> columns() throws IOException {
        List<TableRow> read = rows();
        Set<String> known = new LinkedHashSet<>();
        read.forEach(row -> known.addAll(row.columns()));
        return known.stream()
                .map(column -> ColumnSummary.of(
                        column, read.stream().map(row -> row.text(column)).toList()))
                .toList();
    }
}
