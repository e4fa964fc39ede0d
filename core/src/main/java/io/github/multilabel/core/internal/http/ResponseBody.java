package io.github.multilabel.core.internal.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a response, handed from the client's threads to the one that reads. At most two parts wait in memory,
 * since the next is asked for only when one is taken.
 *
 * <p>The JDK's own {@code ofInputStream} waits without end where a server falls silent.
 */
final class ResponseBody implements HttpResponse.BodySubscriber<ResponseBody> {

    private final ResponseTimeout patience;
    private final BlockingQueue<Part> arrived = new LinkedBlockingQueue<>();
    private Iterator<ByteBuffer> buffers = Collections.emptyIterator();
    private ByteBuffer current = ByteBuffer.allocate(0);
    private long received;
    private boolean complete;

    // of the client's threads and of the one that closes
    /** Null until the answer begins. */
    private Flow.@Nullable Subscription subscription;

    private boolean closed;

    /**
     * What came at once.
     *
     * @param bytes none at the end
     * @param last whether nothing follows
     * @param failure why nothing follows, or null if all has come
     */
    private record Part(List<ByteBuffer> bytes, boolean last, @Nullable Throwable failure) {}

    ResponseBody(ResponseTimeout patience) {
        this.patience = patience;
    }

    /**
     * Reads some bytes, at least one.
     *
     * @return how many, or -1 at the end
     * @throws TransientFailure if the connection broke, or the server is silent for too long
     */
    int read(byte[] into) throws IOException {
        while (!current.hasRemaining()) {
            if (buffers.hasNext()) {
                current = buffers.next();
                received += current.remaining();
            } else if (complete || next()) {
                return -1;
            }
        }
        int count = Math.min(into.length, current.remaining());
        current.get(into, 0, count);
        return count;
    }

    /** Waits for the next part; true at the end. */
    private boolean next() throws IOException {
        Part part;
        try {
            part = patience.await(nanos -> arrived.poll(nanos, TimeUnit.NANOSECONDS), received);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // a queue does not fail
        }
        if (part.failure() != null) {
            throw broken(received, part.failure());
        }
        complete = part.last();
        if (!complete) {
            buffers = part.bytes().iterator();
            ask();
        }
        return complete;
    }

    static TransientFailure broken(long received, Throwable cause) {
        return new TransientFailure(
                "the connection broke after " + received + " bytes"
                        + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")"),
                cause);
    }

    /** Asks for no more: closes the connection, unless everything has come. */
    synchronized void close() {
        closed = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    /** Asks for the next part. */
    private synchronized void ask() {
        if (subscription != null) {
            subscription.request(1);
        }
    }

    @Override
    public CompletionStage<ResponseBody> getBody() {
        return CompletableFuture.completedFuture(this); // before its bytes have come
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription answer) {
        subscription = answer;
        if (closed) {
            answer.cancel();
        } else {
            answer.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        arrived.add(new Part(bytes, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        arrived.add(new Part(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        arrived.add(new Part(List.of(), true, null));
    }
}
