package io.github.multilabel.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.evaluation.MetricsJson;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.training.event.EpochReport;
import io.github.multilabel.training.event.LearningRateFinderResult;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    /** Year stands before brand, and brand is never labelled. */
    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("year", "10", "9", "2"), Head.singleLabel("brand, \"make\"", "b", "a"));

    private static final Gson STRICT =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    @TempDir
    Path folder;

    private static Evaluation evaluation() {
        return evaluation(HEADS, -1, -1, -1);
    }

    /** Of three images, of which the second head says the first category. */
    private static Evaluation evaluation(HeadSet heads, long... labels) {
        try (NDManager manager = NDManager.newBaseManager();
                EvaluationAccumulator accumulator = new EvaluationAccumulator(manager, heads, Map.of())) {
            NDArray years = manager.create(new float[] {1, 0, 0, 0, 1, 0, 1, 0, 0}, new Shape(3, 3));
            NDArray brands = manager.create(new float[] {1, 0, 1, 0, 1, 0}, new Shape(3, 2));
            accumulator.add(
                    new NDList(years, brands),
                    new NDList(manager.create(new long[] {0, 1, 1}), manager.create(labels)));
            return accumulator.evaluation();
        }
    }

    private static List<EpochReport> history() {
        Evaluation evaluation = evaluation();
        return List.of(
                new EpochReport(1, 0.01, evaluation, Optional.of(evaluation), 12.5, 0),
                new EpochReport(2, 0.001, evaluation, Optional.of(evaluation), 13, 1));
    }

    @Test
    void metricsKeepTheOrderOfHeadsAndCategoriesAndWriteNullForWhatIsUndefined() throws IOException {
        Path file = folder.resolve("new").resolve("metrics.json");

        MetricsJson.write(file, evaluation(), OptionalLong.of(7));

        JsonObject json = STRICT.fromJson(Files.readString(file), JsonObject.class);
        JsonObject heads = json.getAsJsonObject("heads");
        assertThat(heads.keySet()).containsExactly("year", "brand, \"make\"");
        JsonObject year = heads.getAsJsonObject("year");
        assertThat(year.getAsJsonObject("categories").keySet()).containsExactly("10", "9", "2");
        assertThat(year.get("accuracy").getAsDouble()).isEqualTo(2.0 / 3);
        assertThat(year.get("confusion").toString()).isEqualTo("[[1,0,0],[1,1,0],[0,0,0]]");
        assertThat(year.get("confusionNames").toString()).isEqualTo("[\"10\",\"9\",\"2\"]");
        JsonObject brand = heads.getAsJsonObject("brand, \"make\"");
        assertThat(brand.get("accuracy").isJsonNull())
                .as("no image is labelled")
                .isTrue();
        assertThat(json.get("exactMatch").isJsonNull()).isTrue();
        assertThat(json.getAsJsonObject("samples").toString()).isEqualTo("{\"train\":7,\"validation\":3}");
    }

    @Test
    void theHistoryHasARowPerEpochInAnyLocale() throws IOException {
        Locale before = Locale.getDefault();
        Path file = folder.resolve("history.csv");
        try {
            Locale.setDefault(Locale.GERMANY);
            HistoryCsv.write(file, history());
        } finally {
            Locale.setDefault(before);
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("validation_year_accuracy").contains("\"train_brand, \"\"make\"\"_loss\"");
        assertThat(lines.get(1)).startsWith("1,0.01,12.5,0,");
        assertThat(lines.get(2)).startsWith("2,0.001,13.0,1,");
        assertThat(lines.get(1)).as("an undefined accuracy is an empty cell").endsWith(",");
    }

    @Test
    void ofAHierarchyTheHistoryHasItsMetrics() throws IOException {
        HeadSet heads = HeadSet.of(
                        Head.singleLabel("year", "10", "9", "2"), Head.singleLabel("decade", "tens", "others"))
                .withParent("year", "decade", Map.of("10", "tens", "9", "others", "2", "others"));
        Evaluation evaluation = evaluation(heads, 0, 1, 1);
        Path file = folder.resolve("history.csv");

        HistoryCsv.write(file, List.of(new EpochReport(1, 0.01, evaluation, Optional.empty(), 12.5, 0)));

        assertThat(file)
                .content()
                .isEqualTo(
                        """
                        epoch,learning_rate,images_per_second,skipped_batches,train_loss,train_mean_accuracy,\
                        train_exact_match,train_year_loss,train_year_accuracy,train_year_full_path,train_year_broken,\
                        train_year_mistake_distance,train_decade_loss,train_decade_accuracy
                        1,0.01,12.5,0,,0.5,0.3333333333333333,,0.6666666666666666,0.3333333333333333,\
                        0.3333333333333333,2.0,,0.3333333333333333
                        """);
    }

    @Test
    void curvesAreAImageAlsoOfOneEpoch() throws IOException {
        for (List<EpochReport> epochs : List.of(history(), history().subList(0, 1))) {
            Path file = folder.resolve("curves.png");
            LearningCurves.write(file, epochs);
            BufferedImage image = ImageIO.read(file.toFile());
            assertThat(colours(image)).as("lines are drawn").isGreaterThan(10);
        }
    }

    private static LearningRateFinderResult range(int steps, double last) {
        List<Double> rates = IntStream.range(0, steps)
                .mapToObj(i -> 1e-7 * Math.pow(10, i / 12.0))
                .toList();
        List<Double> losses = IntStream.range(0, steps)
                .mapToObj(i -> i == steps - 1 ? last : 3 + 0.1 * Math.sin(40 * i) - 2 / (1 + Math.exp((50 - i) / 4.0)))
                .toList();
        return new LearningRateFinderResult(rates, losses, true);
    }

    @Test
    void aRangeTestIsAImageWithTheSuggestionInIt() throws IOException {
        Path file = folder.resolve("new").resolve("learning-rate.png");
        LearningRatePlot.write(file, range(90, Double.NaN));
        int suggestion = 0xFFD55E00;
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(pixels(image).filter(pixel -> pixel == suggestion).count()).isGreaterThan(20);
        LearningRatePlot.write(file, range(12, 1e30));
        image = ImageIO.read(file.toFile());
        assertThat(pixels(image).anyMatch(pixel -> pixel == suggestion)).isFalse();
        assertThat(colours(image)).isGreaterThan(10);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LearningRatePlot.write(file, range(2, Double.NaN)))
                .withMessageContaining("2 rates were tried");
    }

    private static IntStream pixels(BufferedImage image) {
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()));
    }

    private static long colours(BufferedImage image) {
        return pixels(image).distinct().count();
    }
}
