package io.github.multilabel.spark.internal;

import io.github.multilabel.core.image.ImageSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * An image in any of Hadoop's file systems, read whenever it is asked for.
 *
 * @param name a path or URI; without a scheme of the default file system
 */
public record HadoopImage(String name, Configuration configuration) implements ImageSource {

    @Override
    public byte[] read() throws IOException {
        try {
            return read(new Path(name));
        } catch (FileNotFoundException e) {
            if (name.indexOf('%') < 0) {
                throw e;
            }
            return read(decoded(e)); // Hadoop takes %20 as it stands, and Java's own URIs have it for a blank
        } catch (IllegalArgumentException e) { // blank, or no URI
            throw new IOException("'" + name + "' is no path of an image: " + e.getMessage(), e);
        }
    }

    private Path decoded(FileNotFoundException missing) throws IOException {
        try {
            return new Path(new URI(name));
        } catch (URISyntaxException e) {
            throw missing;
        }
    }

    private byte[] read(Path file) throws IOException {
        try (InputStream in = files(file).open(file)) {
            return in.readAllBytes();
        }
    }

    private FileSystem files(Path file) throws IOException {
        try {
            return file.getFileSystem(configuration);
        } catch (RuntimeException e) { // Hadoop's way to say that a class is missing
            throw new IOException("the file system of '" + name + "' cannot be used: " + e.getMessage()
                    + "; is its jar, such as hadoop-aws, among those of the job?");
        }
    }
}
