package io.github.multilabel.serving.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

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
            "elements.js",
            "files.js",
            "photos.js",
            "picture.js",
            "service.js",
            "table.js",
            "token.js");

    private PageFiles() {}

    static List<Route> routes() {
        Stream<Route> others = Stream.of(
                file("/", "page/index.html", HTML),
                file("/page/page.css", "page/page.css", STYLE),
                file("/page/icon.svg", "page/icon.svg", "image/svg+xml"),
                file("/openapi.yaml", "openapi.yaml", "application/yaml;charset=utf-8"));
        Stream<Route> scripts = SCRIPTS.stream().map(name -> file("/page/" + name, "page/" + name, SCRIPT));
        return Stream.concat(others, scripts).map(Route::open).toList();
    }

    private static Route file(String path, String resource, String type) {
        byte[] content = read(resource);
        return Route.get(path, Endpoint.of(call -> Answer.of(type, content)));
    }

    private static byte[] read(String resource) {
        try (InputStream in = Objects.requireNonNull(PageFiles.class.getResourceAsStream(resource), resource)) {
            return in.readAllBytes();
        } catch (IOException e) { // of the jar
            throw new UncheckedIOException(e);
        }
    }
}
