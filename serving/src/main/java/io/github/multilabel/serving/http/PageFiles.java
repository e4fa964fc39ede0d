package io.github.multilabel.serving.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The files that stand beside this class: those of the page, and the description of the interface. */
final class PageFiles {

    private static final String HTML = "text/html;charset=utf-8";
    private static final String SCRIPT = "text/javascript;charset=utf-8";
    private static final String STYLE = "text/css;charset=utf-8";

    /** What the page loads. They import each other by these names. */
    private static final List<String> SCRIPTS = List.of(
            "theme.js",
            "page.js",
            "answer.js",
            "answers.js",
            "colours.js",
            "csv.js",
            "drift.js",
            "elements.js",
            "files.js",
            "photos.js",
            "picture.js",
            "service.js",
            "table.js",
            "token.js");

    private PageFiles() {}

    static List<Route> routes() {
        Map<String, Answer> files = files();
        Answer page = file("page/index.html", HTML);
        Answer description = file("openapi.yaml", "application/yaml;charset=utf-8");
        return List.of(
                Route.get("/", Endpoint.of(call -> page)).open(),
                Route.get("/page/{file}", Endpoint.of(call -> named(files, call.variable("file"))))
                        .open(),
                Route.get("/openapi.yaml", Endpoint.of(call -> description)).open());
    }

    /** What the page loads, for tests. */
    static Set<String> names() {
        return files().keySet();
    }

    private static Map<String, Answer> files() {
        Map<String, Answer> files = new HashMap<>();
        files.put("page.css", file("page/page.css", STYLE));
        files.put("icon.svg", file("page/icon.svg", "image/svg+xml"));
        SCRIPTS.forEach(name -> files.put(name, file("page/" + name, SCRIPT)));
        return files;
    }

    private static Answer named(Map<String, Answer> files, String name) {
        return Optional.ofNullable(files.get(name))
                .orElseThrow(() -> new Refusal(Refusal.NOT_FOUND, "the page has no such file"));
    }

    private static Answer file(String resource, String type) {
        return Answer.of(type, read(resource));
    }

    private static byte[] read(String resource) {
        try (InputStream in = Objects.requireNonNull(PageFiles.class.getResourceAsStream(resource), resource)) {
            return in.readAllBytes();
        } catch (IOException e) { // of the jar
            throw new UncheckedIOException(e);
        }
    }
}
