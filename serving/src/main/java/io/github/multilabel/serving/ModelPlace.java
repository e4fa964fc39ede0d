package io.github.multilabel.serving;

import io.github.multilabel.core.internal.files.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a model is: a folder that a training saved, or a file that was exported.
 *
 * @param path of the folder or file
 */
record ModelPlace(Path path) {

    private static final String DESCRIPTION = "model.json";
    private static final String WEIGHTS = "weights.safetensors";

    /** In the folder of each model. */
    static final List<String> FILES = List.of(DESCRIPTION, WEIGHTS);

    private static final int DIGITS = 12;

    boolean isFolder() {
        return Files.isDirectory(path);
    }

    /** The file that changes whenever the model does: a folder's description has the checksums of its weights. */
    private Path described() {
        return isFolder() ? path.resolve(DESCRIPTION) : path;
    }

    /**
     * What changes when the model is replaced, without reading it.
     *
     * @throws IOException if it is not there
     */
    Stamp stamp() throws IOException {
        // both, because one comes after the other: what could not be loaded meanwhile is tried again
        List<Path> files = isFolder() ? FILES.stream().map(path::resolve).toList() : List.of(path);
        List<FileStamp> stamps = new ArrayList<>();
        for (Path file : files) {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            stamps.add(
                    new FileStamp(found.size(), found.lastModifiedTime().toMillis(), String.valueOf(found.fileKey())));
        }
        return new Stamp(stamps);
    }

    /** Of all files of a model. */
    record Stamp(List<FileStamp> files) {}

    /** Size, time of change and identity of a file. */
    record FileStamp(long bytes, long changed, String key) {}

    /** The first digits of the SHA-256 of what describes it. */
    String version() throws IOException {
        try (InputStream in = Files.newInputStream(described())) {
            return new Digest(Digest.SHA_256).add(in).hex().substring(0, DIGITS);
        }
    }
}
