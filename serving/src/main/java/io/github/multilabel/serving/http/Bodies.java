package io.github.multilabel.serving.http;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/** Reads the bodies of requests into memory, each no larger and all together no more than may be. */
final class Bodies {

    private static final int UNIT = 1024;
    private static final long MOST_DISCARDED = 64L << 20;

    private final int limit;
    private final Duration timeout;
    private final int units;
    private final Semaphore free;

    /**
     * Nothing is read yet.
     *
     * @param limit of one body in bytes
     * @param total of all in bytes, until their requests are answered
     * @param timeout in which a body must come
     */
    Bodies(int limit, long total, Duration timeout) {
        this.limit = limit;
        this.timeout = timeout;
        this.units = Math.max(units(limit), (int) Math.min(Integer.MAX_VALUE, total / UNIT));
        this.free = new Semaphore(units);
    }

    /** The largest body in bytes. */
    int limit() {
        return limit;
    }

    private static int units(long bytes) {
        return (int) ((bytes + UNIT - 1) / UNIT);
    }

    /** @param copies that are made of it, for which memory must be free too */
    CompletableFuture<byte[]> read(Request request, int copies) {
        requirePlain(request);
        long length = request.getLength();
        if (length > limit + MOST_DISCARDED) {
            throw tooLarge(Map.of("Connection", "close"));
        }
        if (length > limit) {
            return discard(request);
        }
        int needed = (int) Math.min(units, (long) copies * units(length >= 0 ? length : limit));
        if (!free.tryAcquire(needed)) {
            throw Refusal.busy("the bodies of other requests fill the memory that is for them (" + units / UNIT
                    + " MiB); try again in a moment");
        }
        Request.addCompletionListener(request, problem -> free.release(needed));
        CompletableFuture<byte[]> body = new CompletableFuture<>();
        Content.Source.asByteArrayAsync(request, limit, Promise.Invocable.toPromise(body));
        return body.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).exceptionally(problem -> {
            throw refusal(problem);
        });
    }

    /**
     * A client that still sends when the connection is closed sees no answer, so a body that ends soon is read to its
     * end.
     */
    private CompletableFuture<byte[]> discard(Request request) {
        Callback.Completable discarded = new Callback.Completable();
        Content.Source.consumeAll(request, discarded);
        return discarded.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).handle((done, problem) -> {
            throw tooLarge(problem == null ? Map.of() : Map.of("Connection", "close"));
        });
    }

    private static void requirePlain(Request request) {
        Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_ENCODING))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .filter(coding -> !coding.equals("identity"))
                .ifPresent(coding -> {
                    throw new Refusal(
                            Refusal.UNSUPPORTED_TYPE,
                            "the body is compressed by '" + coding + "'; send images as they are, which are compressed"
                                    + " already");
                });
    }

    private Refusal refusal(Throwable problem) {
        Throwable cause =
                problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
        if (cause instanceof TimeoutException) {
            return new Refusal(
                    Refusal.TIMEOUT,
                    "the body did not come within " + timeout.toSeconds() + " s",
                    Map.of("Connection", "close"));
        }
        return cause instanceof IllegalStateException
                ? tooLarge(Map.of("Connection", "close"))
                : new Refusal(Refusal.BAD_REQUEST, "the body ended early", Map.of("Connection", "close"));
    }

    private Refusal tooLarge(Map<String, String> headers) {
        return new Refusal(
                Refusal.TOO_LARGE,
                "the body is larger than " + limit / UNIT / UNIT + " MiB, which is the limit of this service",
                headers);
    }
}
