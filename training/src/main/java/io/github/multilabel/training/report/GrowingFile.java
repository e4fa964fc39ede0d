package io.github.multilabel.training.report;

import io.github.multilabel.core.internal.files.FileFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that grows while a training runs. It is opened and closed for each addition, so that nothing is lost if the
 * process is killed and nothing is left to close. Bytes that cannot be added are kept, and added as soon as writing
 * succeeds again; the first failure is logged. A log is no reason to end a training, and half a record would make the
 * rest unreadable.
 */
final class GrowingFile {

    private static final Logger LOG = LoggerFactory.getLogger(GrowingFile.class);

    private final Path path;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    /** The number of bytes that are completely written. */
    private long length;

    private boolean failing;

    /** @param length the length of the file, 0 if it does not exist */
    GrowingFile(Path path, long length) {
        this.path = path;
        this.length = length;
    }

    void append(byte[] bytes) {
        waiting.writeBytes(bytes);
        flush();
    }

    /** Tries again to add the bytes that are waiting. */
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
                        "the log '{}' cannot be written; the training continues, and what is missing is added as soon as"
                                + " that succeeds: {}",
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
