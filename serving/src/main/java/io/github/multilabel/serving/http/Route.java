package io.github.multilabel.serving.http;

import java.util.Map;
import java.util.Optional;

/**
 * Where requests go.
 *
 * @param pattern of the path
 * @param isOpen whether it needs no token: probes and the files of the page
 */
record Route(String method, PathPattern pattern, boolean isOpen, Endpoint endpoint) {

    static Route get(String path, Endpoint endpoint) {
        return new Route("GET", PathPattern.of(path), false, endpoint);
    }

    static Route post(String path, Endpoint endpoint) {
        return new Route("POST", PathPattern.of(path), false, endpoint);
    }

    /** The same without a token. */
    Route open() {
        return new Route(method, pattern, true, endpoint);
    }

    /** The path as it is described. */
    String path() {
        return pattern.text();
    }

    /** What a path has in place of the variables; empty if it is not of this route. */
    Optional<Map<String, String>> match(String path) {
        return pattern.match(path);
    }
}
