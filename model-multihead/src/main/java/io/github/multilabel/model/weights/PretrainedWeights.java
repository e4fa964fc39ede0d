package io.github.multilabel.model.weights;

import ai.djl.util.Utils;
import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.download.Download;
import io.github.multilabel.core.internal.download.DownloadLock;
import io.github.multilabel.core.internal.download.Mirror;
import io.github.multilabel.core.internal.download.RemoteFile;
import io.github.multilabel.core.internal.message.NearMatches;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Published weights of a backbone: their address and checksum, their licence, and their preprocessing.
 *
 * <pre>{@code
 * PretrainedWeights.of("resnet34").fetch(); // downloads ahead of time
 * }</pre>
 *
 * <p>The system property {@code multilabel.weights.url}, or else the environment variable
 * {@code MULTILABEL_WEIGHTS_URL}, names a mirror of your own that has the same files under the same names.
 *
 * @param backbone the name of the backbone, such as {@code resnet34}
 * @param tag the publisher's name of these weights, for example {@code IMAGENET1K_V1}
 * @param url where they were published
 * @param fileName of the file in the cache and on a mirror
 * @param megabytes the size of the file in about millions of bytes; 0 if unknown
 * @param sha256 of the file, or the beginning that was published with it, in lower-case hexadecimal; empty if none was.
 *     Then all that can be checked is that the file came whole and fits the backbone
 * @param licence as its publisher names it, such as {@code Apache-2.0}
 * @param preprocessing the preprocessing of images that the weights expect
 * @param imageNetAccuracy the published top-1 accuracy on ImageNet's validation images in percent; NaN if none was
 */
public record PretrainedWeights(
        String backbone,
        String tag,
        URI url,
        String fileName,
        double megabytes,
        String sha256,
        String licence,
        Preprocessing preprocessing,
        double imageNetAccuracy) {

    private static final Logger LOG = LoggerFactory.getLogger(PretrainedWeights.class);
    private static final Mirror MIRROR = new Mirror("multilabel.weights.url", "MULTILABEL_WEIGHTS_URL");

    /** @throws IllegalArgumentException if the file name or the checksum cannot be one */
    public PretrainedWeights {
        Objects.requireNonNull(backbone, "backbone");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(licence, "licence");
        Objects.requireNonNull(preprocessing, "preprocessing");
        RemoteFile.sha256(fileName, 0, sha256); // throws
    }

    /** The published weights that this release knows, at most one per backbone. */
    public static List<PretrainedWeights> published() {
        return PublishedWeights.ALL;
    }

    /** The weights that were published for a backbone; empty if none are known. */
    public static Optional<PretrainedWeights> find(String backbone) {
        return PublishedWeights.ALL.stream()
                .filter(weights -> weights.backbone().equals(backbone))
                .findFirst();
    }

    /**
     * The weights that were published for a backbone.
     *
     * @throws IllegalArgumentException if none are known; the message names the backbones that have some
     */
    public static PretrainedWeights of(String backbone) {
        return find(backbone)
                .orElseThrow(() -> new IllegalArgumentException("no published weights are known for backbone '"
                        + backbone + "'; they are for "
                        + NearMatches.describe(
                                backbone,
                                PublishedWeights.ALL.stream()
                                        .map(PretrainedWeights::backbone)
                                        .toList())
                        + ". Weights of your own are loaded with pretrained(Path)"));
    }

    /** The path of the file, which may not be downloaded yet: in {@code multilabel/weights} of DJL's cache folder. */
    public Path path() {
        return folder().resolve(fileName).toAbsolutePath();
    }

    private static Path folder() {
        return Utils.getCacheDir().resolve("multilabel").resolve("weights");
    }

    /**
     * Downloads the file to {@link #path} unless it is there, and verifies it in either case. If several threads or
     * programs call this at once, one of them downloads. A long download logs a line every ten seconds.
     *
     * @return the path of the file
     * @throws IOException if it cannot be fetched, or is another file than was published; the message names the file to
     *     put in place by hand
     * @throws IllegalArgumentException if the user's mirror is no address of HTTP
     */
    public Path fetch() throws IOException {
        return fetch(ProgressListener.standard());
    }

    /**
     * Downloads the file as {@link #fetch()} does, and reports the progress.
     *
     * @param progress called with the number of bytes while the file is downloaded
     */
    public Path fetch(ProgressListener progress) throws IOException {
        return fetch(progress, Duration.ofSeconds(1));
    }

    Path fetch(ProgressListener progress, Duration pause) throws IOException {
        URI from = MIRROR.folder().map(mirror -> mirror.resolve(fileName)).orElse(url);
        Download download = new Download(from, RemoteFile.sha256(fileName, 0, sha256), folder(), pause);
        if (fetch(download, progress)) {
            LOG.info(
                    "{} were published under the licence {}{}",
                    this,
                    licence,
                    sha256.isEmpty() ? "; without a checksum to verify them by" : "");
        }
        return download.path();
    }

    private boolean fetch(Download download, ProgressListener progress) throws IOException {
        if (Files.exists(download.path())) { // complete, maybe in a folder that cannot be written
            return download.fetch(remedies(), progress);
        }
        try (DownloadLock lock = DownloadLock.acquire(folder())) {
            return download.fetch(remedies(), progress);
        }
    }

    private String remedies() {
        String size =
                megabytes == 0 ? "" : String.format(Locale.ROOT, "; the file has about %.1f million bytes", megabytes);
        return "name a server that has it with -D" + MIRROR.property() + "=... or " + MIRROR.variable()
                + "=..., or name the file itself with pretrained(Path)" + size;
    }

    /** For example {@code the weights IMAGENET1K_V1 of resnet34}. */
    @Override
    public String toString() {
        return "the weights " + tag + " of " + backbone;
    }
}
