package io.github.multilabel.serving.http;

import io.github.multilabel.serving.BusyException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of a request, lets it answer, and writes the answer; every problem becomes a line of JSON. */
final class Dispatcher extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private static final Duration FASTEST = Duration.ofMillis(1);
    private static final Duration SLOWEST = Duration.ofSeconds(30);
    /** Nothing from elsewhere is loaded, and nobody else shows the page within his. */
    private static final Map<String, String> SAFETY = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-store");

    private final List<Route> routes;
    private final Optional<Token> token;
    private final Bodies bodies;
    private final MeterRegistry meters;

    Dispatcher(List<Route> routes, Optional<Token> token, Bodies bodies, MeterRegistry meters) {
        this.routes = routes;
        this.token = token;
        this.bodies = bodies;
        this.meters = meters;
    }

    /** A route that fits, and what stands for its variables. */
    private record Match(Route route, Map<String, String> variables) {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String route = "none";
        CompletableFuture<Answer> answer;
        try {
            Match match = match(request);
            route = match.route.path();
            requireToken(request, match.route);
            answer = match.route.endpoint().answer(new Call(request, match.variables, bodies));
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        String known = route;
        answer.exceptionally(this::problem)
                .thenAccept(found -> write(request, found, known, response, callback))
                .exceptionally(
                        problem -> { // of what writes
                            callback.failed(problem);
                            return null;
                        });
        return true;
    }

    private Match match(Request request) {
        String path = Request.getPathInContext(request);
        List<Match> ofPath = routes.stream()
                .flatMap(route -> route.match(path).map(variables -> new Match(route, variables)).stream())
                .toList();
        if (ofPath.isEmpty()) {
            throw new Refusal(Refusal.NOT_FOUND, "there is nothing at this path; /openapi.yaml has what there is");
        }
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        return ofPath.stream()
                .filter(match -> match.route.method().equals(method))
                .findFirst()
                .orElseThrow(() -> {
                    String allowed = ofPath.stream()
                            .map(match -> match.route.method())
                            .distinct()
                            .collect(Collectors.joining(", "));
                    return new Refusal(
                            Refusal.METHOD_NOT_ALLOWED, "this path answers " + allowed, Map.of("Allow", allowed));
                });
    }

    private void requireToken(Request request, Route route) {
        if (token.isPresent()
                && !route.isOpen()
                && !token.get().isIn(request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
            throw new Refusal(
                    Refusal.UNAUTHORIZED,
                    "this service wants a token: send the header Authorization: Bearer TOKEN",
                    Map.of("WWW-Authenticate", "Bearer"));
        }
    }

    private Answer problem(Throwable problem) {
        Throwable cause =
                problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
        if (cause instanceof Refusal refusal) {
            return refusal.answer();
        }
        if (cause instanceof BusyException) {
            return Refusal.busy(String.valueOf(cause.getMessage())).answer();
        }
        LOG.error("a request failed", cause);
        return Answer.problem(Refusal.FAILED, "the service failed; its log says why", Map.of());
    }

    private void write(Request request, Answer answer, String route, Response response, Callback callback) {
        response.setStatus(answer.status());
        SAFETY.forEach(response.getHeaders()::put);
        answer.headers().forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
        Timer.builder("multilabel.http")
                .description("Requests, from their first byte to their answer")
                .tags("route", route, "status", String.valueOf(answer.status()))
                .publishPercentileHistogram()
                .minimumExpectedValue(FASTEST)
                .maximumExpectedValue(SLOWEST)
                .register(meters)
                .record(Duration.ofNanos(System.nanoTime() - request.getBeginNanoTime()));
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }
}
