package io.github.multilabel.training.internal.features;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of numbers per sample, written once and then read in any order: the first ones in memory, those beyond a
 * budget in a file that is mapped into memory. The file has no name for others to see where the system allows that, and
 * is gone when this is closed or the process ends.
 */
final class FeatureRows implements AutoCloseable {

    /** Rows per mapping: a mapping must stay below 2 GB. */
    private static final int MAPPED_BYTES = 1 << 28;

    private final int width;
    private final float[][] kept;
    private final Path folder;
    private final boolean[] written;
    private final List<FloatBuffer> mapped = new ArrayList<>();
    /** Null until a row does not fit into the budget. */
    private @Nullable FileChannel file;

    /**
     * Rows without values.
     *
     * @param rows as many as there may be
     * @param width the numbers of each
     * @param budget bytes that may be kept in memory
     * @param folder where the file goes if the budget is not enough
     */
    FeatureRows(int rows, int width, long budget, Path folder) {
        this.width = width;
        this.folder = folder;
        kept = new float[(int) Math.min(rows, budget / (4L * width))][];
        written = new boolean[rows];
    }

    /** Whether a row has values. */
    boolean has(int row) {
        return written[row];
    }

    /** Gives rows their values, before any is read. */
    void write(int row, float[] values) throws IOException {
        if (row < kept.length) {
            kept[row] = values;
        } else {
            ByteBuffer bytes = ByteBuffer.allocate(4 * width).order(ByteOrder.nativeOrder());
            bytes.asFloatBuffer().put(values);
            long position = (row - kept.length) * 4L * width;
            while (bytes.hasRemaining()) {
                position += open().write(bytes, position);
            }
        }
        written[row] = true;
    }

    private FileChannel open() throws IOException {
        if (file == null) {
            Path name = Files.createTempFile(folder, "multilabel-features", ".tmp");
            file = FileChannel.open(
                    name, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        }
        return file;
    }

    /** Copies the values of a row that has some. */
    void read(int row, float[] to, int offset) throws IOException {
        if (row < kept.length) {
            System.arraycopy(kept[row], 0, to, offset, width);
            return;
        }
        int perMapping = MAPPED_BYTES / (4 * width);
        int beyond = row - kept.length;
        map(perMapping);
        mapped.get(beyond / perMapping).get(beyond % perMapping * width, to, offset, width);
    }

    private void map(int perMapping) throws IOException {
        if (!mapped.isEmpty()) {
            return;
        }
        FileChannel file = open();
        long size = file.size();
        for (long start = 0; start < size; start += 4L * width * perMapping) {
            long length = Math.min(size - start, 4L * width * perMapping);
            mapped.add(file.map(FileChannel.MapMode.READ_ONLY, start, length)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer());
        }
    }

    @Override
    public void close() throws IOException {
        mapped.clear();
        if (file != null) {
            file.close(); // and deletes it
        }
    }
}
