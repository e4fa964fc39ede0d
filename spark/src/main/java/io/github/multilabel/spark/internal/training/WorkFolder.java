package io.github.multilabel.spark.internal.training;

import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where the tasks of a training keep what they share: a folder of a file system that all of them reach.
 *
 * @param uri of the folder, with the scheme of its file system
 */
public record WorkFolder(String uri) implements Serializable {

    /** The file system that has it. */
    public FileSystem files(Configuration configuration) throws IOException {
        return FileSystem.get(URI.create(uri), configuration);
    }

    /** Without the checksums that the local file system keeps in files beside each. */
    static FileSystem plain(FileSystem files) {
        return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
    }

    /** There when the images are shared out. */
    public Path shared() {
        return new Path(uri, "shares/_SUCCESS");
    }

    /** The images of a share. */
    Path images(String part, int rank) {
        return new Path(uri, "shares/" + part + "-images-" + rank);
    }

    /** The labels of a share. */
    public Path labels(String part, int rank) {
        return new Path(uri, "shares/" + part + "-labels-" + rank);
    }

    /** What the tasks of an attempt tell each other. */
    Path rounds(int attempt) {
        return new Path(uri, "rounds/" + attempt);
    }

    /** What the tasks of all attempts tell each other. */
    public Path rounds() {
        return new Path(uri, "rounds");
    }

    /** The checkpoints of a task. */
    Path checkpoints(int rank) {
        return new Path(uri, "checkpoints/" + rank);
    }

    /** What a training leaves: the model and its files. */
    public Path result() {
        return new Path(uri, "result");
    }

    /** Removes what an earlier training left, and nothing else. */
    public void clear(FileSystem files) throws IOException {
        clearExceptResult(files);
        files.delete(result(), true);
    }

    /** Removes all that only a training that goes on needs. */
    public void clearExceptResult(FileSystem files) throws IOException {
        for (String folder : new String[] {"shares", "rounds", "checkpoints"}) {
            files.delete(new Path(uri, folder), true);
        }
    }

    /** Removes the folder. */
    public void delete(Configuration configuration) throws IOException {
        files(configuration).delete(new Path(uri), true);
    }
}
