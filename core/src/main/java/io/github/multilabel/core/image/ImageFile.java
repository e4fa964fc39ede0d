package io.github.multilabel.core.image;

import java.io.IOException;
import java.nio.file.Files;
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
        return Files.readAllBytes(file);
    }

    @Override
    public Optional<String> problem() {
        if (Files.isRegularFile(file)) {
            return Files.isReadable(file) ? Optional.empty() : Optional.of("not readable by this user");
        }
        return Optional.of(
                Files.isDirectory(file) ? "is a folder" : Files.exists(file) ? "is not a file" : "no such file");
    }

    @Override
    public Optional<String> version() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return Optional.of(file.toAbsolutePath().normalize() + "\n" + attributes.size() + "\n"
                + attributes.lastModifiedTime().toInstant());
    }

    @Override
    public String toString() {
        return name();
    }
}
