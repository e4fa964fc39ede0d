package io.github.multilabel.evaluation.predictions;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of equal length, little-endian, in chunks, since a buffer holds at most 2 GiB. Read at absolute positions, so
 * that any number of threads may do so.
 */
final class Column {

    private static final int CHUNK = 1 << 14;

    private final int rowBytes;
    private final int rowsPerChunk;
    private final List<ByteBuffer> chunks;

    /**
     * Rows that are there.
     *
     * @param rowsPerChunk of each chunk but the last
     */
    Column(int rowBytes, int rowsPerChunk, List<ByteBuffer> chunks) {
        this.rowBytes = rowBytes;
        this.rowsPerChunk = rowsPerChunk;
        this.chunks = chunks;
        chunks.forEach(chunk -> chunk.order(ByteOrder.LITTLE_ENDIAN));
    }

    /** No rows yet, see {@link #grownBy}. */
    Column(int rowBytes) {
        this(rowBytes, Math.max(1, CHUNK / rowBytes), new ArrayList<>());
    }

    /**
     * Makes room for the next row.
     *
     * @param row its number
     * @return its bytes, to be filled
     */
    ByteBuffer grownBy(int row) {
        if (row / rowsPerChunk == chunks.size()) {
            chunks.add(ByteBuffer.allocate(rowsPerChunk * rowBytes).order(ByteOrder.LITTLE_ENDIAN));
        }
        return chunk(row).slice(start(row), rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    float floatAt(int row, int position) {
        return chunk(row).getFloat(start(row) + position * Float.BYTES);
    }

    /** Copies floats of a row. */
    void floatsAt(int row, int first, float[] target) {
        ByteBuffer bytes = chunk(row);
        int start = start(row) + first * Float.BYTES;
        for (int i = 0; i < target.length; i++) {
            target[i] = bytes.getFloat(start + i * Float.BYTES);
        }
    }

    int intAt(int row) {
        return chunk(row).getInt(start(row));
    }

    long longAt(int row) {
        return chunk(row).getLong(start(row));
    }

    /** A byte of a column of bytes, which can have more of them than an array. */
    byte byteAt(long index) {
        return chunks.get((int) (index / rowsPerChunk)).get((int) (index % rowsPerChunk));
    }

    byte byteAt(int row, int position) {
        return chunk(row).get(start(row) + position);
    }

    /** Writes the first rows one after the other. */
    void write(WritableByteChannel out, int rows) throws IOException {
        for (int first = 0; first < rows; first += rowsPerChunk) {
            int count = Math.min(rowsPerChunk, rows - first);
            ByteBuffer bytes = chunk(first).duplicate().position(0).limit(count * rowBytes);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
    }

    private ByteBuffer chunk(int row) {
        return chunks.get(row / rowsPerChunk);
    }

    private int start(int row) {
        return (row % rowsPerChunk) * rowBytes;
    }
}
