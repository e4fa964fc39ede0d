package io.github.multilabel.spark.internal.training;

import io.github.multilabel.training.group.TrainingGroup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * The checkpoints of a task in the job's file system, where they outlive the task and its machine. All tasks save at
 * the same moments, which are counted, and each keeps its last two: so when some have saved once more than others, all
 * still have the one before.
 */
final class SharedCheckpoints {

    private static final String WHOLE = "_SUCCESS";
    private static final int KEPT = 2;

    private final FileSystem files;
    private final org.apache.hadoop.fs.Path folder;
    private long saved;

    SharedCheckpoints(FileSystem files, org.apache.hadoop.fs.Path folder) {
        this.files = files;
        this.folder = folder;
    }

    /**
     * Copies the last checkpoint that all members have into a folder of this machine.
     *
     * @return whether there is one
     */
    boolean restore(TrainingGroup group, Path local) throws IOException {
        SortedSet<Long> own = numbers();
        ByteBuffer told = ByteBuffer.allocate(Long.BYTES * own.size());
        own.forEach(told::putLong);
        SortedSet<Long> common = new TreeSet<>(own);
        for (byte[] each : group.gather("checkpoints", told.array())) {
            common.retainAll(numbers(each));
        }
        for (long number : own) {
            if (!common.contains(number) || number != common.last()) {
                files.delete(of(number), true);
            }
        }
        if (common.isEmpty()) {
            return false;
        }
        saved = common.last();
        for (FileStatus checkpoint : files.listStatus(of(saved))) {
            if (checkpoint.isDirectory()) {
                files.copyToLocalFile(
                        false,
                        checkpoint.getPath(),
                        new org.apache.hadoop.fs.Path(
                                local.resolve(checkpoint.getPath().getName()).toUri()),
                        true);
            }
        }
        return true;
    }

    /** Saves a checkpoint of this machine, then removes the one before the last. */
    void save(Path checkpoint) throws IOException {
        org.apache.hadoop.fs.Path target = of(++saved);
        files.delete(target, true);
        files.mkdirs(target);
        files.copyFromLocalFile(
                false,
                true,
                new org.apache.hadoop.fs.Path(checkpoint.toUri()),
                new org.apache.hadoop.fs.Path(target, checkpoint.getFileName().toString()));
        files.create(new org.apache.hadoop.fs.Path(target, WHOLE), true).close();
        files.delete(of(saved - KEPT), true);
    }

    private org.apache.hadoop.fs.Path of(long number) {
        return new org.apache.hadoop.fs.Path(folder, Long.toString(number));
    }

    /** Of those that are whole. */
    private SortedSet<Long> numbers() throws IOException {
        SortedSet<Long> numbers = new TreeSet<>();
        if (files.exists(folder)) {
            for (FileStatus each : files.listStatus(folder)) {
                if (files.exists(new org.apache.hadoop.fs.Path(each.getPath(), WHOLE))) {
                    numbers.add(Long.parseLong(each.getPath().getName()));
                }
            }
        }
        return numbers;
    }

    private static List<Long> numbers(byte[] told) {
        long[] numbers = new long[told.length / Long.BYTES];
        ByteBuffer.wrap(told).asLongBuffer().get(numbers);
        return Arrays.stream(numbers).boxed().toList();
    }
}
