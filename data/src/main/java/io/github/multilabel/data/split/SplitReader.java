package io.github.multilabel.data.split;

import io.github.multilabel.data.Finding;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads one file of {@link SplitFile} against the rows that it should have. */
final class SplitReader {

    private static final int SHOWN = 5;
    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int NONE = -1;

    private final Path file;
    private final List<String> keys;
    private final Map<String, Integer> rowOfKey;
    /** The part of rows that the file lacks; empty if it must have all. */
    private final Optional<String> others;

    private final List<String> parts = new ArrayList<>();
    private final int[] partOfRow;
    private final long[] lineOfRow;
    private final List<String> unknown = new ArrayList<>();

    SplitReader(Path file, List<String> keys, Map<String, Integer> rowOfKey, Optional<String> others) {
        this.file = file;
        this.keys = keys;
        this.rowOfKey = rowOfKey;
        this.others = others;
        partOfRow = new int[keys.size()];
        Arrays.fill(partOfRow, NONE);
        lineOfRow = new long[keys.size()];
    }

    DataSplit read() throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setIgnoreEmptyLines(true)
                .get();
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser csv = CSVParser.builder()
                        .setReader(withoutMark(text))
                        .setFormat(format)
                        .get()) {
            if (!csv.getHeaderNames().equals(List.of(SplitFile.ROW, SplitFile.PART))) {
                throw new IOException("the columns must be [" + SplitFile.ROW + ", " + SplitFile.PART + "], found "
                        + csv.getHeaderNames());
            }
            for (CSVRecord line : csv) {
                add(line, csv.getCurrentLineNumber());
            }
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": no such file; name one that keeps a split", e);
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": not UTF-8 text; save it as UTF-8", e);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        } catch (UncheckedIOException | IllegalArgumentException e) { // of the parser
            throw new IOException(file + ": not CSV: " + e.getMessage(), e);
        }
        return new DataSplit(parts, partOfRow, complete());
    }

    /** Spreadsheets put one before the first column's name. */
    private static Reader withoutMark(Reader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        return text;
    }

    private void add(CSVRecord line, long number) throws IOException {
        if (line.size() != 2 || line.get(1).isBlank()) {
            throw new IOException("line " + number + ": expected a row and its part, found " + line.toList());
        }
        String key = line.get(0);
        int part = parts.indexOf(line.get(1));
        if (part < 0) {
            part = parts.size();
            parts.add(line.get(1));
        }
        Integer row = rowOfKey.get(key);
        if (row == null) {
            unknown.add("'" + key + "' (line " + number + ")");
        } else if (partOfRow[row] != NONE) {
            throw new IOException("line " + number + ": row '" + key + "' is in part '" + line.get(1)
                    + "', but line " + lineOfRow[row] + " put it in '" + parts.get(partOfRow[row])
                    + "'; a row must stand once");
        } else {
            partOfRow[row] = part;
            lineOfRow[row] = number;
        }
    }

    /** Gives the rows that the file lacks a part, and says what its user should know. */
    private List<Finding> complete() throws IOException {
        List<String> missing = IntStream.range(0, partOfRow.length)
                .filter(row -> partOfRow[row] == NONE)
                .mapToObj(row -> "'" + keys.get(row) + "'")
                .toList();
        int rest = others.map(parts::indexOf).orElse(NONE);
        boolean another = missing.size() == partOfRow.length || others.isEmpty() && !unknown.isEmpty();
        if (another || !missing.isEmpty() && rest == NONE) {
            throw new IOException(file + ": the split is of another table"
                    + (missing.isEmpty() ? "" : "; it lacks " + some(missing))
                    + (unknown.isEmpty() ? "" : "; it has " + some(unknown) + " too many")
                    + ". Use the table that was split, or split anew");
        }
        List<Finding> warnings = new ArrayList<>();
        if (!missing.isEmpty()) {
            Arrays.setAll(partOfRow, row -> partOfRow[row] == NONE ? rest : partOfRow[row]);
            warnings.add(Finding.warning(
                    Finding.Kind.TABLE_NOTE,
                    file + " lacks rows of the table, which go to '" + parts.get(rest) + "': " + some(missing)));
        }
        if (!unknown.isEmpty()) {
            warnings.add(Finding.warning(
                    Finding.Kind.TABLE_NOTE,
                    file + " has rows that the table lacks, which are passed over: " + some(unknown)));
        }
        return warnings;
    }

    private static String some(List<String> names) {
        return names.size()
                + (names.size() == 1 ? " row: " : " rows: ")
                + String.join(", ", names.stream().limit(SHOWN).toList())
                + (names.size() > SHOWN ? ", ..." : "");
    }
}
