package io.github.multilabel.serving.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where requests go.
 *
 * @param path such as {@code /v2/models/{model}}, where a name in braces stands for one part of a path
 * @param isOpen whether it needs no token: probes and the files of the page
 */
record Route(String method, String path, boolean isOpen, Endpoint endpoint) {

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    static Route get(String path, Endpoint endpoint) {
        return new Route("GET", path, false, endpoint);
    }

    static Route post(String path, Endpoint endpoint) {
        return new Route("POST", path, false, endpoint);
    }

    /** The same without a token. */
    Route open() {
        return new Route(method, path, true, endpoint);
    }

    /** What a path has in place of the variables; empty if it is not of this route. */
    Optional<Map<String, String>> match(String given) {
        List<String> names = new ArrayList<>();
        StringBuilder expression = new StringBuilder();
        Matcher variable = VARIABLE.matcher(path);
        int end = 0;
        while (variable.find()) {
            expression
                    .append(Pattern.quote(path.substring(end, variable.start())))
                    .append("([^/]+)");
            names.add(variable.group(1));
            end = variable.end();
        }
        expression.append(Pattern.quote(path.substring(end)));
        Matcher found = Pattern.compile(expression.toString()).matcher(given);
        if (!found.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), found.group(i + 1));
        }
        return Optional.of(Map.copyOf(values));
    }
}
