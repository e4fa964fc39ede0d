package io.github.multilabel.core.table;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks servers for images. None is waited for without end: not before it answers, not within its answer, and not if it
 * sends a byte now and then. What may be better a moment later is tried again. Says every ten seconds how far it is.
 */
final class WebRequests {

    private static final Logger LOG = LoggerFactory.getLogger(UrlImages.class);
    private static final Duration SAID_EVERY = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 3;
    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int MOST_BYTES = 256 << 20;

    private final Duration patience;
    private final Duration longest;
    private final Duration pause;
    private final HttpClient client;
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
        this.patience = patience;
        this.longest = longest;
        this.pause = pause;
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(patience)
                .build();
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
            } catch (Passing e) {
                if (attempt == ATTEMPTS) {
                    throw new IOException(e.getMessage() + " (tried " + ATTEMPTS + " times)", e);
                }
                rest(pause.multipliedBy(1L << (attempt - 1)));
            }
        }
    }

    private byte[] attempt(URI address, int all) throws IOException {
        Body body = new Body();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                HttpRequest.newBuilder(address).build(),
                head -> head.statusCode() == OK ? body : HttpResponse.BodySubscribers.replacing(new byte[0]));
        try {
            HttpResponse<byte[]> response = await(answer, body, address, all);
            int status = response.statusCode();
            if (status >= SERVER_ERROR || status == TOO_MANY_REQUESTS) {
                throw new Passing("the server answers " + status, null);
            }
            if (status != OK) {
                String leads = response.headers()
                        .firstValue("Location")
                        .map(to ->
                                " and leads on to " + to + ", in a circle or from https to http; that is not followed")
                        .orElse("");
                throw new IOException("the server answers " + status + leads);
            }
            return response.body();
        } catch (ExecutionException e) {
            throw failed(e.getCause(), body, address);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            answer.cancel(true); // does nothing to one that is complete
        }
    }

    private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer, Body body, URI address, int all)
            throws ExecutionException, InterruptedException, IOException {
        Duration step = Collections.min(List.of(patience, longest, SAID_EVERY));
        long start = System.nanoTime();
        long lastByte = start;
        long seen = 0;
        while (true) {
            try {
                return answer.get(step.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                long now = System.nanoTime();
                if (body.received() > seen) {
                    seen = body.received();
                    lastByte = now;
                }
                if (now - lastByte >= patience.toNanos()) {
                    throw new Passing(silent(seen), e);
                }
                if (now - start >= longest.toNanos()) {
                    throw new IOException(
                            "the server sent " + seen + " bytes in " + seconds(longest) + " s and was not done");
                }
                say(address, all);
            }
        }
    }

    private String silent(long received) {
        return "the server sends nothing for " + seconds(patience) + " s"
                + (received == 0 ? "" : " after " + received + " bytes");
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static IOException failed(Throwable cause, Body body, URI address) {
        if (cause instanceof ConnectException) {
            Throwable root = cause;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            boolean unknown = root instanceof UnresolvedAddressException || root instanceof UnknownHostException;
            return new IOException(
                    unknown
                            ? "the host " + address.getHost() + " is not known"
                            : "no connection to " + address.getHost()
                                    + (address.getPort() < 0 ? "" : ", port " + address.getPort())
                                    + ": it refuses, or is not there",
                    cause);
        }
        if (cause instanceof SSLException || cause instanceof TooLarge || !(cause instanceof IOException)) {
            return new IOException(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        }
        return new Passing(
                "the connection broke after " + body.received() + " bytes"
                        + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")"),
                cause);
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

    private static void rest(Duration pause) throws InterruptedIOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting to try again");
        }
    }

    /** What may be better a moment later. */
    private static final class Passing extends IOException {
        private static final long serialVersionUID = 1;

        Passing(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;

        TooLarge() {
            super("the server sends more than " + MOST_BYTES + " bytes");
        }
    }

    /** Collects an answer, up to a limit, and knows how much has come. */
    private static final class Body implements HttpResponse.BodySubscriber<byte[]> {

        private final HttpResponse.BodySubscriber<byte[]> all = HttpResponse.BodySubscribers.ofByteArray();
        private final AtomicLong received = new AtomicLong();
        private Flow.Subscription subscription;

        long received() {
            return received.get();
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return all.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            all.onSubscribe(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            long more = buffers.stream().mapToLong(ByteBuffer::remaining).sum();
            if (received.addAndGet(more) > MOST_BYTES) {
                subscription.cancel();
                all.onError(new TooLarge());
            } else {
                all.onNext(buffers);
            }
        }

        @Override
        public void onError(Throwable failure) {
            all.onError(failure);
        }

        @Override
        public void onComplete() {
            all.onComplete();
        }
    }
}
