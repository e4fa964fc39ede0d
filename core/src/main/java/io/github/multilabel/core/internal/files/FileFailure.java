package io.github.multilabel.core.internal.files;

import io.github.multilabel.core.internal.message.Excerpt;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file or folder could not be used, in words: many of Java's exceptions have its name as their only message. */
public final class FileFailure {

    private FileFailure() {}

    /** The reason alone, such as {@code permission denied}; the caller names the file. */
    public static String reason(IOException failure) {
        if (failure instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "a file of that name is there";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "the folder is not empty";
        }
        if (failure instanceof NotDirectoryException) {
            return "it is not a folder";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    /** The file, if the exception knows it, and the reason. */
    public static String message(IOException failure) {
        return failure instanceof FileSystemException file && file.getFile() != null
                ? "'" + Excerpt.inOneLine(file.getFile()) + "': " + reason(failure)
                : reason(failure);
    }
}
