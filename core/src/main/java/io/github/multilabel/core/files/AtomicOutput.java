package io.github.multilabel.core.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Writes a file or a folder beside its final name and moves it into place when it is complete. Whatever happens while
 * writing (a full disk, an exception, a kill), the final name holds the old content or the new, never a part.
 */
public final class AtomicOutput {

    private static final String PART = ".part";
    private static final String OLD = ".old";

    private AtomicOutput() {}

    /** Writes to a stream that is closed by the caller of this function. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Fills a folder that exists and is empty. */
    @FunctionalInterface
    public interface FolderContent {
        /** Writes every file. */
        void writeTo(Path folder) throws IOException;
    }

    /**
     * Writes a file; missing parent folders are made.
     *
     * @throws IOException if it cannot be written; an earlier file of the name is then as it was
     */
    public static void file(Path file, Content content) throws IOException {
        Path part = beside(file, PART);
        Files.createDirectories(part.getParent());
        try {
            try (FileChannel channel = FileChannel.open(
                            part,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
                content.writeTo(out);
                out.flush();
                channel.force(true); // a name must not reach the disk before its bytes
            }
            move(part, file);
        } finally {
            Files.deleteIfExists(part);
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
        Path old = beside(folder, OLD);
        recover(folder);
        Files.createDirectories(part.getParent());
        delete(part);
        try {
            Files.createDirectory(part);
            content.writeTo(part);
            if (Files.exists(folder)) {
                move(folder, old);
            }
            move(part, folder);
        } finally {
            delete(part);
            recover(folder);
        }
    }

    /**
     * Puts back a folder that had stepped aside when a call of {@link #folder} was interrupted. To be called before
     * such a folder is read.
     */
    public static void recover(Path folder) throws IOException {
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

    private static void move(Path from, Path to) throws IOException {
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
