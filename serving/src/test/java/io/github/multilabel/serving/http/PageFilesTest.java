package io.github.multilabel.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page holds itself to what its content security policy lets browsers do. */
class PageFilesTest {

    private static final Pattern ADDRESS = Pattern.compile("(?:\\w+:)?//[\\w.-]+\\.\\w+[^\\s\"'`]*");
    private static final Pattern INLINE = Pattern.compile(
            "\\son\\w+\\s*=|\\sstyle\\s*=|<style|<script(?![^>]*\\ssrc=)|javascript:", Pattern.CASE_INSENSITIVE);
    private static final Pattern HTML_OF_TEXT = Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|DOMParser");
    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"]+)\"|from '\\./([^']+)'");

    /** The files of the page by their names. */
    private static Map<String, String> files() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(PageFiles.class.getResource("page/index.html"))
                        .toURI())
                .getParent();
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> each = Files.list(folder)) {
            for (Path file : each.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).toList();
    }

    @Test
    void nameNoOtherHost() throws Exception {
        assertThat(files()).allSatisfy((name, text) -> assertThat(found(ADDRESS, text))
                .as(name)
                .filteredOn(address -> !address.startsWith("http://www.w3.org/2000/svg"))
                .isEmpty());
    }

    @Test
    void haveNoScriptsAndStylesInline() throws Exception {
        assertThat(found(INLINE, files().get("index.html"))).isEmpty();
    }

    @Test
    void readNoTextAsHtml() throws Exception {
        assertThat(files())
                .allSatisfy((name, text) ->
                        assertThat(found(HTML_OF_TEXT, text)).as(name).isEmpty());
    }

    @Test
    void areServedIfOneLoadsAnother() throws Exception {
        // given what the files load
        Map<String, String> files = files();
        TreeSet<String> loaded = files.values().stream()
                .flatMap(text -> LOADED.matcher(text).results())
                .map(match -> match.group(1) != null ? match.group(1) : match.group(2))
                .map(path -> path.replaceFirst("^page/", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        loaded.remove("openapi.yaml"); // it lies elsewhere

        // then that is served, and nothing else but the page
        assertThat(PageFiles.names()).containsExactlyInAnyOrderElementsOf(loaded);
        loaded.add("index.html");
        assertThat(files.keySet()).containsExactlyInAnyOrderElementsOf(loaded);
        assertThat(PageFiles.routes()).allMatch(Route::isOpen);
    }
}
