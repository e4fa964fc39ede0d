package io.github.multilabel.core.internal.download;

import ai.djl.util.Utils;
import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.internal.http.Backoff;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file from the network, fetched once: with a line in the log, resumed after a broken connection, verified as far
 * as its size and checksum are known, and under its name only when it is complete.
 *
 * <pre>{@code
 * Download download = new Download(URI.create("https://example.org/"), file, folder);
 * try (DownloadLock lock = DownloadLock.acquire(folder)) {
 *     download.fetch("name another mirror with -Dexample.url=...", ProgressListener.standard());
 * }
 * }</pre>
 */
public final class Download {

    private static final Logger LOG = LoggerFactory.getLogger(Download.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI from;
    private final RemoteFile file;
    private final Path to;
    private final Backoff backoff;

    /**
     * Says what comes from where; fetches nothing.
     *
     * @param from its address; {@link Mirror} finds that of a copy nearby
     * @param file what should come
     * @param folder where it will lie, under its name
     */
    public Download(URI from, RemoteFile file, Path folder) {
        this(from, file, folder, Duration.ofSeconds(1));
    }

    /** @param pause before the second attempt; doubled for each further one */
    public Download(URI from, RemoteFile file, Path folder, Duration pause) {
        this.from = from;
        this.file = file;
        this.to = folder.resolve(file.name()).toAbsolutePath();
        this.backoff = new Backoff(pause);
    }

    /** Where the file is, or will be. */
    public Path path() {
        return to;
    }

    /**
     * Fetches the file unless it is there, in which case it is verified.
     *
     * @param remedies what else can be done if it cannot be fetched, for the message: {@code name another mirror with
     *     ...}
     * @param progress called with the number of bytes, if the server announces their total
     * @return whether it was fetched; false if it was there
     * @throws IOException if the file that is there is not the right one, or the right one cannot be fetched; the
     *     message names the file to put in place by hand
     */
    public boolean fetch(String remedies, ProgressListener progress) throws IOException {
        if (Files.exists(to)) {
            verify();
            LOG.info("using {}, which is there", to);
            return false;
        }
        try {
            if (Utils.isOfflineMode()) {
                throw new IOException("DJL is set to be offline");
            }
            new Transfer(from, file, to, backoff, PATIENCE, progress).run();
            return true;
        } catch (IOException e) {
            throw new IOException(
                    "cannot download " + from + ": " + e.getMessage() + ".\nTo go on without it, put " + file.describe()
                            + " at " + to + " and run again, " + remedies,
                    e);
        }
    }

    private void verify() throws IOException {
        try {
            file.verify(to);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; remove it to have it downloaded", e);
        }
    }
}
