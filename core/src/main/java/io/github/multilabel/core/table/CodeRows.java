package io.github.multilabel.core.table;

import io.github.multilabel.core.NearMatches;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Rows that code brings. */
final class CodeRows<T> implements RowSource {

    /** Moves to the next row. */
    @FunctionalInterface
    interface Cursor<T> {
        /** The next row, or null at the end. */
        T next() throws SQLException;
    }

    private final String name;
    private final Cursor<T> cursor;
    private final RowMapper<T> mapper;
    private List<TableRow> rows;

    CodeRows(String name, Cursor<T> cursor, RowMapper<T> mapper) {
        this.name = name;
        this.cursor = cursor;
        this.mapper = mapper;
    }

    static <T> CodeRows<T> of(Iterator<T> rows, RowMapper<T> mapper) {
        return new CodeRows<>("rows", () -> rows.hasNext() ? rows.next() : null, mapper);
    }

    static CodeRows<ResultSet> of(ResultSet result, RowMapper<ResultSet> mapper) {
        return new CodeRows<>("query", () -> result.next() ? result : null, mapper);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<TableRow> read(List<String> columns) throws IOException {
        List<TableRow> read = rows();
        Set<String> known = new LinkedHashSet<>();
        read.forEach(row -> known.addAll(row.columns()));
        for (String column : columns) {
            if (!known.contains(column)) {
                throw new IllegalArgumentException(
                        "no row has a column '" + column + "'; they have " + NearMatches.describe(column, known));
            }
        }
        return read;
    }

    /** A stream or result can be read only once, so the rows are kept. */
    private List<TableRow> rows() throws IOException {
        if (rows == null) {
            List<TableRow> read = new ArrayList<>();
            try {
                for (T row = cursor.next(); row != null; row = cursor.next()) {
                    read.add(map(row, name + " row " + (read.size() + 1)));
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

    private TableRow map(T row, String place) throws IOException {
        try {
            TableRow mapped = mapper.map(row);
            if (mapped == null) {
                throw new IOException("the row mapper gave null; filter what is not wanted before");
            }
            return mapped.origin().isEmpty() ? mapped.from(place) : mapped;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(place + ": interrupted", e);
        } catch (Exception e) { // of the user's own mapper
            throw new IOException(place + ": " + (e.getMessage() == null ? e : e.getMessage()), e);
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
