package io.github.multilabel.core.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to servers, with a limit for the time before a response and for silence within it.
 *
 * <p>Redirects are followed, to https from http too, but never from https to http. Proxies and the passwords that they
 * ask for are those of the JVM ({@code http.proxyHost} and its like, {@link java.net.Authenticator#setDefault}); the
 * JDK's client knows none of SOCKS. Threads may share it; those of its own are daemons, and end when it is no longer
 * used.
 *
 * <p>The requests are of HTTP/1.1: some servers refuse the header by which the client offers HTTP/2, and where it is
 * taken up, the JDK's client cannot cope with a server that ends a connection (GOAWAY), as Maven's resolver found.
 */
public final class HttpRequests {

    private static final int OK = 200;
    private static final int PARTIAL = 206;

    private final Duration patience;
    private final HttpClient client;

    /** @param patience how long a server may be silent, also while the connection to it is made */
    public HttpRequests(Duration patience) {
        this.patience = patience;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(patience);
        if (Authenticator.getDefault() != null) {
            builder.authenticator(Authenticator.getDefault());
        }
        this.client = builder.build();
    }

    /**
     * Requests what an address has, and waits for the beginning of the response. Of a response with another status than
     * 200 and 206, the bytes are passed over.
     *
     * @param headers besides those that every request has
     * @param meanwhile is called about twice a second while the server is waited for, here and in
     *     {@link ServerResponse#read}
     * @return to be closed by the caller
     * @throws TransientFailure if the connection broke, or the server is silent for too long
     * @throws InterruptedIOException if the thread is interrupted, which it then still is
     * @throws IOException if there is no such server, or none that can be trusted
     */
    public ServerResponse get(URI address, Map<String, String> headers, Runnable meanwhile) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        headers.forEach(request::header);
        ResponseTimeout server = new ResponseTimeout(patience, meanwhile);
        ResponseBody body = new ResponseBody(server);
        FutureTask<HttpResponse<ResponseBody>> asked = inThreadOfItsOwn(() -> client.send(
                request.build(),
                head -> Set.of(OK, PARTIAL).contains(head.statusCode())
                        ? body
                        : HttpResponse.BodySubscribers.replacing(body)));
        boolean answered = false;
        try {
            ServerResponse answer = new ServerResponse(server.await(nanos -> poll(asked, nanos), 0));
            answered = true;
            return answer;
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNullElse(e.getCause(), e), address);
        } finally {
            if (!answered) {
                asked.cancel(true);
                body.close(); // or an answer that comes just now would hold its connection
            }
        }
    }

    /**
     * Not {@code sendAsync}, which hands the response over by the common pool: where the tasks of an application fill
     * that, which takes one on two cores since JDK 25, the response would wait for their end.
     */
    private static <T> FutureTask<T> inThreadOfItsOwn(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "multilabel-request");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static <T> @Nullable T poll(Future<T> future, long nanos) throws InterruptedException, ExecutionException {
        try {
            return future.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        }
    }

    private static IOException failure(Throwable cause, URI address) {
        if (cause instanceof ConnectException) {
            return new IOException(
                    isUnknownHost(cause)
                            ? "the host " + address.getHost() + " is not known"
                            : "no connection to " + address.getHost()
                                    + (address.getPort() < 0 ? "" : ", port " + address.getPort())
                                    + ": it refuses, or is not there",
                    cause);
        }
        if (cause instanceof SSLException || !(cause instanceof IOException)) {
            return new IOException(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        }
        return ResponseBody.broken(0, cause);
    }

    private static boolean isUnknownHost(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof UnresolvedAddressException || root instanceof UnknownHostException;
    }
}
