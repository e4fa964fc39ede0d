package io.github.multilabel.core.internal.download;

import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.http.Backoff;
import io.github.multilabel.core.internal.http.HttpRequests;
import io.github.multilabel.core.internal.http.ServerResponse;
import io.github.multilabel.core.internal.http.TransientFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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

    private static final int BUFFER = 1 << 16;
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final URI from;
    private final RemoteFile file;
    private final Path to;
    private final Path part;
    private final Path validator;
    private final Backoff backoff;
    private final TransferProgress progress;
    private final HttpRequests requests;

    /**
     * @param from the address
     * @param file what should come
     * @param to the final name, which appears only when the file is complete and verified
     * @param backoff the pauses between attempts
     * @param patience how long the server may be silent
     */
    Transfer(URI from, RemoteFile file, Path to, Backoff backoff, Duration patience, ProgressListener progress) {
        this.from = from;
        this.file = file;
        this.to = to;
        this.part = to.resolveSibling(to.getFileName() + ".part");
        this.validator = to.resolveSibling(to.getFileName() + ".part.validator");
        this.backoff = backoff;
        this.progress = new TransferProgress(file, progress, System::nanoTime);
        this.requests = new HttpRequests(patience);
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
            } catch (TransientFailure e) {
                failures = received() - before >= PROGRESS ? 0 : failures + 1;
                if (failures == ATTEMPTS) {
                    throw new IOException(
                            "the connection broke " + ATTEMPTS + " times, the last time at "
                                    + RemoteFile.bytes(received()) + ": " + e.getMessage(),
                            e);
                }
                LOG.info("connection broke at {}, trying again: {}", RemoteFile.bytes(received()), e.getMessage());
                backoff.rest(failures + 1);
            }
        }
        finish();
    }

    private void finish() throws IOException {
        progress.end();
        Files.deleteIfExists(validator);
        try {
            file.verify(part);
        } catch (IOException e) {
            Files.delete(part); // the next run must not go on with a wrong file
            throw e;
        }
        AtomicOutput.move(part, to); // written here and not by AtomicOutput, which keeps nothing of a failure
    }

    private void attempt() throws IOException {
        long start = Files.exists(validator) ? received() : 0;
        Map<String, String> headers = start == 0
                ? Map.of()
                : Map.of(
                        "Range",
                        "bytes=" + start + "-",
                        "If-Range",
                        Files.readString(validator, StandardCharsets.UTF_8));
        try (ServerResponse answer = requests.get(from, headers, progress::waiting)) {
            if (answer.status() == RANGE_NOT_SATISFIABLE) {
                Files.deleteIfExists(validator);
                throw new TransientFailure("the server has nothing after byte " + start, null);
            }
            boolean resumed = answer.status() == PARTIAL && startsAt(answer, start);
            if (answer.status() != OK && !resumed) {
                throw answer.refused();
            }
            long offset = resumed ? start : 0;
            long total = answer.length().isPresent() ? offset + answer.length().getAsLong() : file.size();
            if (file.size() != 0 && total != file.size()) {
                throw new IOException(from + ": not the right file, the server announces " + RemoteFile.bytes(total)
                        + ", expected " + RemoteFile.bytes(file.size()));
            }
            remember(answer);
            receive(answer, offset, total);
        }
    }

    private static boolean startsAt(ServerResponse answer, long start) {
        return answer.header("Content-Range")
                .filter(range -> range.startsWith("bytes " + start + "-"))
                .isPresent();
    }

    /** Keeps what identifies this version of the file; a weak tag cannot be used in {@code If-Range}. */
    private void remember(ServerResponse answer) throws IOException {
        Optional<String> identity =
                answer.header("ETag").filter(tag -> !tag.startsWith("W/")).or(() -> answer.header("Last-Modified"));
        if (identity.isEmpty()) {
            Files.deleteIfExists(validator);
        } else {
            Files.writeString(validator, identity.get(), StandardCharsets.UTF_8);
        }
    }

    /** Failing to read may be worth another attempt; failing to write, as on a full disk, is not. */
    private void receive(ServerResponse answer, long offset, long total) throws IOException {
        StandardOpenOption how = offset == 0 ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND;
        progress.begin(offset, total);
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = answer.read(buffer); n >= 0; n = answer.read(buffer)) {
                out.write(buffer, 0, n);
                progress.received(n);
            }
        }
        if (total > 0 && received() < total) {
            throw new TransientFailure("the server closed it", null);
        }
    }

    private long received() throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }
}
