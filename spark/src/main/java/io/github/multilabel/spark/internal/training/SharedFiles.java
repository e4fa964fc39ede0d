package io.github.multilabel.spark.internal.training;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files by which tasks tell each other something. A file is read when it is whole, which its checksum says: some file
 * systems show a file before it is written to its end, and others cannot rename one without copying it.
 */
final class SharedFiles {

    private static final long MAGIC = 0x6d6c2d7368617265L;
    private static final int HEADER = Long.BYTES + Long.BYTES + Integer.BYTES;
    private static final long FIRST_PAUSE_MILLIS = 2;
    private static final long LONGEST_PAUSE_MILLIS = 200;

    private final FileSystem files;
    private final BooleanSupplier isKilled;

    /** @param isKilled whether to give up waiting, because the task is to end */
    SharedFiles(FileSystem files, BooleanSupplier isKilled) {
        this.files = WorkFolder.plain(files);
        this.isKilled = isKilled;
    }

    void write(Path file, byte[] content) throws IOException {
        CRC32C sum = new CRC32C();
        sum.update(content);
        ByteArrayOutputStream header = new ByteArrayOutputStream(HEADER);
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeLong(MAGIC);
        fields.writeLong(content.length);
        fields.writeInt((int) sum.getValue());
        try (FSDataOutputStream out = files.create(file, true)) {
            out.write(header.toByteArray());
            out.write(content);
        }
    }

    /** Waits until a file is there and whole. */
    byte[] await(Path file) throws IOException {
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            Optional<byte[]> content = read(file);
            if (content.isPresent()) {
                return content.get();
            }
            if (isKilled.getAsBoolean()) {
                throw new InterruptedIOException("this task was asked to end while it waited for " + file);
            }
            sleep(pause, file);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    /** Empty if a file is not there, or not yet whole. */
    private Optional<byte[]> read(Path file) throws IOException {
        try (FSDataInputStream in = files.open(file);
                DataInputStream fields = new DataInputStream(in)) {
            long magic = fields.readLong();
            int length = Math.toIntExact(fields.readLong());
            int expected = fields.readInt();
            if (magic != MAGIC) {
                throw new IOException(file + " is not what a task of a training wrote");
            }
            byte[] content = new byte[length];
            fields.readFully(content);
            CRC32C sum = new CRC32C();
            sum.update(content);
            return (int) sum.getValue() == expected ? Optional.of(content) : Optional.empty();
        } catch (FileNotFoundException | EOFException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a part of the content of a file that is known to be whole.
     *
     * @param from of the content, in bytes
     */
    byte[] part(Path file, long from, int length) throws IOException {
        byte[] part = new byte[length];
        try (FSDataInputStream in = files.open(file)) {
            in.readFully(HEADER + from, part);
        }
        return part;
    }

    /** Deletes a file or folder, if it is there. */
    void delete(Path place) throws IOException {
        files.delete(place, true);
    }

    private static void sleep(long millis, Path file) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("this task was interrupted while it waited for " + file);
        }
    }
}
