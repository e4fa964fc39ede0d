package io.github.multilabel.data.internal.images;

import io.github.multilabel.core.internal.http.Backoff;
import io.github.multilabel.core.internal.http.HttpRequests;
import io.github.multilabel.core.internal.http.ServerResponse;
import io.github.multilabel.core.internal.http.TransientFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks servers for images. None is waited for without end: not if it is silent, and not if it sends a byte now and
 * then. What may be better a moment later is tried again. Says every ten seconds how far it is.
 */
final class WebRequests {

    private static final Logger LOG = LoggerFactory.getLogger(UrlImages.class);
    private static final Duration SAID_EVERY = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 3;
    private static final int OK = 200;
    private static final int MOST_BYTES = 256 << 20;
    private static final int BUFFER = 1 << 16;

    private final HttpRequests requests;
    private final Duration longest;
    private final Backoff backoff;
    private final AtomicInteger fetched = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong said = new AtomicLong(System.nanoTime());

    WebRequests() {
        this(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofSeconds(1));
    }

    /**
     * @param patience how long a server may be silent
     * @param longest how long an answer may take as long as bytes come
     * @param pause before the second attempt; doubled for each further one
     */
    WebRequests(Duration patience, Duration longest, Duration pause) {
        this.requests = new HttpRequests(patience);
        this.longest = longest;
        this.backoff = new Backoff(pause);
    }

    /**
     * What an address gives.
     *
     * @param all the number of images with an address, for the log
     * @throws IOException saying what the server did
     */
    byte[] get(URI address, int all) throws IOException {
        for (int attempt = 1; true; attempt++) {
            try {
                byte[] body = attempt(address, all);
                fetched.incrementAndGet();
                bytes.addAndGet(body.length);
                say(address, all);
                return body;
            } catch (TransientFailure e) {
                if (attempt == ATTEMPTS) {
                    throw new IOException(e.getMessage() + " (tried " + ATTEMPTS + " times)", e);
                }
                backoff.rest(attempt);
            }
        }
    }

    private byte[] attempt(URI address, int all) throws IOException {
        long start = System.nanoTime();
        try (ServerResponse answer = requests.get(address, Map.of(), () -> say(address, all))) {
            if (answer.status() != OK) {
                throw answer.refused();
            }
            ByteArrayOutputStream body = new ByteArrayOutputStream(BUFFER);
            byte[] buffer = new byte[BUFFER];
            for (int n = answer.read(buffer); n >= 0; n = answer.read(buffer)) {
                body.write(buffer, 0, n);
                requireWithinLimits(body.size(), System.nanoTime() - start);
            }
            return body.toByteArray();
        }
    }

    private void requireWithinLimits(int received, long nanos) throws IOException {
        if (received > MOST_BYTES) {
            throw new IOException("the server sends more than " + MOST_BYTES + " bytes");
        }
        if (nanos >= longest.toNanos()) {
            throw new IOException(
                    "the server sent " + received + " bytes in " + longest.toMillis() / 1000.0 + " s and was not done");
        }
    }

    /** One of several threads says it. */
    private void say(URI waiting, int all) {
        long before = said.get();
        if (System.nanoTime() - before >= SAID_EVERY.toNanos() && said.compareAndSet(before, System.nanoTime())) {
            LOG.info(
                    "{}",
                    String.format(
                            Locale.ROOT,
                            "downloaded %,d of at most %,d images, %,d MB; at %s",
                            fetched.get(),
                            all,
                            bytes.get() >> 20,
                            waiting));
        }
    }
}
