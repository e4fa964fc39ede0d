package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.heads.JointDecoding;
import io.github.multilabel.model.heads.SureAnswers;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model knows from which probability on its heads are sure, and its predictions tell. */
class SureAnswersTest {

    private static final HeadSet HEADS = TinyModels.HEADS
            .withParent("year", "brand", Map.of("10", "Audi", "9", "Audi", "2", "Škoda"))
            .withParent("year", "body", Map.of("10", "a", "9", "b"));
    private static final SureAnswers SURE = new SureAnswers("year", 0.4, 0.95);

    @TempDir
    private Path folder;

    private static MultiLabelModel model() throws IOException {
        return MultiLabelModel.create(
                Backbones.of(TinyModels.network(), TinyModels.PREPROCESSING),
                HEADS,
                TinyModels.PREPROCESSING,
                Device.cpu(),
                1);
    }

    private static Prediction predict(MultiLabelModel model) {
        try (MultiLabelPredictor predictor = model.newPredictor()) {
            return predictor.predict(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB));
        }
    }

    private static MultiLabelModel withSure(SureAnswers... sure) throws IOException {
        try (MultiLabelModel model = model()) {
            return model.withSureAnswers(List.of(sure));
        }
    }

    @Test
    void aModelThatWasSavedStillTells() throws Exception {
        Path saved = folder.resolve("model");
        Prediction before;
        try (MultiLabelModel model = withSure(SURE)) {
            before = predict(model);
            model.save(saved);
        }
        JsonObject json = JsonParser.parseString(Files.readString(saved.resolve("model.json")))
                .getAsJsonObject();
        assertThat(json.get("formatVersion").getAsInt()).isEqualTo(5);
        assertThat(json.get("sure")).hasToString("[{\"finest\":\"year\",\"threshold\":0.4,\"precision\":0.95}]");
        try (MultiLabelModel loaded = MultiLabelModel.load(saved)) {
            assertThat(loaded.sureAnswers()).containsExactly(SURE);
            assertThat(predict(loaded)).isEqualTo(before);
        }
    }

    @Test
    void predictionsTellByTheThresholdOfTheModel() throws Exception {
        try (MultiLabelModel eager = withSure(new SureAnswers("year", 0, 0.5));
                MultiLabelModel shy = withSure(new SureAnswers("year", 1, 0.5));
                MultiLabelModel plain = withSure()) {
            assertThat(predict(eager).sure().orElseThrow())
                    .extracting(HeadPrediction::name)
                    .startsWith("year");
            assertThat(predict(shy).sure()).contains(List.of());
            assertThat(predict(plain).sure()).isEmpty();
            assertThat(predict(eager).heads()).isEqualTo(predict(plain).heads());
        }
    }

    @Test
    void aThresholdGoesWithTheAnswersThatItWasChosenFor() throws Exception {
        try (MultiLabelModel model = withSure(SURE);
                MultiLabelModel whole = model.withHeads(List.of("body", "year", "brand"));
                MultiLabelModel part = model.withHeads(List.of("year", "brand"));
                MultiLabelModel together =
                        model.withJointDecoding(List.of(new JointDecoding("year", Map.of("brand", 1.0))))) {
            assertThat(whole.sureAnswers()).containsExactly(SURE);
            assertThat(part.sureAnswers()).as("without the body").isEmpty();
            assertThat(together.sureAnswers()).as("of other probabilities").isEmpty();
            try (MultiLabelModel again = together.withSureAnswers(List.of(SURE))) {
                assertThat(again.sureAnswers()).containsExactly(SURE);
                assertThat(again.jointDecoding()).hasSize(1);
            }
        }
    }

    @Test
    void whatCannotBeIsRefused() throws Exception {
        try (MultiLabelModel model = model()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.withSureAnswers(List.of(new SureAnswers("brand", 0.5, 0.9))))
                    .withMessage(
                            "sure answers of head 'brand': it determines no other head; those that do are" + " [year]");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.withSureAnswers(List.of(SURE, SURE)))
                    .withMessage("sure answers of head 'year' are given twice");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.withSureAnswers(null))
                    .withMessageStartingWith("argument 'sure' is null; pass ");
        }
        for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SureAnswers("year", wrong, 0.9))
                    .withMessageContaining("the threshold " + wrong + " must be a probability, 0 to 1");
        }
        for (double wrong : new double[] {0, 1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SureAnswers("year", 0.5, wrong))
                    .withMessageContaining("the precision " + wrong + " must be between 0 and 1");
        }
    }

    private void requireRefused(String message, UnaryOperator<String> change) throws IOException {
        Path saved = folder.resolve("changed");
        try (MultiLabelModel model = withSure(SURE)) {
            model.save(saved);
        }
        Path description = saved.resolve("model.json");
        Files.writeString(description, change.apply(Files.readString(description)));
        TinyModels.acceptChanges(saved);
        assertThatExceptionOfType(MalformedModelException.class)
                .isThrownBy(() -> MultiLabelModel.load(saved).close())
                .withMessageContaining(message);
    }

    @Test
    void aDescriptionThatDoesNotHoldTogetherIsRefused() throws Exception {
        requireRefused("the threshold 4.0 must be a probability", json -> json.replace(": 0.4", ": 4"));
        requireRefused("the precision -0.95 must be", json -> json.replace(": 0.95", ": -0.95"));
        requireRefused(
                "it determines no other head",
                json -> json.replace("\"finest\": \"year\"", "\"finest\": \"a.weight\""));
        requireRefused("'sure[0].threshold' must be a number", json -> json.replace("\"threshold\"", "\"limit\""));
        requireRefused("'sure' must be", json -> json.replace("\"sure\": [", "\"sure\": 1, \"other\": ["));
    }

    @Test
    void aParentThatIsNoCategoryIsRefused() throws Exception {
        requireRefused("'hierarchy[0].parentOf[0]' must be a whole number, got 0.5", json -> firstParent(json, "0.5"));
        requireRefused(
                "'hierarchy[0].parentOf[0]' must be a whole number, got 1e10", json -> firstParent(json, "1e10"));
        requireRefused("category index 7 is outside [0, ", json -> firstParent(json, "7"));
        requireRefused("category index -2 is outside [0, ", json -> firstParent(json, "-2"));
        requireRefused("the hierarchy has 4 parents for the 3 categories", json -> firstParent(json, "0, 0"));
    }

    private static String firstParent(String json, String index) {
        return json.replaceFirst("(\"parentOf\": \\[\\s*)[0-9]+", "$1" + index);
    }
}
