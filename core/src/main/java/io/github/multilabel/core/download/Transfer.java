package io.github.multilabel.core.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one file by HTTP. A broken connection is taken up where it broke, in this run or a later one, if the server
 * can say that the file is still the same (RFC 9110, section 13.1.5: {@code If-Range}); otherwise it starts again.
 */
final class Transfer {

    private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);

    private static final int ATTEMPTS = 6;
    /** An attempt that brought as much was worth it, and is not counted. */
    private static final long PROGRESS = 1 << 20;

    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int BUFFER = 1 << 16;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final URI from;
    private final RemoteFile file;
    private final Path to;
    private final Path part;
    private final Path validator;
    private final Duration pause;

    /**
     * @param from the address
     * @param file what should come
     * @param to the final name, which appears only when the file is complete and verified
     * @param pause before the second attempt; doubled for each further one
     */
    Transfer(URI from, RemoteFile file, Path to, Duration pause) {
        this.from = from;
        this.file = file;
        this.to = to;
        this.part = to.resolveSibling(to.getFileName() + ".part");
        this.validator = to.resolveSibling(to.getFileName() + ".part.validator");
        this.pause = pause;
    }

    /**
     * Brings the file; does not look whether it is there.
     *
     * @throws IOException if the server has no such file, sends another one, or the connection breaks too often; what
     *     came of the right file stays beside its name, for the next run
     */
    void run() throws IOException {
        Files.createDirectories(to.toAbsolutePath().getParent());
        LOG.info("downloading {} from {} to {}", file.describe(), from, to);
        int failures = 0;
        boolean complete = false;
        while (!complete) {
            long before = received();
            try {
                attempt();
                complete = true;
            } catch (BrokenConnection e) {
                failures = received() - before >= PROGRESS ? 0 : failures + 1;
                if (failures == ATTEMPTS) {
                    throw new IOException(
                            "the connection broke " + ATTEMPTS + " times, the last time at "
                                    + RemoteFile.bytes(received()) + ": " + e.getMessage(),
                            e);
                }
                LOG.info("connection broke at {}, trying again: {}", RemoteFile.bytes(received()), e.getMessage());
                rest(pause.multipliedBy(1L << failures));
            }
        }
        finish();
    }

    private void finish() throws IOException {
        Files.deleteIfExists(validator);
        try {
            file.verify(part);
        } catch (IOException e) {
            Files.delete(part); // the next run must not go on with a wrong file
            throw e;
        }
        Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private void attempt() throws IOException {
        long start = Files.exists(validator) ? received() : 0;
        HttpURLConnection connection = (HttpURLConnection) from.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        if (start > 0) {
            connection.setRequestProperty("Range", "bytes=" + start + "-");
            connection.setRequestProperty("If-Range", Files.readString(validator, StandardCharsets.UTF_8));
        }
        try {
            int status = status(connection);
            if (status == RANGE_NOT_SATISFIABLE) {
                Files.delete(validator);
                throw new BrokenConnection("the server has nothing after byte " + start, null);
            }
            boolean resumed = status == HttpURLConnection.HTTP_PARTIAL && startsAt(connection, start);
            if (status != HttpURLConnection.HTTP_OK && !resumed) {
                throw refused(status);
            }
            long offset = resumed ? start : 0;
            long length = connection.getContentLengthLong();
            long total = length < 0 ? file.size() : offset + length;
            if (file.size() != 0 && total != file.size()) {
                throw new IOException(from + ": not the right file, the server announces " + RemoteFile.bytes(total)
                        + ", expected " + RemoteFile.bytes(file.size()));
            }
            remember(connection);
            receive(connection, offset, total);
        } finally {
            connection.disconnect();
        }
    }

    private static int status(HttpURLConnection connection) throws IOException {
        try {
            return connection.getResponseCode();
        } catch (ConnectException | UnknownHostException e) {
            throw new IOException("no connection to " + connection.getURL().getHost() + " (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw new BrokenConnection(e.getMessage(), e);
        }
    }

    private IOException refused(int status) {
        String message = "the server answered " + status;
        return status >= HttpURLConnection.HTTP_INTERNAL_ERROR || status == TOO_MANY_REQUESTS
                ? new BrokenConnection(message, null)
                : new IOException(message);
    }

    private static boolean startsAt(HttpURLConnection connection, long start) {
        String range = connection.getHeaderField("Content-Range");
        return range != null && range.startsWith("bytes " + start + "-");
    }

    /** Keeps what identifies this version of the file; a weak tag cannot be used in {@code If-Range}. */
    private void remember(HttpURLConnection connection) throws IOException {
        String tag = connection.getHeaderField("ETag");
        String identity = tag != null && !tag.startsWith("W/") ? tag : connection.getHeaderField("Last-Modified");
        if (identity == null) {
            Files.deleteIfExists(validator);
        } else {
            Files.writeString(validator, identity, StandardCharsets.UTF_8);
        }
    }

    private void receive(HttpURLConnection connection, long offset, long total) throws IOException {
        StandardOpenOption how = offset == 0 ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND;
        try (ProgressBar progress = progress(offset, total);
                OutputStream out =
                        Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
                InputStream in = open(connection)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
                out.write(buffer, 0, n);
                progress.stepBy(n);
            }
        }
        if (total > 0 && received() < total) {
            throw new BrokenConnection("the server closed it", null);
        }
    }

    private static InputStream open(HttpURLConnection connection) throws IOException {
        try {
            return connection.getInputStream();
        } catch (IOException e) {
            throw new BrokenConnection(e.getMessage(), e);
        }
    }

    /** Failing to read is worth another attempt; failing to write, as on a full disk, is not. */
    private static int read(InputStream in, byte[] buffer) throws IOException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new BrokenConnection(e.getMessage(), e);
        }
    }

    private ProgressBar progress(long offset, long total) {
        return new ProgressBarBuilder()
                .setTaskName(file.name())
                .setInitialMax(Math.max(total, -1))
                .startsFrom(offset, Duration.ZERO)
                .setUnit("MB", 1_000_000)
                .setConsumer(
                        total > 0 && total < PROGRESS
                                ? new DelegatingProgressBarConsumer(line -> {}) // there at once
                                : new ConsoleProgressBarConsumer(System.err))
                .build();
    }

    private long received() throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    private static void rest(Duration pause) throws IOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting to try again", e);
        }
    }

    /** Worth another attempt. */
    private static final class BrokenConnection extends IOException {
        private static final long serialVersionUID = 1;

        BrokenConnection(String message, IOException cause) {
            super(message, cause);
        }
    }
}
