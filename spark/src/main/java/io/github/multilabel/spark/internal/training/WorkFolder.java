package io.github.multilabel.spark.internal.training;

import io.github.multilabel.data.Split;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
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

    /** Without the checksums that the local file system keeps in files beside each, which come a moment later. */
    static FileSystem plain(FileSystem files) {
        return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
    }

    /** Says that the folder is that of a training, and that what is in it may be removed. */
    private Path own() {
        return new Path(uri, "_multilabel");
    }

    /**
     * Makes a new or empty folder that of a training.
     *
     * @throws IllegalStateException if it has files and is not that of a training
     */
    public void claim(FileSystem files) throws IOException {
        if (files.exists(own())) {
            return;
        }
        Path folder = new Path(uri);
        files.mkdirs(folder);
        FileStatus[] there = files.listStatus(folder);
        if (there.length > 0) {
            throw new IllegalStateException("the work folder '" + uri + "' has files that no training wrote, such as '"
                    + there[0].getPath().getName() + "': name a new or an empty folder");
        }
        files.create(own(), true).close();
    }

    /** There when the images are shared out. */
    private Path shared() {
        return new Path(uri, "shares/_SUCCESS");
    }

    /** Notes that the images are shared out, and for which training. */
    public void describe(FileSystem files, String training) throws IOException {
        try (FSDataOutputStream out = files.create(shared(), true)) {
            out.write(training.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The training for which the images are shared out; empty if they are not. */
    public Optional<String> described(FileSystem files) throws IOException {
        try (FSDataInputStream in = files.open(shared())) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** The images of a share. */
    Path images(Split part, int rank) {
        return new Path(uri, "shares/" + part.part() + "-images-" + rank);
    }

    /** The labels of a share. */
    Path labels(Split part, int rank) {
        return new Path(uri, "shares/" + part.part() + "-labels-" + rank);
    }

    /** What the training begins with, as an option of {@code multilabel train} names it. */
    Path start(String option) {
        return new Path(uri, "start/" + option.replace("--", ""));
    }

    /** What the tasks of an attempt tell each other. */
    Path rounds(int attempt) {
        return new Path(uri, "rounds/" + attempt);
    }

    /** What the tasks of all attempts tell each other. */
    public Path rounds() {
        return new Path(uri, "rounds");
    }

    /** What stopped the tasks, and would again. */
    public Path failure() {
        return new Path(uri, "failure");
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
        for (String folder : new String[] {"shares", "start", "rounds", "checkpoints", "failure"}) {
            files.delete(new Path(uri, folder), true);
        }
    }

    /** Removes the folder. */
    public void delete(Configuration configuration) throws IOException {
        files(configuration).delete(new Path(uri), true);
    }
}
