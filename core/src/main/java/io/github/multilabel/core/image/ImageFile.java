package io.github.multilabel.core.image;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** An image in a file. */
record ImageFile(Path file) implements ImageSource {

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public byte[] read() throws IOException {
        if (!Files.isRegularFile(file) && Files.exists(file)) { // reading a pipe would wait without end
            throw new IOException(file + ": " + problem().orElse("is not a file"));
        }
        try {
            return Files.readAllBytes(file);
        } catch (OutOfMemoryError e) {
            throw new IOException(
                    file + ": its " + (Files.size(file) >> 20) + " MB do not fit into the memory that Java may use", e);
        }
    }

    @Override
    public Optional<String> problem() {
        if (Files.isRegularFile(file)) {
            return Files.isReadable(file) ? Optional.empty() : Optional.of("not readable by this user");
        }
        if (Files.isDirectory(file)) {
            return Optional.of("is a folder");
        }
        return Optional.of(Files.exists(file) ? "is not a file" : absent());
    }

    /** A failed look is no proof of absence. */
    private String absent() {
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
            return "is there now, and was not a moment ago";
        } catch (AccessDeniedException e) {
            return "not accessible: this user may not enter the folder " + closedFolder();
        } catch (NoSuchFileException e) {
            return Files.isSymbolicLink(file) ? "is a link to a file that is not there" : "no such file";
        } catch (FileSystemException e) {
            String reason = String.valueOf(e.getReason());
            if (reason.contains("too long")) {
                return "cannot be a file: its name is too long";
            }
            return reason.contains("levels of symbolic links") ? "is a link that leads to itself" : "no such file";
        } catch (IOException e) {
            return "cannot be looked at: " + e;
        }
    }

    private Path closedFolder() {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getRoot();
        for (int depth = 1; depth < absolute.getNameCount() && Files.isExecutable(folder); depth++) {
            folder = absolute.getRoot().resolve(absolute.subpath(0, depth));
        }
        return folder;
    }

    @Override
    public Optional<String> version() throws IOException {
        return stamp().map(stamp -> file.toAbsolutePath().normalize() + "\n" + stamp.length() + "\n" + stamp.changed());
    }

    @Override
    public Optional<FileStamp> stamp() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return Optional.of(
                new FileStamp(attributes.size(), attributes.lastModifiedTime().toInstant()));
    }

    @Override
    public String toString() {
        return name();
    }
}
