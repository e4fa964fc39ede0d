package io.github.multilabel.training.report;

import io.github.multilabel.core.internal.files.FileFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that grows while a training runs. It is opened and closed for each addition, so that nothing is lost in a kill
 * and nothing is left to close. What cannot be added is told once, kept, and added as soon as that works again: a log
 * is no reason to end a training, and half a record would spoil the rest.
 */
final class GrowingFile {

    private static final Logger LOG = LoggerFactory.getLogger(GrowingFile.class);

    private final Path path;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    /** How much of the file is whole. */
    private long length;

    private boolean failing;

    /** A file that has so many bytes, or does not exist and has none. */
    GrowingFile(Path path, long length) {
        this.path = path;
        this.length = length;
    }

    void append(byte[] bytes) {
        waiting.writeBytes(bytes);
        flush();
    }

    /** Tries again to add what is waiting. */
    void flush() {
        if (waiting.size() == 0) {
            return;
        }
        try {
            add(waiting.toByteArray());
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.error(
                        "the log '{}' cannot be written, the training goes on, and what is missing is added when that"
                                + " works again: {}",
                        path,
                        FileFailure.reason(e));
            }
            failing = true;
        }
    }

    private void add(byte[] bytes) throws IOException {
        // not a channel: an interrupt, which asks the training to stop, would close that
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(length);
            file.seek(length);
            file.write(bytes);
        }
        length += bytes.length;
        waiting.reset();
    }
}
