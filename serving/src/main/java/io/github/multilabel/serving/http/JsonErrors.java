package io.github.multilabel.serving.http;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What the server itself refuses, such as a request that is not HTTP, in the form of all other problems. */
final class JsonErrors extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Answer answer = Answer.problem(response.getStatus(), message(response.getStatus()), Map.of());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
        return true;
    }

    private static String message(int status) {
        return switch (status) {
            case HttpStatus.SERVICE_UNAVAILABLE_503 -> "the service is stopping";
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> "the headers are too large";
            default -> HttpStatus.getMessage(status);
        };
    }
}
