package io.github.multilabel.serving.http;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Closes connections that bring no whole request in time. The server's own timeout begins anew with each byte, so one
 * byte a second of a header would hold a connection for hours.
 */
final class ConnectionWatch extends Handler.Wrapper implements Connection.Listener {

    private final long patience;
    private final Map<EndPoint, State> states = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "multilabel-serving-connections");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Nothing is watched until it is started.
     *
     * @param patience in which a request's line and headers must come
     */
    ConnectionWatch(Handler handler, Duration patience) {
        super(handler);
        this.patience = patience.toNanos();
    }

    /** Since when a connection waits for a request, and how many run: the parser may be ahead of answers. */
    private static final class State {
        private long waitingSince = System.nanoTime();
        private int running;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        var unused = clock.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    protected void doStop() throws Exception {
        clock.shutdownNow();
        super.doStop();
    }

    @Override
    public void onOpened(Connection connection) {
        states.putIfAbsent(connection.getEndPoint(), new State());
    }

    @Override
    public void onClosed(Connection connection) {
        states.remove(connection.getEndPoint());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<State> state = Optional.ofNullable(
                states.get(request.getConnectionMetaData().getConnection().getEndPoint()));
        state.ifPresent(each -> change(each, 1));
        Request.addCompletionListener(request, problem -> state.ifPresent(each -> change(each, -1)));
        return super.handle(request, response, callback);
    }

    private static void change(State state, int by) {
        synchronized (state) {
            state.running += by;
            state.waitingSince = System.nanoTime();
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        states.forEach((endPoint, state) -> {
            synchronized (state) {
                if (state.running <= 0 && now - state.waitingSince > patience) {
                    endPoint.close();
                }
            }
        });
    }
}
