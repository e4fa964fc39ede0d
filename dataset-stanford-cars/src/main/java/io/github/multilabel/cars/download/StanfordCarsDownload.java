package io.github.multilabel.cars.download;

import ai.djl.util.Utils;
import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.internal.download.Download;
import io.github.multilabel.core.internal.download.DownloadLock;
import io.github.multilabel.core.internal.download.Mirror;
import io.github.multilabel.core.internal.download.RemoteFile;
import io.github.multilabel.core.internal.files.AtomicOutput;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches Stanford Cars, about 2 GB, unless it is there. The host of the authors answers 404 since 2023; these are
 * mirrors of others. The photos are for research and education only.
 *
 * <pre>{@code
 * Path folder = StanfordCarsDownload.builder().build().fetch();
 * StanfordCars.builder().optRoot(folder)...
 * }</pre>
 *
 * <p>Each download is a line in the log, and another one every ten seconds; it resumes after a broken connection, is
 * verified where a checksum is known, and appears under its final name only when it is complete and unpacked.
 *
 * <p>A mirror of one's own, which has the same files under the same names, is named with {@link Builder#optMirror}, the
 * system property {@code multilabel.cars.url} or the environment variable {@code MULTILABEL_CARS_URL}, in this order.
 */
public final class StanfordCarsDownload {

    private static final Logger LOG = LoggerFactory.getLogger(StanfordCarsDownload.class);
    private static final Mirror MIRROR = new Mirror("multilabel.cars.url", "MULTILABEL_CARS_URL");
    private static final String REMEDIES = "name another mirror with optMirror(...) or -D" + MIRROR.property()
            + "=..., or unpack the data yourself and name its folder with optRoot(...)";

    private final URI base;
    private final List<RemoteFile> files;
    private final Path folder;
    private final Duration pause;
    private final ProgressListener progress;

    StanfordCarsDownload(URI base, List<RemoteFile> files, Path folder, Duration pause, ProgressListener progress) {
        this.base = base;
        this.files = files;
        this.folder = folder;
        this.pause = pause;
        this.progress = progress;
    }

    /** Starts with the fast.ai mirror and DJL's cache folder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where the data is, or will be. */
    public Path folder() {
        return folder;
    }

    /**
     * Fetches and unpacks the data if it is not there. Several threads or programs may ask at once; one fetches.
     *
     * @return the folder that has the data
     * @throws IOException if it cannot be fetched; the message names the file to put in place by hand
     */
    public Path fetch() throws IOException {
        if (!Files.isDirectory(folder)) {
            try (DownloadLock lock = DownloadLock.acquire(downloads())) {
                AtomicOutput.recover(folder);
                if (!Files.isDirectory(folder)) { // another may have been faster
                    fetchAll();
                }
            }
        }
        return folder;
    }

    private void fetchAll() throws IOException {
        List<Path> fetched = new ArrayList<>();
        for (RemoteFile file : files) {
            Download download = new Download(base.resolve(file.name()), file, downloads(), pause);
            if (download.fetch(REMEDIES, progress)) {
                fetched.add(download.path());
            }
        }
        LOG.info("unpacking to {}", folder);
        AtomicOutput.folder(folder, inside -> {
            for (RemoteFile file : files) {
                Path local = downloads().resolve(file.name());
                if (file.name().endsWith(".tgz")) {
                    TarExtraction.extract(local, inside);
                } else {
                    Files.copy(local, inside.resolve(file.name()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        });
        for (Path local : fetched) { // what the user put there is the user's
            Files.delete(local);
        }
    }

    private Path downloads() {
        return folder.resolveSibling(folder.getFileName() + ".download");
    }

    /** Says where the data comes from and where it goes. */
    public static final class Builder {

        private Source source = Source.FAST_AI;
        private Optional<URI> mirror = Optional.empty();
        private Optional<Path> folder = Optional.empty();
        private ProgressListener progress = ProgressListener.standard();

        private Builder() {}

        /** Which packaging of the data; the default is {@link Source#FAST_AI}. */
        public Builder optSource(Source packaging) {
            source = Objects.requireNonNull(packaging, "source");
            return this;
        }

        /** The folder on a server that has the files of the source, such as {@code https://example.org/cars/}. */
        public Builder optMirror(URI folderUrl) {
            mirror = Optional.of(folderUrl);
            return this;
        }

        /** The folder for the data; the default is {@code dataset/stanford-cars} in DJL's cache folder. */
        public Builder optFolder(Path path) {
            folder = Optional.of(path);
            return this;
        }

        /**
         * Changes who is told how many bytes of a file have come; {@link ProgressListener#standard()} by default, which
         * writes to the log.
         */
        public Builder optProgress(ProgressListener listener) {
            progress = Objects.requireNonNull(listener, "progress");
            return this;
        }

        /**
         * Makes the download; fetches nothing.
         *
         * @throws IllegalArgumentException if the mirror is no address of HTTP
         */
        public StanfordCarsDownload build() {
            Path target = folder.orElseGet(() -> Utils.getCacheDir()
                    .resolve("dataset")
                    .resolve("stanford-cars")
                    .resolve(source.folder()));
            return new StanfordCarsDownload(
                    base(), source.files(), target.toAbsolutePath(), Duration.ofSeconds(1), progress);
        }

        private URI base() {
            return mirror.map(address -> Mirror.folder("optMirror", address.toString()))
                    .orElseGet(() -> MIRROR.folder().orElse(source.base()));
        }
    }
}
