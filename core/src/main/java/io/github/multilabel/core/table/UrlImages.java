package io.github.multilabel.core.table;

import ai.djl.util.Utils;
import io.github.multilabel.core.files.AtomicOutput;
import io.github.multilabel.core.image.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Images with an address: each is fetched when it is first read, and kept in a folder. */
final class UrlImages {

    private static final Logger LOG = LoggerFactory.getLogger(ImageTable.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final int MOST_BYTES = 256 << 20;

    private final Path folder;
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build();
    private final ConcurrentHashMap<String, Object> locks = new ConcurrentHashMap<>();
    private final AtomicBoolean told = new AtomicBoolean();

    UrlImages(Path folder) {
        this.folder = folder;
    }

    ImageSource image(String address) {
        try {
            return new UrlImage(address, URI.create(address), folder.resolve(fileName(address)));
        } catch (IllegalArgumentException e) {
            return new UnusableImage(address, "is no valid address (" + e.getMessage() + ")");
        }
    }

    private static String fileName(String address) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(address.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has SHA-256
        }
    }

    /** Rows may share an address, and readers are several threads. */
    private byte[] read(UrlImage image) throws IOException {
        synchronized (locks.computeIfAbsent(image.name(), name -> new Object())) {
            if (!Files.exists(image.kept())) {
                byte[] bytes = fetch(image);
                AtomicOutput.file(image.kept(), out -> out.write(bytes));
            }
            return Files.readAllBytes(image.kept());
        }
    }

    private byte[] fetch(UrlImage image) throws IOException {
        if (Utils.isOfflineMode()) {
            throw new IOException("DJL is told to be offline; put the image at " + image.kept());
        }
        if (told.compareAndSet(false, true)) {
            LOG.info("downloading images, from {} on, each once, to {}", image.name(), folder);
        }
        HttpRequest request =
                HttpRequest.newBuilder(image.address()).timeout(PATIENCE).build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != OK) {
                    throw new IOException("the server answers " + response.statusCode());
                }
                byte[] bytes = body.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw new IOException("the server sends more than " + MOST_BYTES + " bytes");
                }
                return bytes;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
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
        public byte[] read() throws IOException {
            try {
                return UrlImages.this.read(this);
            } catch (IOException e) {
                throw new IOException(
                        "cannot download " + name + ": " + (e.getMessage() == null ? e : e.getMessage()), e);
            }
        }
    }
}
