package io.github.multilabel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SpeedPageTest {

    private static final Path DOCS = Path.of("../docs");

    @Test
    void theChartShowsTheRatiosOfTheTable() throws IOException {
        List<String> rows = Files.readAllLines(DOCS.resolve("speed.md")).stream()
                .filter(line -> line.matches("\\| .*\\d\\.\\d\\d \\(\\d\\d\\.\\d\\).*"))
                .toList();
        List<String> trainingAndPrediction =
                rows.stream().flatMap(row -> ratios(row).stream()).toList();

        assertThat(rows).hasSize(6);
        assertThat(shown()).isEqualTo(trainingAndPrediction);
    }

    /** Those of training and of prediction in batches of 16, the second and the last column. */
    private static List<String> ratios(String row) {
        String[] cells = row.split("\\|", -1);
        return List.of(cells[2], cells[4]).stream()
                .map(String::strip)
                .filter(cell -> !cell.isEmpty())
                .map(cell -> cell.substring(0, cell.indexOf(' ')))
                .toList();
    }

    private static List<String> shown() throws IOException {
        return Pattern.compile(">(\\d\\.\\d\\d)</text>")
                .matcher(Files.readString(DOCS.resolve("speed.svg")))
                .results()
                .map(label -> label.group(1))
                .toList();
    }
}
