package io.github.multilabel.spark.internal.training;

import io.github.multilabel.training.group.TrainingGroup;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Tasks that tell each other what they know through files of the job's file system: nothing large passes the driver.
 *
 * <p>Averaging takes three steps, as reduce-scatter and all-gather do: each task writes all of its values, reads its
 * own slice of everybody's and writes their mean, and reads the means of all slices. So each task writes a little more
 * than the size of the values, and reads about twice as much, however many tasks there are.
 *
 * <p>For one thread.
 */
final class FileGroup implements TrainingGroup, AutoCloseable {

    /** So many of the own files may still be read by others: what is averaged is read until the means are there. */
    private static final int READ_BY_OTHERS = 3;
    /** An object store takes long for each read, and does not mind many. */
    private static final int READS_AT_ONCE = 8;

    private final SharedFiles files;
    private final Path folder;
    private final int rank;
    private final int size;
    private final Deque<Path> written = new ArrayDeque<>();
    private final ExecutorService readers;
    private long calls;

    /**
     * Begins with nothing told.
     *
     * @param folder of this attempt alone
     * @param isKilled whether to give up waiting, because the task is to end
     */
    FileGroup(FileSystem files, Path folder, int rank, int size, BooleanSupplier isKilled) {
        this.files = new SharedFiles(files, isKilled);
        this.folder = folder;
        this.rank = rank;
        this.size = size;
        readers = Executors.newFixedThreadPool(Math.min(size, READS_AT_ONCE), task -> {
            Thread thread = new Thread(task, "multilabel-group-reader");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public List<byte[]> gather(String what, byte[] mine) throws IOException {
        Path call = begin(what);
        files.write(member(call, rank), mine);
        return ofEach(member -> member == rank ? mine : files.await(member(call, member)));
    }

    @Override
    public void average(String what, float[] values, double weight) throws IOException {
        Path given = begin(what);
        files.write(member(given, rank), weight == 0 ? new byte[0] : bytes(values, 0, values.length));
        // Whoever has given a weight has written its values before.
        double[] weights = weights(gather(what + "-weight", bytes(weight)));
        int start = start(rank, values.length);
        int length = start(rank + 1, values.length) - start;
        List<byte[]> parts = ofEach(member -> weights[member] == 0
                ? new byte[0]
                : member == rank
                        ? bytes(values, start, length)
                        : files.part(member(given, member), (long) Float.BYTES * start, Float.BYTES * length));
        double[] mean = new double[length];
        for (int member = 0; member < size; member++) {
            if (weights[member] > 0) {
                add(mean, parts.get(member), weights[member]);
            }
        }
        List<byte[]> means = gather(what + "-mean", bytes(mean));
        for (int member = 0; member < size; member++) {
            FloatBuffer slice = floats(means.get(member));
            slice.get(values, start(member, values.length), slice.remaining());
        }
    }

    /** What is read of a member. */
    @FunctionalInterface
    private interface Reading {
        byte[] of(int member) throws IOException;
    }

    /** Reads something of each member, in the order of ranks. */
    private List<byte[]> ofEach(Reading reading) throws IOException {
        List<Future<byte[]>> started = new ArrayList<>();
        for (int member = 0; member < size; member++) {
            int asked = member;
            started.add(readers.submit(() -> reading.of(asked)));
        }
        try {
            List<byte[]> all = new ArrayList<>();
            for (Future<byte[]> each : started) {
                all.add(each.get());
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("this task was interrupted while it waited for others");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            started.forEach(each -> each.cancel(true));
        }
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }

    /** How the files of the next call begin, which all members make at the same time. */
    private Path begin(String what) throws IOException {
        Path call = new Path(folder, String.format(Locale.ROOT, "%09d-%s", calls++, what));
        written.addLast(member(call, rank));
        if (written.size() > READ_BY_OTHERS) {
            files.delete(written.removeFirst());
        }
        return call;
    }

    private static Path member(Path call, int rank) {
        return call.suffix("-" + rank);
    }

    /** Where the slice of a member begins; the last one ends at {@code start(size, length)}. */
    private int start(int member, int length) {
        return (int) ((long) length * member / size);
    }

    private static double[] weights(List<byte[]> given) {
        double[] weights = given.stream()
                .mapToDouble(each -> ByteBuffer.wrap(each).getDouble())
                .toArray();
        double sum = Arrays.stream(weights).sum();
        if (!(sum > 0) || !Double.isFinite(sum)) {
            throw new IllegalArgumentException("the weights of an average: " + Arrays.toString(weights)
                    + ", at least one must be above 0, and none infinite");
        }
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    private static void add(double[] sums, byte[] values, double weight) {
        FloatBuffer floats = floats(values);
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * floats.get(i);
        }
    }

    private static FloatBuffer floats(byte[] values) {
        return ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    private static byte[] bytes(float[] values, int start, int length) {
        byte[] bytes = new byte[Math.multiplyExact(length, Float.BYTES)];
        floats(bytes).put(values, start, length);
        return bytes;
    }

    private static byte[] bytes(double[] values) {
        byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
        FloatBuffer floats = floats(bytes);
        for (double value : values) {
            floats.put((float) value);
        }
        return bytes;
    }

    private static byte[] bytes(double weight) {
        return ByteBuffer.allocate(Double.BYTES).putDouble(weight).array();
    }
}
