package io.github.multilabel.serving.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** A request for an endpoint. */
final class Call {

    private final Request request;
    private final Map<String, String> variables;
    private final Bodies bodies;

    Call(Request request, Map<String, String> variables, Bodies bodies) {
        this.request = request;
        this.variables = variables;
        this.bodies = bodies;
    }

    /** The part of the path that stands for a variable of the route. */
    String variable(String name) {
        return Optional.ofNullable(variables.get(name))
                .orElseThrow(() -> new IllegalStateException("the route has no variable '" + name + "'"));
    }

    /**
     * A parameter of the query.
     *
     * @throws Refusal if it is there more than once, or not in UTF-8
     */
    Optional<String> parameter(String name) {
        Fields fields;
        try {
            fields = Request.extractQueryParameters(request);
        } catch (RuntimeException e) { // of several kinds
            throw new Refusal(Refusal.BAD_REQUEST, "the query is not text in UTF-8 and percent-encoding");
        }
        List<String> values = fields.getValuesOrEmpty(name);
        if (values.size() > 1) {
            throw new Refusal(Refusal.BAD_REQUEST, "the parameter '" + name + "' is there " + values.size() + " times");
        }
        return values.stream().findFirst();
    }

    /** A header, if it is there. */
    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    /** The media type of the body without its parameters, in lower case; empty if there is none. */
    String mediaType() {
        return contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** The header Content-Type; empty if there is none. */
    String contentType() {
        return header(HttpHeader.CONTENT_TYPE.asString()).orElse("");
    }

    /**
     * Reads the body.
     *
     * @return fails with a {@link Refusal} if it is too large or too slow
     * @throws Refusal if it is compressed, or known to be too large
     */
    CompletableFuture<byte[]> body() {
        return bodies.read(request, 1);
    }

    /** The same of a body that is copied while it is read, such as JSON. */
    CompletableFuture<byte[]> body(int copies) {
        return bodies.read(request, copies);
    }
}
