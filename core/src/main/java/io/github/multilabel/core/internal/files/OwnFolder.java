package io.github.multilabel.core.internal.files;

import io.github.multilabel.core.internal.message.Excerpt;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A folder that is written as a whole replaces an earlier one of its kind, and nothing else. */
public final class OwnFolder {

    private OwnFolder() {}

    /**
     * Checks that a folder is not there, is empty, or may be replaced.
     *
     * @param what it holds, where it is not an earlier one: {@code "no model for timm"}
     * @param isOwn whether the names of its files, in order, are those of an earlier one
     * @throws IOException if it is a file, or holds anything else
     */
    public static void require(Path folder, String what, Predicate<List<String>> isOwn) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new FileAlreadyExistsException(
                    folder.toString(), null, "it is a file; a folder is written, choose another name");
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            if (!names.isEmpty() && !isOwn.test(names)) {
                throw new IOException("folder '" + folder + "' is not replaced, because it holds what is " + what + ": "
                        + Excerpt.of(names) + "; choose another folder, or empty it");
            }
        }
    }
}
