package io.github.multilabel.core.internal.download;

import io.github.multilabel.core.internal.files.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lets one thread of one program fetch into a folder, while others wait for what it brings. */
public final class DownloadLock implements AutoCloseable {

    private final ProcessLock lock;

    private DownloadLock(ProcessLock lock) {
        this.lock = lock;
    }

    /**
     * Waits for its turn.
     *
     * @param folder is made if it is not there; it has a file {@code lock} meanwhile
     * @throws IOException if the folder cannot be written
     */
    public static DownloadLock acquire(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
            return new DownloadLock(ProcessLock.await(folder.resolve("lock")));
        } catch (IOException | RuntimeException e) {
            throw new IOException("folder '" + folder + "' for downloads cannot be written: " + e, e);
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
