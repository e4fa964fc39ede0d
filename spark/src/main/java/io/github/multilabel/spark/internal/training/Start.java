package io.github.multilabel.spark.internal.training;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * What a training begins with, where that is in files: it travels from the driver to the tasks by the work folder.
 *
 * @param option that names it, {@link #WEIGHTS} or {@link #FROM}
 * @param place on this machine: a file of weights, or the folder of a saved model
 */
public record Start(String option, Path place) {

    /** The option of {@code multilabel train} for the weights of a backbone. */
    public static final String WEIGHTS = "--weights";

    /** The option of {@code multilabel train} for a saved model. */
    public static final String FROM = "--from";

    /** Random weights. */
    static final String NONE = "none";

    /** Copies it into the work folder. */
    public void share(WorkFolder work, FileSystem files) throws IOException {
        org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(
                work.start(option), place.getFileName().toString());
        FileSystem plain = WorkFolder.plain(files);
        plain.mkdirs(target.getParent());
        plain.copyFromLocalFile(
                false,
                true,
                new org.apache.hadoop.fs.Path(place.toAbsolutePath().toUri()),
                target);
    }

    /**
     * Copies what was shared to this machine.
     *
     * @param folder of this machine
     * @return empty if nothing was shared
     */
    static Optional<Start> copy(WorkFolder work, FileSystem files, Path folder) throws IOException {
        for (String option : List.of(WEIGHTS, FROM)) {
            for (FileStatus shared : shared(files, work.start(option))) {
                Path copy = folder.resolve(shared.getPath().getName());
                files.copyToLocalFile(false, shared.getPath(), new org.apache.hadoop.fs.Path(copy.toUri()), true);
                return Optional.of(new Start(option, copy));
            }
        }
        return Optional.empty();
    }

    private static FileStatus[] shared(FileSystem files, org.apache.hadoop.fs.Path folder) throws IOException {
        try {
            return files.listStatus(folder);
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }

    /** The same words with another start in place of the one that is typed; random weights if there is none. */
    static List<String> replaced(List<String> typed, Optional<Start> start) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < typed.size(); i++) {
            String word = typed.get(i);
            if (word.equals(WEIGHTS) || word.equals(FROM)) {
                i++; // and its value
            } else if (!word.startsWith(WEIGHTS + "=") && !word.startsWith(FROM + "=")) {
                words.add(word);
            }
        }
        words.addAll(
                start.map(each -> List.of(each.option, each.place.toString())).orElse(List.of(WEIGHTS, NONE)));
        return words;
    }
}
