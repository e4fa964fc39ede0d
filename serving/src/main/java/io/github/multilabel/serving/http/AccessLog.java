package io.github.multilabel.serving.http;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/** A line of JSON for each request: who, what, how it ended and how long it took; nothing of images or queries. */
final class AccessLog implements RequestLog {

    private static final int LONGEST_PATH = 200;

    private final Consumer<String> lines;

    /** @param lines may be called by several threads at once */
    AccessLog(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void log(Request request, Response response) {
        JsonObject line = new JsonObject();
        line.addProperty("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        line.addProperty("client", Request.getRemoteAddr(request));
        line.addProperty("method", request.getMethod());
        line.addProperty("path", shortened(String.valueOf(request.getHttpURI().getPath())));
        line.addProperty("status", response.getStatus());
        line.addProperty("received", Request.getContentBytesRead(request));
        line.addProperty("sent", Response.getContentBytesWritten(response));
        line.addProperty("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - request.getBeginNanoTime()));
        lines.accept(line.toString());
    }

    private static String shortened(String path) {
        return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "...";
    }
}
