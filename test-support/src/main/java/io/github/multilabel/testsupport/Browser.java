package io.github.multilabel.testsupport;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A headless Chromium, spoken to by its DevTools protocol. The program is {@code -Dmultilabel.chromium}. */
public final class Browser implements AutoCloseable {

    private static final long SECONDS = 120;

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonObject>> answers;
    private final List<JsonObject> events;
    private String session = "";
    private int last;

    private Browser(
            Process process,
            WebSocket socket,
            Map<Integer, CompletableFuture<JsonObject>> answers,
            List<JsonObject> events) {
        this.process = process;
        this.socket = socket;
        this.answers = answers;
        this.events = events;
    }

    /**
     * Starts it.
     *
     * @param profile a folder of its own
     */
    public static Browser start(Path profile) throws Exception {
        Process process = new ProcessBuilder(
                        System.getProperty("multilabel.chromium", "chromium"),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
        List<JsonObject> events = new CopyOnWriteArrayList<>();
        try {
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(address(process)), new Listener(answers, events))
                    .get(SECONDS, TimeUnit.SECONDS);
            return new Browser(process, socket, answers, events);
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** The first lines say where it listens; the others are read so that it does not wait. */
    private static String address(Process process) throws IOException {
        var lines = process.inputReader();
        String start = "DevTools listening on ";
        String line = lines.readLine();
        while (line != null && !line.startsWith(start)) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("Chromium ended before it listened");
        }
        Thread rest = new Thread(() -> {
            try {
                lines.lines().forEach(said -> {});
            } catch (UncheckedIOException e) {
                // it was ended
            }
        });
        rest.setDaemon(true);
        rest.start();
        return line.substring(start.length());
    }

    /**
     * Opens a page in a new tab and waits until it is there.
     *
     * @param page its address
     * @param width of the window, in pixels
     */
    public void open(URI page, int width) throws Exception {
        events.clear();
        session = "";
        String target = call("Target.createTarget", "{\"url\":\"about:blank\"}")
                .get("targetId")
                .getAsString();
        session = call("Target.attachToTarget", "{\"targetId\":\"" + target + "\",\"flatten\":true}")
                .get("sessionId")
                .getAsString();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", "{}");
        }
        call(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":" + width + ",\"height\":900,\"deviceScaleFactor\":1,\"mobile\":false}");
        call("Page.navigate", "{\"url\":\"" + page + "\"}");
        evaluate("new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', done))");
        evaluate("document.readyState");
    }

    /** Shows the page as it is in the dark, or as it is printed. */
    public void emulate(String media, String scheme) throws Exception {
        call(
                "Emulation.setEmulatedMedia",
                "{\"media\":\"" + media + "\",\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + scheme
                        + "\"}]}");
    }

    /** The value of an expression, awaited if it is a promise. */
    public JsonElement evaluate(String expression) throws Exception {
        JsonObject arguments = new JsonObject();
        arguments.addProperty("expression", expression);
        arguments.addProperty("awaitPromise", true);
        arguments.addProperty("returnByValue", true);
        JsonObject result = call("Runtime.evaluate", arguments.toString());
        if (result.has("exceptionDetails")) {
            throw new AssertionError(result.get("exceptionDetails").toString());
        }
        JsonElement value = result.getAsJsonObject("result").get("value");
        return value == null ? JsonNull.INSTANCE : value;
    }

    /** What happened since the page was opened, such as {@code Runtime.exceptionThrown}. */
    public List<String> events(String... names) {
        List<String> found = new ArrayList<>();
        for (JsonObject event : events) {
            if (List.of(names).contains(event.get("method").getAsString())) {
                found.add(event.toString());
            }
        }
        return found;
    }

    private JsonObject call(String method, String arguments) throws Exception {
        int id = ++last;
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        String of = session.isEmpty() ? "" : ",\"sessionId\":\"" + session + "\"";
        String text = "{\"id\":" + id + of + ",\"method\":\"" + method + "\",\"params\":" + arguments + "}";
        socket.sendText(text, true).get(SECONDS, TimeUnit.SECONDS);
        JsonObject answered = answer.get(SECONDS, TimeUnit.SECONDS);
        if (answered.has("error")) {
            throw new AssertionError(method + ": " + answered.get("error"));
        }
        return answered.getAsJsonObject("result");
    }

    @Override
    public void close() throws Exception {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(SECONDS, TimeUnit.SECONDS);
    }

    private static final class Listener implements WebSocket.Listener {

        private final Map<Integer, CompletableFuture<JsonObject>> answers;
        private final List<JsonObject> events;
        private final StringBuilder text = new StringBuilder();

        Listener(Map<Integer, CompletableFuture<JsonObject>> answers, List<JsonObject> events) {
            this.answers = answers;
            this.events = events;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                JsonObject message = JsonParser.parseString(text.toString()).getAsJsonObject();
                text.setLength(0);
                if (message.has("id")) {
                    Objects.requireNonNull(answers.remove(message.get("id").getAsInt()))
                            .complete(message);
                } else {
                    events.add(message);
                }
            }
            socket.request(1);
            return null;
        }
    }
}
