package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.drift.UnusualThreshold;
import io.github.multilabel.model.drift.UsualFeatures;
import io.github.multilabel.model.heads.SureAnswers;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionColumns;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that tells of unusual images answers "unknown" for them, also after it was saved. */
class UnusualModelTest {

    private static final HeadSet HEADS =
            TinyModels.HEADS.withParent("year", "brand", Map.of("10", "Audi", "9", "Audi", "2", "Škoda"));

    @TempDir
    private Path folder;

    private static MultiLabelModel model() throws IOException {
        MultiLabelModel model = MultiLabelModel.create(
                Backbones.of(TinyModels.network(), TinyModels.PREPROCESSING),
                HEADS,
                TinyModels.PREPROCESSING,
                Device.cpu(),
                1);
        TinyModels.shake(model);
        return model;
    }

    private static void tell(MultiLabelModel model, double threshold) {
        model.tellUnusual(Optional.of(usual(model)), Optional.of(new UnusualThreshold(threshold, 0.01)));
    }

    /** Any that fit. */
    private static UsualFeatures usual(MultiLabelModel model) {
        int features = model.block().featureCount();
        float[] mean = new float[features];
        float[][] directions = new float[1][features];
        directions[0][1] = 1;
        mean[0] = 0.5f;
        return new UsualFeatures(mean, directions, new float[] {0.25f, 0.125f});
    }

    private static BufferedImage image() {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(3);
        for (int i = 0; i < 256; i++) {
            image.setRGB(i % 16, i / 16, random.nextInt(1 << 24));
        }
        return image;
    }

    private static Prediction predict(MultiLabelModel model) {
        try (MultiLabelPredictor predictor = model.newPredictor()) {
            return predictor.predict(image());
        }
    }

    private static double expected(MultiLabelModel model) {
        try (ImageEmbedder embedder = model.newEmbedder()) {
            return usual(model).distance(embedder.embed(image()).values());
        }
    }

    @Test
    void theProgramGivesTheDistanceAndTheSameAnswers() throws Exception {
        try (MultiLabelModel model = model()) {
            Prediction before = predict(model);
            assertThat(before.distance()).isEmpty();
            assertThat(before.isUnusual()).isFalse();
            tell(model, 1000);
            Prediction told = predict(model);

            assertThat(told.distance().orElseThrow().value()).isCloseTo(expected(model), within(1e-5));
            assertThat(told.isUnusual()).isFalse();
            assertThat(told.heads()).isEqualTo(before.heads());
        }
    }

    @Test
    void anUnusualImageIsUnknownToAllHeads() throws Exception {
        try (MultiLabelModel model = model();
                MultiLabelModel sure = model.withSureAnswers(List.of(new SureAnswers("year", 0, 0.9)))) {
            tell(sure, 0.001);
            Prediction unusual = predict(sure);

            assertThat(unusual.isUnusual()).isTrue();
            assertThat(unusual.heads()).allMatch(HeadPrediction::unknown).allMatch(head -> head.predicted()
                    .isEmpty());
            assertThat(unusual.sure()).contains(List.of());
            assertThat(unusual.toString()).endsWith("; unusual");
            JsonObject json = JsonParser.parseString(unusual.toJson()).getAsJsonObject();
            assertThat(json.get("unusual").getAsBoolean()).isTrue();
            assertThat(json.get("distance").getAsDouble())
                    .isEqualTo(unusual.distance().orElseThrow().value());
            assertThat(json.getAsJsonObject("heads")
                            .getAsJsonObject("brand")
                            .get("unknown")
                            .getAsBoolean())
                    .isTrue();
            PredictionColumns columns = ModelAnswers.of(sure).columns(false, 1, false);
            assertThat(columns.header()).contains("image.unusual", "image.distance", "year.unknown");
            assertThat(columns.cells(unusual)).hasSameSizeAs(columns.header()).contains("true");
            assertThat(predict(model).toJson()).doesNotContain("unusual", "distance");
            assertThat(ModelAnswers.of(model).columns(false, 1, false).header())
                    .doesNotContain("image.unusual", "image.distance");
        }
    }

    @Test
    void whatIsUsualIsSavedAndCopied() throws Exception {
        try (MultiLabelModel model = model()) {
            String checksum = model.weightsChecksum();
            tell(model, 1.5);
            assertThat(model.weightsChecksum()).isNotEqualTo(checksum);
            model.save(folder);
            assertThat(Files.readString(folder.resolve("model.json")))
                    .contains("\"formatVersion\": 7", "\"aboveDistance\": 1.5");
            assertThat(SavedModel.read(folder).parameters()).isEqualTo(model.parameterCount());
            try (MultiLabelModel loaded = MultiLabelModel.load(folder, Device.cpu());
                    MultiLabelModel some = loaded.withHeads(List.of("brand"))) {
                assertThat(loaded.usualFeatures()).contains(usual(model));
                assertThat(loaded.unusualThreshold()).contains(new UnusualThreshold(1.5, 0.01));
                assertThat(predict(loaded)).isEqualTo(predict(model));
                assertThat(predict(some).distance()).isEqualTo(predict(model).distance());
            }
        }
    }

    @Test
    void mirrorImagesAreAveraged() throws Exception {
        try (MultiLabelModel model = model()) {
            tell(model, 1000);
            try (MultiLabelModel flipped = model.withTestTimeFlip(true)) {
                assertThat(predict(flipped).distance().orElseThrow().value())
                        .isNotEqualTo(predict(model).distance().orElseThrow().value())
                        .isCloseTo(predict(model).distance().orElseThrow().value(), within(0.5));
            }
        }
    }

    @Test
    void aModelWithoutWhatItsDescriptionSaysIsRefused() throws Exception {
        try (MultiLabelModel model = model()) {
            model.save(folder);
            Path weights = folder.resolve("weights.safetensors");
            byte[] without = Files.readAllBytes(weights);
            tell(model, 1.5);
            model.save(folder);
            Files.write(weights, without);
        }
        assertThatExceptionOfType(MalformedModelException.class).isThrownBy(() -> MultiLabelModel.load(folder));
    }
}
