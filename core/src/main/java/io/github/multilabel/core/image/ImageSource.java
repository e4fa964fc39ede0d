package io.github.multilabel.core.image;

import io.github.multilabel.core.internal.message.Given;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The source of the encoded bytes of one image, with a name for messages. Implement it for a database or an object
 * store:
 *
 * <pre>{@code
 * ImageSource photo = new ImageSource() {
 *     public String name() { return "s3://cars/" + key; }
 *     public byte[] read() throws IOException { return store.get(key); }
 * };
 * }</pre>
 */
public interface ImageSource {

    /** The name of the image in messages and predictions, for example its file. */
    String name();

    /**
     * Reads the encoded bytes. Called from several threads, and once in every epoch.
     *
     * @return never null; a source without an image throws, or reports it by {@link #problem()}
     * @throws IOException if they cannot be read
     */
    byte[] read() throws IOException;

    /**
     * The reason why the image cannot be read, if it is known without reading it, for example {@code "no such file"}.
     * Must be cheap: data sets call it once for each of their images, when they are built.
     *
     * @return empty if no reason is known
     */
    default Optional<String> problem() {
        return Optional.empty();
    }

    /**
     * A text that changes when the image's bytes change, for caches; for a file its length and time of change. Two
     * images with the same name and the same text must have the same bytes.
     *
     * @return empty if there is no such text; then the bytes are read and compared
     * @throws IOException if the image cannot be found
     */
    default Optional<String> version() throws IOException {
        return Optional.empty();
    }

    /**
     * Length and time of change of the image, without reading it. A training that is resumed compares them with those
     * of its beginning, to notice that images were replaced.
     *
     * @return empty if they are not known
     * @throws IOException if the image cannot be found
     */
    default Optional<FileStamp> stamp() throws IOException {
        return Optional.empty();
    }

    /** The file in which the bytes are cached, for messages, if there is one that the name does not show. */
    default Optional<Path> keptAs() {
        return Optional.empty();
    }

    /**
     * An image in a file.
     *
     * @throws IllegalArgumentException if the path is null
     */
    static ImageSource of(Path file) {
        return new ImageFile(Given.require(file, "file", "the path of an image"));
    }

    /**
     * An image in a file whose path was read from a table. Where the path cannot be a file name on this machine, such
     * as Cyrillic letters under {@code LC_ALL=C}, the source is returned all the same, and {@link #problem()} has the
     * reason.
     *
     * @param folder what a relative path starts from
     * @param path relative or absolute
     */
    static ImageSource of(Path folder, String path) {
        Given.require(folder, "folder", "the folder from which relative paths start");
        Given.require(path, "path", "the path of an image");
        try {
            return of(folder.resolve(path));
        } catch (InvalidPathException e) {
            return new UnnameableFile(path, e);
        }
    }

    /**
     * An image in memory, where it stays as long as the source does. For the photos of a database, of which all would
     * be in memory at once, see {@code data.table.QueryImages}, or bring a source of your own.
     *
     * @param name for messages
     * @param bytes the encoded image; not copied. Null, as a database may have it, is an image that is missing
     */
    static ImageSource of(String name, byte[] bytes) {
        return new ImageBytes(Given.require(name, "name", "a name for messages, e.g. \"car 7\""), bytes);
    }
}
