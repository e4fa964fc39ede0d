package io.github.multilabel.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Serves files from memory, and misbehaves as told. */
public final class TestServer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> ranges = new ArrayList<>();

    private String tag = "\"1\"";
    private boolean supportsRanges = true;
    private int cutAfter = Integer.MAX_VALUE;
    private int cuts;
    private int failures;
    private int stallAfter = Integer.MAX_VALUE;
    private int stalls;

    /** Starts on a free port. */
    public TestServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The folder that has the files. */
    public URI base() {
        return URI.create("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/files/");
    }

    /** Serves a file from now on, in place of an earlier one of that name. */
    public TestServer has(String name, byte[] content) {
        files.put("/files/" + name, content);
        return this;
    }

    /** Breaks the connection so many times, each time after so many bytes. */
    public TestServer cuts(int times, int afterBytes) {
        cuts = times;
        cutAfter = afterBytes;
        return this;
    }

    /** Falls silent so many times, each time after so many bytes, and keeps the connection. */
    public TestServer stalls(int times, int afterBytes) {
        stalls = times;
        stallAfter = afterBytes;
        return this;
    }

    /** Answers every request with the whole file. */
    public TestServer withoutRanges() {
        supportsRanges = false;
        return this;
    }

    /** The {@code ETag} of all files; null for none. */
    public TestServer tag(String value) {
        tag = value;
        return this;
    }

    /** Answers 503 so many times. */
    public TestServer fails(int times) {
        failures = times;
        return this;
    }

    /** The {@code Range} of each request so far, {@code ""} if it had none. */
    public synchronized List<String> ranges() {
        return List.copyOf(ranges);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        if (stalls-- > 0) {
            stall(exchange);
            return;
        }
        try (exchange) {
            String range = exchange.getRequestHeaders().getFirst("Range");
            ranges.add(range == null ? "" : range);
            byte[] content = files.get(exchange.getRequestURI().getPath());
            if (content == null || failures > 0) {
                exchange.sendResponseHeaders(content == null ? 404 : 503, -1);
                failures--;
                return;
            }
            if (tag != null) {
                exchange.getResponseHeaders().set("ETag", tag);
            }
            boolean same =
                    tag != null && tag.equals(exchange.getRequestHeaders().getFirst("If-Range"));
            int start = 0;
            if (range != null && supportsRanges && same) {
                start = Integer.parseInt(range.replaceAll("\\D", ""));
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + start + "-" + (content.length - 1) + "/" + content.length);
            }
            exchange.sendResponseHeaders(start > 0 ? 206 : 200, content.length - start);
            boolean cut = cuts-- > 0 && start + cutAfter < content.length;
            // not closed here: only closing the exchange with bytes left to write breaks the connection
            OutputStream out = exchange.getResponseBody();
            out.write(Arrays.copyOfRange(content, start, cut ? start + cutAfter : content.length));
            out.flush();
        }
    }

    /** Does not close what it begins. */
    private void stall(HttpExchange exchange) throws IOException {
        ranges.add("");
        byte[] content =
                Objects.requireNonNull(files.get(exchange.getRequestURI().getPath()), "no such file");
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content, 0, Math.min(stallAfter, content.length));
        exchange.getResponseBody().flush();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
