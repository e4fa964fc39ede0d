package io.github.multilabel.serving.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The paths of a route.
 *
 * @param text such as {@code /v2/models/{model}}, where a name in braces stands for one part of a path
 * @param expression that matches such paths, with a group for each name
 * @param names in their order
 */
record PathPattern(String text, Pattern expression, List<String> names) {

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    static PathPattern of(String text) {
        List<String> names = new ArrayList<>();
        StringBuilder expression = new StringBuilder();
        Matcher variable = VARIABLE.matcher(text);
        int end = 0;
        while (variable.find()) {
            expression
                    .append(Pattern.quote(text.substring(end, variable.start())))
                    .append("([^/]+)");
            names.add(variable.group(1));
            end = variable.end();
        }
        expression.append(Pattern.quote(text.substring(end)));
        return new PathPattern(text, Pattern.compile(expression.toString()), List.copyOf(names));
    }

    /** What a path has in place of the names; empty if it is another. */
    Optional<Map<String, String>> match(String path) {
        Matcher found = expression.matcher(path);
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
