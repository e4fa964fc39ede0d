package io.github.multilabel.core.internal.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;

/**
 * Writes a file or a folder beside its final name and moves it into place when it is complete. Whatever happens while
 * writing (a full disk, an exception, a kill), the final name holds the old content or the new, never a part. Threads
 * and processes that write the same name take turns.
 */
public final class AtomicOutput {

    private static final String PART = ".part";
    private static final String OLD = ".old";
    private static final String LOCK = ".lock";
    private static final int LONGEST_SHOWN = 200;
    /** As many as Linux follows. */
    private static final int MOST_LINKS = 40;

    private AtomicOutput() {}

    /** Writes to a stream that is closed by the caller of this function. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Looks at a file that is complete, before it has its name. */
    @FunctionalInterface
    public interface Check {
        /** Throws an exception if the file is not to be kept. */
        void of(Path complete) throws IOException;
    }

    /** Fills a folder that exists and is empty. */
    @FunctionalInterface
    public interface FolderContent {
        /** Writes every file. */
        void writeTo(Path folder) throws IOException;
    }

    /**
     * Writes a file; missing parent folders are made. A link stays one, and the file that it leads to is written.
     *
     * @throws IOException if it cannot be written; an earlier file of the name is then as it was
     */
    public static void file(Path named, Content content) throws IOException {
        file(named, content, complete -> {});
    }

    /**
     * Writes a file as {@link #file(Path, Content)} does, unless a check of what was written fails.
     *
     * @throws IOException if it cannot be written; an earlier file of the name is then as it was, also after whatever
     *     the check throws
     */
    public static void file(Path named, Content content, Check check) throws IOException {
        Path file = target(named);
        Path part = beside(file, PART);
        makeFolderOf(part);
        try (ProcessLock lock = turn(file)) {
            try {
                write(file, part, content);
                check.of(part);
                move(part, file);
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    /**
     * Writes a file that can be made anew, such as an entry of a cache. Readers see all of it or nothing, as with
     * {@link #file}; but after a failure of power it may be damaged, since its bytes are not forced to the disk, which
     * costs milliseconds for each file. Missing parent folders are made. Threads and processes do not take turns: the
     * last one wins.
     *
     * @throws IOException if it cannot be written; an earlier file of the name is then as it was
     */
    public static void replaceable(Path file, Content content) throws IOException {
        // a name that no other process has; not a temporary file of Java's, which only its owner may read
        Path part = file.toAbsolutePath().resolveSibling(UUID.randomUUID() + PART);
        makeFolderOf(part);
        try {
            try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW)) {
                content.writeTo(out);
            }
            move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static Path target(Path named) throws IOException {
        Path target = named;
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MOST_LINKS) {
                throw new IOException(shown(named) + " is a link that leads to itself; name a file");
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    /** Waits for the others that write there. */
    private static ProcessLock turn(Path path) throws IOException {
        try {
            return ProcessLock.await(beside(path, LOCK));
        } catch (FileSystemException e) { // of a file that nobody named
            throw new IOException(shown(path) + " cannot be written: " + FileFailure.reason(e), e);
        }
    }

    private static void write(Path file, Path part, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                OutputStream out =
                        new BufferedOutputStream(new NamedOutput(file, Channels.newOutputStream(channel)), 1 << 16)) {
            content.writeTo(out);
            out.flush();
            channel.force(true); // a name must not reach the disk before its bytes
        }
    }

    /**
     * Writes a folder. An earlier folder of the name is replaced as a whole once the new one is complete; leftovers of
     * an interrupted call are removed, or put back where the old folder had already stepped aside.
     *
     * @throws IOException if it cannot be written; an earlier folder of the name is then as it was
     */
    public static void folder(Path folder, FolderContent content) throws IOException {
        Path part = beside(folder, PART);
        makeFolderOf(part);
        try (ProcessLock lock = turn(folder)) {
            putBack(folder);
            delete(part);
            try {
                Files.createDirectory(part);
                content.writeTo(part);
                if (Files.exists(folder)) {
                    move(folder, beside(folder, OLD));
                }
                move(part, folder);
            } finally {
                delete(part);
                putBack(folder);
            }
        }
    }

    /**
     * Puts back a folder that had stepped aside when a call of {@link #folder} was interrupted. To be called before
     * such a folder is read.
     */
    public static void recover(Path folder) throws IOException {
        if (Files.exists(beside(folder, OLD))) {
            try (ProcessLock lock = ProcessLock.await(beside(folder, LOCK))) { // or somebody is just replacing it
                putBack(folder);
            }
        }
    }

    private static void putBack(Path folder) throws IOException {
        Path old = beside(folder, OLD);
        if (Files.exists(old)) {
            if (Files.exists(folder)) {
                delete(old);
            } else {
                move(old, folder);
            }
        }
    }

    /** Deletes a file or a folder with all that it holds; does nothing if there is none. Links are not followed. */
    public static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Makes a folder with its parents, if it is missing.
     *
     * @throws IOException if that cannot be, saying in words why
     */
    public static void makeFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    shown(folder) + " is " + (Files.exists(folder) ? "a file" : "a link that leads nowhere")
                            + "; name a folder",
                    e);
        } catch (FileSystemException e) {
            throw new IOException(shown(folder) + " cannot be made: " + FileFailure.reason(e), e);
        }
    }

    private static void makeFolderOf(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            makeFolder(folder);
        }
    }

    private static String shown(Path path) {
        String text = path.toString();
        return "'" + (text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...") + "'";
    }

    /**
     * Moves a file in place of another, or a folder to where none is, in one step where the file system can do that.
     *
     * @throws IOException if it cannot be moved
     */
    public static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Path beside(Path path, String ending) {
        Path absolute = path.toAbsolutePath().normalize();
        Path name = absolute.getFileName();
        if (name == null) {
            throw new IllegalArgumentException(
                    "'" + path + "' is a root and cannot be written; name a file or folder in it");
        }
        return absolute.resolveSibling("." + name + ending);
    }
}
