package io.github.multilabel.core.internal.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The response of a server, read as it arrives. Closing it before the end closes its connection; after the end, the
 * connection serves the next request. For one thread.
 */
public final class ServerResponse implements AutoCloseable {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final HttpResponse<ResponseBody> response;

    ServerResponse(HttpResponse<ResponseBody> response) {
        this.response = response;
    }

    /** The status, such as 200, of the last server where some led on. */
    public int status() {
        return response.statusCode();
    }

    /** A header, in any case; its first value if it has several. */
    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    /** How many bytes the server announces; empty if it does not say. */
    public OptionalLong length() {
        return header("Content-Length").isEmpty()
                ? OptionalLong.empty()
                : response.headers().firstValueAsLong("Content-Length");
    }

    /**
     * Reads some bytes, at least one. An answer of another status than 200 and 206 has none.
     *
     * @return how many, or -1 at the end
     * @throws TransientFailure if the connection broke, or the server is silent for too long
     * @throws java.io.InterruptedIOException if the thread is interrupted, which it then still is
     */
    public int read(byte[] into) throws IOException {
        return response.body().read(into);
    }

    /** That the status is not the one that was hoped for: transient if the server is busy or broken. */
    public IOException refused() {
        String leads = header("Location")
                .map(to -> " and leads on to " + to + ", in a circle or from https to http; that is not followed")
                .orElse("");
        String message = "the server answered " + status() + leads;
        return status() >= SERVER_ERROR || status() == TOO_MANY_REQUESTS
                ? new TransientFailure(message, null)
                : new IOException(message);
    }

    @Override
    public void close() {
        response.body().close();
    }
}
