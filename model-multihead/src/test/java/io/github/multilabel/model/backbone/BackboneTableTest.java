package io.github.multilabel.model.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.model.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of docs/backbones.md says what the code does. */
class BackboneTableTest {

    private static final Path TABLE = Path.of("..", "docs", "backbones.md");
    private static final Pattern TOTAL = Pattern.compile("total +\\((\\d+)\\) +([0-9,]+) +([0-9,]+)");

    @Test
    void everyBackboneHasARowWithItsNumbers() throws IOException {
        List<String> rows = Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(rows).hasSameSizeAs(Backbones.names());
        for (String name : Backbones.names()) {
            String expected = row(Backbones.byName(name));
            assertThat(rows).as("a row that begins with %s", expected).anyMatch(row -> row.startsWith(expected));
        }
    }

    private static String row(Backbone backbone) {
        Network network = backbone.network().orElseThrow();
        int size = backbone.preprocessing().size().height();
        Matcher total = TOTAL.matcher(
                network.summary(size, size).lines().reduce((a, b) -> b).orElseThrow());
        assertThat(total.matches()).isTrue();
        return String.format(
                Locale.ROOT,
                "| `%s` | %d | %s | %.1f | %.2f |",
                backbone.name(),
                size,
                total.group(1),
                number(total.group(2)) / 1e6,
                number(total.group(3)) / 1e9);
    }

    private static double number(String grouped) {
        return Long.parseLong(grouped.replace(",", ""));
    }
}
