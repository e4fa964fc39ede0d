package io.github.multilabel.core.internal.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write somewhere, which one owner has at a time: among the threads of this process as among processes. It
 * dies with its process, so a kill leaves nothing that stands in the way of the next. The file of the lock says whose
 * it is, and goes when the lock is closed.
 *
 * <p>Any thread may close it.
 */
public final class ProcessLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessLock.class);

    private static final String NAME = ".lock";
    /** What is locked is no part of the text: Windows would not let others read that. */
    private static final long LOCKED_BYTE = 1 << 20;

    private static final int LONGEST_OWNER = 300;

    /**
     * Files that this process has locked. They must not even be opened again: closing a second channel of a file would
     * free the lock of the first.
     */
    static final Set<Object> HELD = new HashSet<>();

    private final Path file;
    private final Object identity;
    private final FileChannel channel;

    private ProcessLock(Path file, Object identity, FileChannel channel) {
        this.file = file;
        this.identity = identity;
        this.channel = channel;
    }

    /**
     * Takes a folder for oneself, by a file {@code .lock} in it.
     *
     * @param folder is made if it is missing
     * @throws IllegalStateException if another has it, naming the process
     * @throws IOException if the folder cannot be made or written
     */
    public static ProcessLock ofFolder(Path folder) throws IOException {
        AtomicOutput.makeFolder(folder);
        try {
            return take(folder.resolve(NAME), folder, false);
        } catch (IOException e) {
            throw new IOException("'" + folder + "' cannot be written: " + FileFailure.reason(e), e);
        }
    }

    /**
     * Waits until it is one's turn.
     *
     * @param file of the lock, in a folder that exists
     * @throws InterruptedIOException if the thread is interrupted while it waits
     * @throws IOException if the file cannot be written
     */
    public static ProcessLock await(Path file) throws IOException {
        return take(file, file, true);
    }

    private static ProcessLock take(Path file, Path owned, boolean waits) throws IOException {
        while (true) {
            Object identity = identity(file);
            if (!hold(identity, waits)) {
                throw inUse(owned, "by this process itself");
            }
            @Nullable ProcessLock lock = null;
            try {
                lock = lock(file, owned, identity, waits);
            } finally {
                if (lock == null) {
                    release(identity);
                }
            }
            if (lock != null) {
                return lock;
            }
        }
    }

    /** Null if the file is another by now, because its last owner took it away. */
    private static @Nullable ProcessLock lock(Path file, Path owned, Object identity, boolean waits)
            throws IOException {
        FileChannel channel = open(file, identity);
        if (channel == null) {
            return null;
        }
        boolean taken = false;
        try {
            if (!isLocked(channel, file, waits)) {
                throw inUse(owned, "by " + owner(channel));
            }
            if (isStill(file, identity)) {
                if (!waits) {
                    channel.truncate(0);
                    channel.write(ByteBuffer.wrap(thisProcess().getBytes(StandardCharsets.UTF_8)), 0);
                }
                taken = true;
                return new ProcessLock(file, identity, channel);
            }
            return null;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /**
     * Null if the file is another by now: a thread of this process may have that one, or take it as soon as it gets a
     * turn here.
     */
    private static @Nullable FileChannel open(Path file, Object identity) throws IOException {
        synchronized (HELD) {
            if (!isStill(file, identity)) {
                return null;
            }
            FileChannel channel;
            try {
                channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            } catch (NoSuchFileException e) {
                return null;
            }
            boolean same = false;
            try {
                same = isStill(file, identity); // another process may have replaced it meanwhile
                return same ? channel : null;
            } finally {
                if (!same) {
                    channel.close();
                }
            }
        }
    }

    private static boolean isStill(Path file, Object identity) throws IOException {
        return existing(file).filter(identity::equals).isPresent();
    }

    /** Whether it is ours; where the file system knows no locks, only threads of this process keep each other out. */
    private static boolean isLocked(FileChannel channel, Path file, boolean waits) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) { // a copy of this class, in another class loader, has it
            return false;
        } catch (IOException e) {
            LOG.warn("{} cannot be locked ({}): make sure that no other process writes there", file, e.getMessage());
            return true;
        }
        if (lock == null && waits) {
            lock = channel.lock(LOCKED_BYTE, 1, false);
        }
        return lock != null;
    }

    private static boolean hold(Object identity, boolean waits) throws InterruptedIOException {
        synchronized (HELD) {
            while (!HELD.add(identity)) {
                if (!waits) {
                    return false;
                }
                try {
                    HELD.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted while waiting for a lock");
                }
            }
            return true;
        }
    }

    private static void release(Object identity) {
        synchronized (HELD) {
            HELD.remove(identity);
            HELD.notifyAll();
        }
    }

    /** What stays the same by whatever name a file is reached. */
    private static Object identity(Path file) throws IOException {
        while (true) {
            try {
                Files.createFile(file);
            } catch (FileAlreadyExistsException e) {
                // as it should be
            }
            Optional<Object> identity = existing(file);
            if (identity.isPresent()) {
                return identity.get();
            }
        }
    }

    private static Optional<Object> existing(Path file) throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return Optional.of(key != null ? key : file.toRealPath());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static IllegalStateException inUse(Path owned, String by) {
        return new IllegalStateException("'" + owned + "' is in use " + by
                + "; one at a time may write there: wait until that has ended, or name another folder");
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST_OWNER);
        channel.read(text, 0);
        String owner = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
        return owner.isEmpty() ? "another process" : owner;
    }

    private static String thisProcess() {
        ProcessHandle process = ProcessHandle.current();
        String host = Stream.of("HOSTNAME", "COMPUTERNAME")
                .map(System::getenv)
                .filter(name -> name != null && !name.isBlank())
                .findFirst()
                .map(name -> " on " + name)
                .orElse("");
        String start = process.info()
                .startInstant()
                .map(instant -> ", started at " + instant.truncatedTo(ChronoUnit.SECONDS))
                .orElse("");
        return "process " + process.pid() + host + start + "\n";
    }

    /** Frees it, so that the next may have it. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            Files.deleteIfExists(file); // while it is ours: whoever waits for it finds that it is gone, and begins anew
        } catch (IOException e) {
            LOG.debug("{} stays; it is free", file, e);
        } finally {
            release(identity);
        }
    }
}
