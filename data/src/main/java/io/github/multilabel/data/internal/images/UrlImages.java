package io.github.multilabel.data.internal.images;

import ai.djl.util.Utils;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images with an address: each is fetched when it is first read, and kept in a folder. What a server does not give is
 * asked for again only after a while, so that an address that does not answer does not hold up every pass.
 */
public final class UrlImages {

    private static final Logger LOG = LoggerFactory.getLogger(UrlImages.class);
    private static final long FORGET_NANOS = Duration.ofMinutes(10).toNanos();
    private static final int BEGINNING = 512;

    private final Path folder;
    private final WebRequests requests;
    private final ConcurrentHashMap<String, Object> locks = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Failure> failures = new ConcurrentHashMap<>();
    private final Set<String> addresses = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicBoolean toldOfFolder = new AtomicBoolean();

    /** Why an address gave nothing, and when. */
    private record Failure(String reason, long nanos) {

        boolean isRecent() {
            return System.nanoTime() - nanos < FORGET_NANOS;
        }
    }

    public UrlImages(Path folder) {
        this(folder, new WebRequests());
    }

    public UrlImages(Path folder, WebRequests requests) {
        this.folder = folder;
        this.requests = requests;
    }

    ImageSource image(String address) {
        try {
            URI asked = WebAddress.of(address);
            addresses.add(address);
            return new UrlImage(
                    address, asked, folder.resolve(Digest.sha256(address.getBytes(StandardCharsets.UTF_8))));
        } catch (IllegalArgumentException e) {
            return new UnusableImage(address, "is no valid address (" + e.getMessage() + ")");
        }
    }

    /** Rows may share an address, and readers are several threads. */
    private byte[] read(UrlImage image) throws IOException {
        synchronized (locks.computeIfAbsent(image.name(), name -> new Object())) {
            if (Files.exists(image.kept())) {
                byte[] kept = Files.readAllBytes(image.kept());
                if (!isPage(kept)) {
                    return kept;
                }
                LOG.warn(
                        "{} is kept as {}, which is no image, but a page: it is downloaded again",
                        image.name(),
                        image.kept());
            }
            Failure before = failures.get(image.name());
            if (before != null && before.isRecent()) {
                throw new IOException(before.reason());
            }
            byte[] bytes;
            try {
                bytes = fetch(image);
            } catch (IOException e) {
                failures.put(image.name(), new Failure(reason(e), System.nanoTime()));
                throw e;
            }
            keep(bytes, image);
            return bytes;
        }
    }

    /** An image that cannot be kept is an image all the same. */
    private void keep(byte[] bytes, UrlImage image) {
        try {
            AtomicOutput.file(image.kept(), out -> out.write(bytes));
        } catch (IOException e) {
            if (toldOfFolder.compareAndSet(false, true)) {
                LOG.warn(
                        "cannot keep images in {} ({}): they are downloaded again each time they are read; make room,"
                                + " or name another folder",
                        folder,
                        e.toString());
            }
        }
    }

    private byte[] fetch(UrlImage image) throws IOException {
        if (Utils.isOfflineMode()) {
            throw new IOException("DJL is set to be offline; put the image at " + image.kept());
        }
        if (told.compareAndSet(false, true)) {
            LOG.info("downloading images, from {} on, each once, to {}", image.name(), folder);
        }
        byte[] bytes = requests.get(image.address(), addresses.size());
        if (bytes.length == 0) {
            throw new IOException("the server answers 200 and sends nothing");
        }
        if (isPage(bytes)) {
            throw new IOException("the server answers 200 and sends a page, no image: '"
                    + beginning(bytes).strip().lines().findFirst().orElse("") + "'; perhaps one must log in");
        }
        return bytes;
    }

    /** Whether these are readable letters: no image begins so, but what servers send in place of one does. */
    private static boolean isPage(byte[] bytes) {
        String beginning = beginning(bytes);
        return beginning.length() > 1
                && !beginning.isBlank()
                && beginning.chars().noneMatch(c -> c < ' ' && !Character.isWhitespace(c));
    }

    private static String beginning(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, BEGINNING), StandardCharsets.UTF_8);
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private final class UrlImage implements ImageSource {

        private final String name;
        private final URI address;
        private final Path kept;

        private UrlImage(String name, URI address, Path kept) {
            this.name = name;
            this.address = address;
            this.kept = kept;
        }

        @Override
        public String name() {
            return name;
        }

        URI address() {
            return address;
        }

        Path kept() {
            return kept;
        }

        @Override
        public Optional<Path> keptAs() {
            return Optional.of(kept).filter(Files::exists);
        }

        @Override
        public byte[] read() throws IOException {
            try {
                return UrlImages.this.read(this);
            } catch (IOException e) {
                throw new IOException("cannot download " + name + ": " + reason(e), e);
            }
        }
    }
}
