package io.github.multilabel.data.split;

import io.github.multilabel.core.internal.files.AtomicOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A split as a file, so that training today and evaluation next month agree on it: CSV with the columns {@code row} and
 * {@code part}, UTF-8, the rows of the first part first.
 *
 * <p>Rows are named by a key of the caller's, such as the path of the image, so that the file still fits when the table
 * is sorted anew.
 */
public final class SplitFile {

    static final String ROW = "row";
    static final String PART = "part";

    private SplitFile() {}

    /**
     * Writes a split; missing parent folders are made.
     *
     * @param keys one per row, all different, such as paths
     * @throws IllegalArgumentException if a key is null or appears twice, or there are more or fewer than rows
     * @throws IOException if it cannot be written; an earlier file of the name is then as it was
     */
    public static void write(Path file, DataSplit split, List<String> keys) throws IOException {
        if (keys.size() != split.size()) {
            throw new IllegalArgumentException(
                    "the split has " + split.size() + " rows, got " + keys.size() + " keys; pass one per row");
        }
        rowOfKey(keys);
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setRecordSeparator('\n')
                .setHeader(ROW, PART)
                .get();
        AtomicOutput.file(file, out -> {
            Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            CSVPrinter csv = new CSVPrinter(text, format);
            for (String part : split.parts()) {
                for (String key : split.select(part, keys)) {
                    csv.printRecord(key, part);
                }
            }
            csv.flush();
        });
    }

    /**
     * Reads a split.
     *
     * @param keys of the rows to split, in any order
     * @return the part of each key, in the order of the keys
     * @throws IllegalArgumentException if a key is null or appears twice
     * @throws IOException if the file cannot be read, is not such a file, names a row twice, or does not have exactly
     *     the rows of {@code keys}; the message names lines
     */
    public static DataSplit read(Path file, List<String> keys) throws IOException {
        return new SplitReader(file, keys, rowOfKey(keys), Optional.empty()).read();
    }

    /**
     * Reads a split of a table to which rows may have come, and from which rows may have gone, since it was written.
     * {@link DataSplit#warnings} counts and names both.
     *
     * @param keys of the rows to split, in any order
     * @param others the part of the rows that the file lacks, one of those that it has
     * @return the part of each key, in the order of the keys
     * @throws IllegalArgumentException if a key is null or appears twice
     * @throws IOException if the file cannot be read, is not such a file, names a row twice, has none of the rows, or
     *     lacks some and has no such part
     */
    public static DataSplit read(Path file, List<String> keys, String others) throws IOException {
        return new SplitReader(file, keys, rowOfKey(keys), Optional.of(others)).read();
    }

    private static Map<String, Integer> rowOfKey(List<String> keys) {
        Map<String, Integer> rowOfKey = new HashMap<>();
        int row = 0;
        for (String key : keys) {
            if (key == null) {
                throw new IllegalArgumentException("the key of row " + row + " (counted from 0) is null");
            }
            Integer before = rowOfKey.put(key, row);
            if (before != null) {
                throw new IllegalArgumentException("the rows " + before + " and " + row
                        + " (counted from 0) have the same key '" + key + "'; keys must differ");
            }
            row++;
        }
        return rowOfKey;
    }
}
