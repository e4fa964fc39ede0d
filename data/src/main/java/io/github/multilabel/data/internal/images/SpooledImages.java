package io.github.multilabel.data.internal.images;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.files.Digest;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Images that lie packed in another file, unpacked into one temporary file, so that none of them is in memory. It is
 * gone when the process is, or when none of the images is used any longer.
 */
public final class SpooledImages {

    private final Path origin;
    private final RandomAccessFile spool;

    /**
     * Begins with no image.
     *
     * @param origin where they come from, for messages
     */
    public SpooledImages(Path origin) throws IOException {
        this.origin = origin;
        File file;
        try {
            file = Files.createTempFile("multilabel-images", ".bin").toFile();
            this.spool = new RandomAccessFile(file, "rw");
        } catch (IOException e) {
            throw noRoom(e);
        }
        if (!file.delete()) { // Windows keeps what is open; elsewhere it lives on without a name until it is closed
            file.deleteOnExit();
        }
    }

    /** Keeps an image. */
    public ImageSource add(String name, byte[] bytes) throws IOException {
        synchronized (spool) {
            long start = spool.length();
            try {
                spool.seek(start);
                spool.write(bytes);
            } catch (IOException e) {
                throw noRoom(e);
            }
            return new SpooledImage(this, name, start, bytes.length, Digest.sha256(bytes));
        }
    }

    private IOException noRoom(IOException problem) {
        return new IOException(
                origin + ": its images cannot be unpacked into the folder of temporary files, "
                        + System.getProperty("java.io.tmpdir") + " (" + problem.getMessage()
                        + "); -Djava.io.tmpdir=DIR names another",
                problem);
    }

    private byte[] read(long start, int length) throws IOException {
        byte[] bytes = new byte[length];
        synchronized (spool) { // a channel would be closed for all by the interruption of one
            spool.seek(start);
            spool.readFully(bytes);
        }
        return bytes;
    }

    private record SpooledImage(SpooledImages images, String name, long start, int length, String digest)
            implements ImageSource {

        @Override
        public byte[] read() throws IOException {
            return images.read(start, length);
        }

        @Override
        public Optional<String> version() {
            return Optional.of(digest);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
