package io.github.multilabel.serving.http;

import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.serving.PredictionService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A {@link PredictionService} over HTTP/1.1: the Open Inference Protocol under {@code /v2}, {@code POST /predict} and
 * {@code POST /explain}, {@code /metrics} for Prometheus, a page at {@code /}, and what all of it is in
 * {@code /openapi.yaml}. Bodies, images, connections and time are limited.
 *
 * <pre>{@code
 * try (PredictionService service = PredictionService.builder().addModel("cars", folder).build();
 *         PredictionServer server = PredictionServer.builder(service).optPort(8080).start()) {
 *     server.await();
 * }
 * }</pre>
 *
 * <p>It listens on the loopback address unless told otherwise, and has no TLS: what comes from a network goes through a
 * proxy. {@link #close} finishes the requests that run; the service stays open.
 */
public final class PredictionServer implements AutoCloseable {

    private static final int THREADS = 64;
    private static final int LARGEST_HEADERS = 8192;
    /** Bytes a second of an answer that a client must take. */
    private static final long LEAST_DATA_RATE = 1024;

    private final Server server;
    private final ServerConnector connector;
    private final ExplainEndpoint explaining;
    private final List<Route> routes;
    private volatile boolean isReady;

    private PredictionServer(Builder builder) {
        Bodies bodies = new Bodies(builder.bodyLimit, builder.memory, builder.timeout);
        Models models = new Models(builder.service, builder.mostImages, builder.timeout);
        explaining = new ExplainEndpoint(models);
        routes = new ArrayList<>(PageFiles.routes());
        routes.addAll(new InferenceProtocol(models, () -> isReady).routes());
        routes.add(Route.post("/predict", new PredictEndpoint(models, builder.mostImages)));
        routes.add(Route.post("/explain", explaining));
        routes.add(Route.get("/drift", Endpoint.of(new DriftEndpoint(models))));
        routes.add(Route.get("/models", Endpoint.of(new ModelsEndpoint(models))));
        MeterRegistry meters = builder.service.meters();
        if (meters instanceof PrometheusMeterRegistry prometheus) {
            routes.add(Route.get(
                    "/metrics",
                    Endpoint.of(call -> Answer.text("text/plain; version=0.0.4; charset=utf-8", prometheus.scrape()))));
        }
        Dispatcher dispatcher = new Dispatcher(routes, builder.token, bodies, meters);
        ConnectionWatch watch = new ConnectionWatch(dispatcher, builder.idleTimeout);

        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("multilabel-serving-http");
        threads.setDaemon(true);
        server = new Server(threads);
        server.setHandler(new GracefulHandler(new MinimumDataRateHandler(watch, 0, LEAST_DATA_RATE)));
        server.setErrorHandler(new JsonErrors());
        server.setStopTimeout(builder.stopTimeout.toMillis());
        builder.accessLog.ifPresent(lines -> server.setRequestLog(new AccessLog(lines)));
        connector = new ServerConnector(server, new HttpConnectionFactory(http()));
        connector.setHost(builder.host);
        connector.setPort(builder.port);
        connector.setIdleTimeout(builder.idleTimeout.toMillis());
        connector.addBean(watch);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(builder.mostConnections, connector));
    }

    private static HttpConfiguration http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(LARGEST_HEADERS);
        http.setUriCompliance(UriCompliance.RFC3986);
        return http;
    }

    /** Returns a builder for a service, which stays the caller's. */
    public static Builder builder(PredictionService service) {
        return new Builder(Given.require(service, "service", "PredictionService.builder()...build()"));
    }

    private void start() throws IOException {
        try {
            server.start();
            isReady = true;
        } catch (Exception e) { // whatever the server throws
            close();
            String place = connector.getHost() + ":" + connector.getPort();
            if (e instanceof BindException || e.getCause() instanceof BindException) {
                throw new IOException(
                        "another program listens on " + place + ", or this one may not: name another port", e);
            }
            if (e instanceof UnresolvedAddressException || e.getCause() instanceof UnresolvedAddressException) {
                throw new IOException("there is no address '" + connector.getHost() + "' on this machine", e);
            }
            throw new IOException("the server cannot listen on " + place + ": " + e.getMessage(), e);
        }
    }

    /** What it answers, for tests. */
    List<Route> routes() {
        return List.copyOf(routes);
    }

    /** The port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Where it answers, such as {@code http://127.0.0.1:8080/}. */
    public URI address() {
        String host = connector.getHost();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/");
    }

    /**
     * Says that no more requests should come, while those that come are answered: {@code /v2/health/ready} fails, and a
     * load balancer takes it out.
     */
    public void drain() {
        isReady = false;
    }

    /** Waits until it is closed by another thread. */
    public void await() throws InterruptedException {
        server.join();
    }

    /** Takes no more requests, and waits until those that run are answered or the time for that is over. */
    @Override
    public void close() {
        isReady = false;
        try {
            server.stop();
        } catch (Exception e) { // whatever the server throws; requests that did not end in time among it
            org.slf4j.LoggerFactory.getLogger(PredictionServer.class)
                    .warn("some requests did not end in time: {}", e.toString());
        }
        explaining.close();
    }

    /** Builds a server. Every setting has a default. */
    public static final class Builder {

        private static final int MIB = 1 << 20;
        private static final int HIGHEST_PORT = 65_535;
        private static final int SHARE_OF_HEAP = 4;

        private final PredictionService service;
        private String host = "127.0.0.1";
        private int port = 8080;
        private Optional<Token> token = Optional.empty();
        private int bodyLimit = 20 * MIB;
        private long memory = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
        private int mostImages = 64;
        private int mostConnections = 1000;
        private Duration timeout = Duration.ofSeconds(60);
        private Duration idleTimeout = Duration.ofSeconds(30);
        private Duration stopTimeout = Duration.ofSeconds(30);
        private Optional<Consumer<String>> accessLog = Optional.empty();

        private Builder(PredictionService service) {
            this.service = service;
        }

        /** Sets the address to listen on; {@code 127.0.0.1} by default, {@code 0.0.0.0} for all. */
        public Builder optHost(String host) {
            this.host = host;
            return this;
        }

        /** Sets the port, 0 to 65535; 8080 by default, 0 for any that is free. */
        public Builder optPort(int port) {
            this.port = port;
            return this;
        }

        /**
         * Sets what callers must send as {@code Authorization: Bearer}; nothing by default. Probes and the files of the
         * page are open.
         */
        public Builder optToken(String token) {
            Given.require(token, "token", "what callers must know");
            if (token.isBlank()) {
                throw new IllegalArgumentException("the token is blank: anybody could guess it");
            }
            this.token = Optional.of(new Token(token.strip()));
            return this;
        }

        /** Sets the largest body in bytes, 1 KiB to 1 GiB; 20 MiB by default. */
        public Builder optBodyLimit(int bytes) {
            this.bodyLimit = bytes;
            return this;
        }

        /**
         * Sets the memory for the bodies of all requests in bytes; a quarter of the heap by default. One body always
         * fits; a request for which there is no room is refused, and may come again.
         */
        public Builder optBodyMemory(long bytes) {
            this.memory = bytes;
            return this;
        }

        /** Sets how many images one request may have, 1 to 1000; 64 by default. */
        public Builder optMostImages(int images) {
            this.mostImages = images;
            return this;
        }

        /** Sets how many connections are open at once, at least 1; 1000 by default. Others wait. */
        public Builder optMostConnections(int connections) {
            this.mostConnections = connections;
            return this;
        }

        /** Sets in which time a body must come, and in which the model must answer; 60 s by default. */
        public Builder optTimeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /** Sets how long a connection may bring nothing, or no whole header of a request; 30 s by default. */
        public Builder optIdleTimeout(Duration timeout) {
            this.idleTimeout = timeout;
            return this;
        }

        /** Sets how long {@link #close} waits for requests that run; 30 s by default. */
        public Builder optStopTimeout(Duration timeout) {
            this.stopTimeout = timeout;
            return this;
        }

        /**
         * Sets who takes a line of JSON for each request: time, client, method, path, status, bytes and milliseconds.
         * Nobody by default.
         *
         * @param lines called by several threads at once
         */
        public Builder optAccessLog(Consumer<String> lines) {
            this.accessLog = Optional.of(Given.require(lines, "lines", "e.g. System.out::println"));
            return this;
        }

        /**
         * Starts the server.
         *
         * @return to be closed by the caller, before the service
         * @throws IllegalArgumentException if a setting is outside its range; the message lists all such settings
         * @throws IOException if it cannot listen
         */
        public PredictionServer start() throws IOException {
            new Problems("start PredictionServer")
                    .requireGiven("optHost", host, "e.g. 127.0.0.1")
                    .require(port >= 0 && port <= HIGHEST_PORT, "optPort", port, "0 to " + HIGHEST_PORT)
                    .require(bodyLimit >= 1024 && bodyLimit <= 1024 * MIB, "optBodyLimit", bodyLimit, "1 KiB to 1 GiB")
                    .require(memory >= 1, "optBodyMemory", memory, "at least 1")
                    .require(mostImages >= 1 && mostImages <= 1000, "optMostImages", mostImages, "1 to 1000")
                    .require(mostConnections >= 1, "optMostConnections", mostConnections, "at least 1")
                    .require(isPositive(timeout), "optTimeout", timeout, "more than 0")
                    .require(isPositive(idleTimeout), "optIdleTimeout", idleTimeout, "more than 0")
                    .require(
                            stopTimeout != null && !stopTimeout.isNegative(),
                            "optStopTimeout",
                            stopTimeout,
                            "0 or more")
                    .throwIfAny();
            PredictionServer started = new PredictionServer(this);
            started.start();
            return started;
        }

        private static boolean isPositive(Duration duration) {
            return duration != null && !duration.isNegative() && !duration.isZero();
        }
    }
}
