package io.github.multilabel.cli.program;

import io.github.multilabel.serving.PredictionService;
import io.github.multilabel.serving.http.PredictionServer;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a program that listens: where, and what clients may do. */
@Section("Server")
public final class ServerOptions {

    /** The environment variable with the token: one on the command line would be seen by others. */
    public static final String TOKEN = "MULTILABEL_TOKEN";

    private static final int MIB = 1 << 20;

    @Option(names = "--port", paramLabel = "N", description = "0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description =
                    "Where it listens (default: ${DEFAULT-VALUE}, which only this machine reaches; 0.0.0.0 for all,"
                            + " then set the environment variable " + TOKEN
                            + " to what callers must send as a bearer token).")
    private String host = "127.0.0.1";

    @Option(
            names = "--body-limit",
            paramLabel = "MIB",
            description = "The largest body of a request (default: ${DEFAULT-VALUE}).")
    private int bodyLimit = 20;

    @Option(
            names = "--most-images",
            paramLabel = "N",
            description = "Images of one request (default: ${DEFAULT-VALUE}).")
    private int mostImages = 64;

    @Option(
            names = "--most-connections",
            paramLabel = "N",
            description = "Connections that are open at once (default: ${DEFAULT-VALUE}).")
    private int mostConnections = 1000;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "In which a body must come, and in which the model must answer (default: 60s).")
    private Duration timeout = Duration.ofSeconds(60);

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "How long a connection may bring nothing, or no whole header (default: 30s).")
    private Duration idleTimeout = Duration.ofSeconds(30);

    @Option(
            names = "--stop-timeout",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "How long requests that run may still take when it is stopped (default: 30s).")
    private Duration stopTimeout = Duration.ofSeconds(30);

    @Option(names = "--access-log", description = "Prints a line of JSON for each request.")
    private boolean accessLog;

    /** A builder with these settings, and the token of the environment. */
    public PredictionServer.Builder server(PredictionService service) {
        InvalidInputException.require(
                bodyLimit >= 1 && bodyLimit <= 1024, "--body-limit " + bodyLimit + ": 1 to 1024 MiB");
        PredictionServer.Builder builder = PredictionServer.builder(service)
                .optPort(port)
                .optHost(host)
                .optBodyLimit(bodyLimit * MIB)
                .optMostImages(mostImages)
                .optMostConnections(mostConnections)
                .optTimeout(timeout)
                .optIdleTimeout(idleTimeout)
                .optStopTimeout(stopTimeout);
        Optional.ofNullable(System.getenv(TOKEN)).ifPresent(token -> builder.optToken(token));
        if (accessLog) {
            builder.optAccessLog(System.out::println);
        }
        return builder;
    }

    /** Whether others than this machine may reach it without a token. */
    public boolean isOpenToAll() {
        return System.getenv(TOKEN) == null
                && !host.equals("localhost")
                && !host.startsWith("127.")
                && !host.equals("::1");
    }
}
