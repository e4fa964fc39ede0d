package io.github.multilabel.core.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one thread of one program fetch into a folder, while others wait for what it brings. */
public final class DownloadLock implements AutoCloseable {

    /** A lock on a file is the whole program's: a second thread would get an exception. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final FileLock lock;

    private DownloadLock(FileLock lock) {
        this.lock = lock;
    }

    /**
     * Waits for its turn.
     *
     * @param folder is made if it is not there; a file {@code lock} stays in it
     * @return to be closed by the same thread
     * @throws IOException if the folder cannot be written
     */
    public static DownloadLock acquire(Path folder) throws IOException {
        THREADS.lock();
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return locked(channel);
        } catch (IOException | RuntimeException e) {
            THREADS.unlock();
            throw new IOException("folder '" + folder + "' for downloads cannot be written: " + e, e);
        }
    }

    private static DownloadLock locked(FileChannel channel) throws IOException {
        try {
            return new DownloadLock(channel.lock());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            lock.acquiredBy().close(); // which frees the lock
        } finally {
            THREADS.unlock();
        }
    }
}
