package io.github.multilabel.data.internal.parquet;

import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.data.internal.csv.CsvText;
import io.github.multilabel.data.internal.csv.TextFormat;
import io.github.multilabel.data.internal.text.TableCells;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A table in a Parquet file. This class alone needs no library. */
public final class ParquetTable {

    /** The Maven coordinates of what reads Parquet. */
    static final String LIBRARY = "blue.strategic.parquet:parquet-floor:2.3";

    private static final String MARK = "PAR1";
    private static final String ENCRYPTED = "PARE";

    /** Both marks, and the length of what describes the columns. */
    private static final int SHORTEST = 12;

    private ParquetTable() {}

    /** Whether a file is one of these, by its ending or its first bytes. */
    public static boolean isWrittenIn(Path file) throws IOException {
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".parquet")) {
            return true;
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return false;
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            return text(bytes.readNBytes(MARK.length())).equals(MARK);
        }
    }

    /** @throws IOException if it cannot be read as one; the message has the file */
    public static TableCells read(Path file, TextFormat format) throws IOException {
        if (!format.equals(TextFormat.FOUND_OUT)) {
            String given = !format.header() ? "withoutHeader()" : "withDelimiter(...)";
            throw new IllegalArgumentException(file + " is a Parquet file, which says itself how it is written: leave"
                    + " TableFile." + (format.charset() != null ? "withCharset(...)" : given) + " out");
        }
        if (Files.isDirectory(file)) { // as Spark and Dask write them
            throw new IOException(file + " is a folder; name one of the Parquet files in it, each of which is a table");
        }
        CsvText.requireFile(file);
        requireMarks(file);
        try {
            return ParquetCells.read(file);
        } catch (NoClassDefFoundError e) {
            throw new IOException(
                    file + ": reading Parquet needs the dependency " + LIBRARY + ", which is not on the class path ("
                            + e.getMessage() + "). Add it, or write the table as lines of JSON:"
                            + " df.to_json(\"labels.jsonl\", orient=\"records\", lines=True)",
                    e);
        }
    }

    private static void requireMarks(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            byte[] mark = new byte[MARK.length()];
            long length = bytes.length();
            String first = length < SHORTEST ? "" : markAt(bytes, 0, mark);
            String last = length < SHORTEST ? "" : markAt(bytes, length - mark.length, mark);
            if (first.equals(ENCRYPTED) || last.equals(ENCRYPTED)) {
                throw new IOException(file + " is an encrypted Parquet file, which is not read; write it without keys");
            }
            if (!first.equals(MARK)) {
                throw new IOException(file + " is no Parquet file: its first bytes are not " + MARK
                        + (length < SHORTEST ? " (it has " + length + " bytes)" : " but '" + Excerpt.of(first) + "'"));
            }
            if (!last.equals(MARK)) {
                throw new IOException(file + " is a Parquet file whose end is missing: its last bytes are not " + MARK
                        + "; copy or download it again");
            }
        }
    }

    private static String markAt(RandomAccessFile bytes, long position, byte[] mark) throws IOException {
        bytes.seek(position);
        bytes.readFully(mark);
        return text(mark);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
