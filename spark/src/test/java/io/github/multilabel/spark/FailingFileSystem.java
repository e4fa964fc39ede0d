package io.github.multilabel.spark;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The local file system by the scheme {@code failing}, which fails when a test says so. */
public final class FailingFileSystem extends RawLocalFileSystem {

    /** How many averages are still written before they fail. */
    private static final AtomicInteger WRITTEN = new AtomicInteger();
    /** How many fail then. */
    private static final AtomicInteger FAILING = new AtomicInteger();

    static void failAfter(int written, int failing) {
        WRITTEN.set(written);
        FAILING.set(failing);
    }

    static int failuresLeft() {
        return FAILING.get();
    }

    @Override
    public URI getUri() {
        return URI.create("failing:///");
    }

    @Override
    public String getScheme() {
        return "failing";
    }

    @Override
    public FSDataOutputStream create(
            Path file,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        failIfDue(file);
        return super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public FSDataOutputStream create(
            Path file, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress)
            throws IOException {
        failIfDue(file);
        return super.create(file, overwrite, bufferSize, replication, blockSize, progress);
    }

    private static void failIfDue(Path file) throws IOException {
        if (file.getName().matches("\\d+-weights-\\d+")
                && FAILING.get() > 0
                && WRITTEN.getAndDecrement() <= 0
                && FAILING.getAndDecrement() > 0) {
            throw new IOException("the machine is lost");
        }
    }
}
