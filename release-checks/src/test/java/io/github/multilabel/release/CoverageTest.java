package io.github.multilabel.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tests of all modules cover together may rise, but not fall below a floor. */
class CoverageTest {

    private static final Path REPORT = Path.of("target/site/jacoco-aggregate/jacoco.csv");
    /** The columns of the report. */
    private static final Map<String, Integer> MISSED = Map.of("BRANCH", 5, "LINE", 7);

    @ParameterizedTest
    @CsvSource({"LINE, 0.96", "BRANCH, 0.90"})
    void itStaysAboveTheFloor(String counter, double floor) throws IOException {
        assumeThat(REPORT).exists();
        int column = MISSED.get(counter);
        long missed = 0;
        long covered = 0;
        for (String[] row : rows()) {
            missed += Long.parseLong(row[column]);
            covered += Long.parseLong(row[column + 1]);
        }

        double fraction = (double) covered / (covered + missed);
        System.out.printf("%s coverage of all modules: %.4f%n", counter, fraction);
        assertThat(fraction)
                .as("%s coverage of all modules; %s has the lines", counter, REPORT.resolveSibling("index.html"))
                .isGreaterThanOrEqualTo(floor);
    }

    /** One row a class: group, package, class, then missed and covered of each counter. */
    private static List<String[]> rows() throws IOException {
        try (Stream<String> lines = Files.lines(REPORT)) {
            return lines.skip(1).map(line -> line.split(",")).toList();
        }
    }
}
