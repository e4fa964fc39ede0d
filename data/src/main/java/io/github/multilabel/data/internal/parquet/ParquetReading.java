package io.github.multilabel.data.internal.parquet;

import io.github.multilabel.core.internal.message.Excerpt;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/** An open Parquet file, of which columns are read. */
final class ParquetReading implements Closeable {

    private final ParquetFileReader reader;

    private ParquetReading(ParquetFileReader reader) {
        this.reader = reader;
    }

    /** Work with an open file. */
    @FunctionalInterface
    interface Work<T> {
        T with(ParquetReading file) throws IOException;
    }

    /** Receives columns, a group of rows at a time. */
    @FunctionalInterface
    interface RowGroup {
        /** @return whether the next group is wanted */
        boolean accept(int rows, Function<ColumnDescriptor, ColumnReader> columns) throws IOException;
    }

    /**
     * Opens a file, works with it and closes it.
     *
     * @throws IOException whatever is wrong with it; the message has the file
     */
    static <T> T of(Path file, Work<T> work) throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new Decompression())
                .usePageChecksumVerification(true)
                .build();
        try (ParquetReading reading = new ParquetReading(ParquetFileReader.open(new LocalInputFile(file), options))) {
            return work.with(reading);
        } catch (IOException e) {
            throw String.valueOf(e.getMessage()).startsWith(file.toString()) ? e : failure(file, e);
        } catch (OutOfMemoryError e) {
            throw new IOException(
                    file + ": a group of its rows does not fit into the memory that Java may use, or the file is"
                            + " damaged; it has " + (Files.size(file) >> 20) + " MB. Give Java more (-Xmx), or write"
                            + " smaller groups: df.to_parquet(file, row_group_size=1000)",
                    e);
        } catch (UnsupportedOperationException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        } catch (RuntimeException | StackOverflowError e) { // the library says not what it throws for damaged files
            throw failure(file, e);
        }
    }

    private static IOException failure(Path file, Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause.getClass().getName().contains("Crypto")) {
            return new IOException(file + " has encrypted columns, which are not read; write it without keys", problem);
        }
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new IOException(
                file + " is damaged, or a Parquet file of a kind that is not read: " + Excerpt.of(reason), problem);
    }

    MessageType schema() {
        return description().getSchema();
    }

    /** What the program that wrote the file says besides, by names of its own. */
    Map<String, String> notes() {
        return description().getKeyValueMetaData();
    }

    private FileMetaData description() {
        return reader.getFileMetaData();
    }

    /** Reads some columns; others are not even unpacked. */
    void read(List<ColumnDescriptor> wanted, RowGroup receiver) throws IOException {
        reader.setRequestedSchema(wanted);
        List<BlockMetaData> groups = reader.getRowGroups();
        boolean more = true;
        for (int i = 0; i < groups.size() && more; i++) {
            int rows = Math.toIntExact(groups.get(i).getRowCount());
            more = rows == 0 || receiver.accept(rows, columns(reader.readRowGroup(i)));
        }
    }

    private Function<ColumnDescriptor, ColumnReader> columns(PageReadStore pages) {
        return new ColumnReadStoreImpl(
                pages, new NoRecord(), schema(), description().getCreatedBy())::getColumnReader;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** Values are taken one by one, and no records are made of them. */
    private static final class NoRecord extends GroupConverter {

        @Override
        public Converter getConverter(int field) {
            return this;
        }

        @Override
        public PrimitiveConverter asPrimitiveConverter() {
            return new PrimitiveConverter() {};
        }

        @Override
        public void start() {
            // no records
        }

        @Override
        public void end() {
            // no records
        }
    }
}
