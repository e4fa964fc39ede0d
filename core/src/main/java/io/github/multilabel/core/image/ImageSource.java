package io.github.multilabel.core.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the encoded bytes of one image come from, with a name that a message can show. Bring your own for a database or
 * an object store:
 *
 * <pre>{@code
 * ImageSource photo = new ImageSource() {
 *     public String name() { return "s3://cars/" + key; }
 *     public byte[] read() throws IOException { return store.get(key); }
 * };
 * }</pre>
 */
public interface ImageSource {

    /** A name that tells a person which image this is. */
    String name();

    /**
     * The encoded bytes. May be called from several threads, and once in every epoch.
     *
     * @throws IOException if they cannot be read
     */
    byte[] read() throws IOException;

    /** An image in a file. */
    static ImageSource of(Path file) {
        return new ImageSource() {
            @Override
            public String name() {
                return file.toString();
            }

            @Override
            public byte[] read() throws IOException {
                return Files.readAllBytes(file);
            }

            @Override
            public String toString() {
                return name();
            }
        };
    }

    /**
     * An image in memory.
     *
     * @param name for messages
     * @param bytes the encoded image; not copied
     */
    static ImageSource of(String name, byte[] bytes) {
        return new ImageSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public byte[] read() {
                return bytes;
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }
}
