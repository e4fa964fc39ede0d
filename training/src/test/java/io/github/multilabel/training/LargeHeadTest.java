package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.MetricsJson;
import io.github.multilabel.evaluation.metrics.ConfusionCell;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.evaluation.metrics.SingleLabelHeadMetrics;
import io.github.multilabel.training.event.EpochReport;
import io.github.multilabel.training.event.StopReason;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.event.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is saved of a head of many categories follows the model and the images, never the square of the categories. */
class LargeHeadTest {

    private static final int IMAGES = 24;

    private static HeadSet heads(int categories) {
        return HeadSet.of(
                Head.singleLabel(
                        "model",
                        IntStream.range(0, categories).mapToObj(i -> "c" + i).toArray(String[]::new)),
                Toy.SHAPE);
    }

    private static ImageDataset data(HeadSet heads) throws IOException {
        int categories = heads.get("model").size();
        return Toy.data(heads, IMAGES, 8, (index, colour, shape) -> Labels.builder(heads)
                .setIndex("model", index * 37 % categories)
                .setIndex("shape", shape)
                .build());
    }

    private static Path newest(Path folder) throws IOException {
        try (Stream<Path> checkpoints = Files.list(folder)) {
            return checkpoints.max(Comparator.naturalOrder()).orElseThrow();
        }
    }

    @Test
    void aCheckpointDoesNotGrowWithTheSquareOfTheCategoriesNorWithThatTimesTheEpochs(@TempDir Path folder)
            throws IOException {
        HeadSet heads = heads(3_000);
        try (ImageDataset data = data(heads);
                MultiLabelTrainer trainer =
                        Toy.trainer(heads).optEpochs(6).optCheckpoints(folder).build()) {
            TrainingResult result = trainer.fit(data, data);
            Path checkpoint = newest(folder);
            assertThat(Files.size(checkpoint.resolve("checkpoint.json")))
                    .as("the names of the categories, and a few numbers per epoch")
                    .isLessThan(80_000);
            assertThat(Files.size(checkpoint.resolve("state.safetensors"))).isLessThan(2_000_000);
            for (EpochReport report : result.history()) {
                boolean kept = report.epoch() == result.bestEpoch() || report.epoch() == 6;
                HeadMetrics model = report.validation().orElseThrow().head("model");
                assertThat(model.isDetailed()).isEqualTo(kept);
                assertThat(model.accuracy()).isBetween(0.0, 1.0);
                assertThat(model.macro().f1()).isNotNaN();
                assertThat(report.validation().orElseThrow().table()).contains("model");
            }
        }
    }

    @Test
    void whatTheHistoryDoesNotKeepIsToldAsThat() throws IOException {
        HeadSet heads = heads(3_000);
        try (ImageDataset data = data(heads);
                MultiLabelTrainer trainer = Toy.trainer(heads).optEpochs(3).build()) {
            TrainingResult result = trainer.fit(data, data);
            HeadMetrics forgotten = result.history().stream()
                    .map(report -> report.training().head("model"))
                    .filter(head -> !head.isDetailed())
                    .findFirst()
                    .orElseThrow();
            assertThatIllegalStateException()
                    .isThrownBy(forgotten::categories)
                    .withMessageContaining("of head 'model' only loss, accuracy and averages are kept");
            assertThatIllegalStateException()
                    .isThrownBy(() -> forgotten.when(SingleLabelHeadMetrics::confusion, tags -> new long[0][]));
        }
    }

    @Test
    void aTrainingOfManyCategoriesGoesOnInTheMiddleOfAnEpochWithEqualNumbers(@TempDir Path folder) throws IOException {
        HeadSet heads = heads(3_000);
        try (ImageDataset data = data(heads);
                MultiLabelTrainer whole = Toy.trainer(heads).optEpochs(3).build()) {
            List<String> expected = numbers(whole.fit(data, data));
            MultiLabelTrainer[] self = new MultiLabelTrainer[1];
            try (MultiLabelTrainer half = Toy.trainer(heads)
                    .optEpochs(3)
                    .optCheckpoints(folder)
                    .addListener(event -> {
                        if (event instanceof TrainingEvent.StepDone step && step.step() == 8) {
                            self[0].stop();
                        }
                    })
                    .build()) {
                self[0] = half;
                assertThat(half.fit(data, data).stopReason()).isEqualTo(StopReason.STOPPED);
            }
            try (MultiLabelTrainer rest = Toy.trainer(heads)
                    .optEpochs(3)
                    .optCheckpoints(CheckpointOptions.in(folder).resume())
                    .build()) {
                assertThat(numbers(rest.fit(data, data))).isEqualTo(expected);
            }
        }
    }

    private static List<String> numbers(TrainingResult result) {
        return result.history().stream()
                .map(report -> report.toString().replaceAll(", [0-9.]+ images/s", "")
                        + report.training()
                        + report.validation().orElseThrow())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 257})
    void metricsHaveTheWholeConfusionUpTo256CategoriesAndItsCellsBeyond(int categories, @TempDir Path folder)
            throws IOException {
        HeadSet heads = heads(categories);
        try (ImageDataset data = data(heads);
                MultiLabelTrainer trainer = Toy.trainer(heads).build()) {
            Path file = folder.resolve("metrics.json");
            SingleLabelHeadMetrics model =
                    (SingleLabelHeadMetrics) trainer.evaluate(data).head("model");
            MetricsJson.write(file, trainer.evaluate(data), OptionalLong.empty());
            JsonObject json = JsonParser.parseString(Files.readString(file))
                    .getAsJsonObject()
                    .getAsJsonObject("heads")
                    .getAsJsonObject("model");
            long images = 0;
            if (categories <= 256) {
                assertThat(json.has("confusionCells")).isFalse();
                for (int i = 0; i < categories; i++) {
                    JsonArray row = json.getAsJsonArray("confusion").get(i).getAsJsonArray();
                    for (int j = 0; j < categories; j++) {
                        images += row.get(j).getAsLong();
                        assertThat(row.get(j).getAsLong()).isEqualTo(model.confusion()[i][j]);
                    }
                    i += 50; // a few rows will do
                }
                assertThat(Files.readString(file).lines().count()).isLessThan(8L * categories);
            } else {
                assertThat(json.get("confusion").isJsonNull()).isTrue();
                JsonArray cells = json.getAsJsonArray("confusionCells");
                assertThat(cells).hasSize(model.confusionCells().size());
                ConfusionCell first = model.confusionCells().get(0);
                assertThat(cells.get(0).toString())
                        .isEqualTo("[" + first.category() + "," + first.predicted() + "," + first.images() + "]");
                images = IMAGES;
            }
            assertThat(images).isPositive();
            assertThat(model.confusionCells().stream()
                            .mapToLong(ConfusionCell::images)
                            .sum())
                    .isEqualTo(IMAGES);
        }
    }

    /** See README.md beside it. */
    @Test
    void aCheckpointWithWholeConfusionMatricesGoesOn(@TempDir Path folder) throws IOException {
        HeadSet heads = HeadSet.of(Toy.SHAPE, Toy.COLOUR, Toy.TAGS);
        Path saved = Path.of("src/test/resources/checkpoints/whole-confusion/checkpoint-00000013");
        Path copy = Files.createDirectory(folder.resolve("checkpoint-00000013"));
        for (String file : List.of("checkpoint.json", "state.safetensors", "checksums.json")) {
            Files.copy(saved.resolve(file), copy.resolve(file));
        }
        try (ImageDataset train = Toy.data(heads, 64, 8);
                ImageDataset validation = Toy.data(heads, 20, 8);
                MultiLabelTrainer trainer = Toy.trainer(heads)
                        .optEpochs(3)
                        .optFreezeEpochs(1)
                        .optCheckpoints(CheckpointOptions.in(folder).resume())
                        .build()) {
            TrainingResult result = trainer.fit(train, validation);
            assertThat(result.history()).hasSize(3);
            assertThat(result.history().get(0).training().loss()).isEqualTo(2.401074707508087, within(1e-3));
            for (EpochReport report : result.history()) {
                for (String head : List.of("shape", "colour")) {
                    assertThat(report.training().head(head).when(SingleLabelHeadMetrics::confusionCells, tags -> null))
                            .as("all images of epoch %d, those of before the stop included", report.epoch())
                            .extracting(ConfusionCell::images)
                            .satisfies(images -> assertThat(images.stream()
                                            .mapToLong(Long::longValue)
                                            .sum())
                                    .isEqualTo(64));
                }
                assertThat(report.training().head("tags").support()).isEqualTo(64);
            }
        }
    }
}
