package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.drift.AnswerReference;
import io.github.multilabel.model.drift.HeadReference;
import io.github.multilabel.model.heads.HeadCalibration;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.model.heads.JointDecoding;
import io.github.multilabel.model.heads.SureAnswers;
import io.github.multilabel.model.prediction.CategoryProbability;
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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictors of a model with calibrated heads and thresholds answer by them, also after it was saved. */
class CalibratedModelTest {

    private static final HeadSet HEADS =
            TinyModels.HEADS.withParent("year", "brand", Map.of("10", "Audi", "9", "Audi", "2", "Škoda"));
    private static final HeadCalibration.Temperature TEMPERATURE = new HeadCalibration.Temperature("brand", 0.25);
    private static final HeadCalibration.TagScales SCALES =
            new HeadCalibration.TagScales("a.weight", List.of(2.0, 0.5), List.of(-0.25, 0.125));

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

    private static Prediction predict(MultiLabelModel model) {
        try (MultiLabelPredictor predictor = model.newPredictor()) {
            return predictor.predict(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB));
        }
    }

    private static double logit(Prediction prediction, String tag) {
        double probability = prediction.head("a.weight").probability(tag);
        return Math.log(probability / (1 - probability));
    }

    /** The logarithm of how many times more probable the first category is than the second. */
    private static double ratio(HeadPrediction head) {
        return Math.log(head.probabilities().get(0).probability()
                / head.probabilities().get(1).probability());
    }

    @Test
    void logitsAreDividedByTheTemperatureAndScaledTagForTag() throws Exception {
        try (MultiLabelModel model = model();
                MultiLabelModel calibrated = model.withCalibration(List.of(TEMPERATURE, SCALES))) {
            Prediction before = predict(model);
            Prediction after = predict(calibrated);

            assertThat(ratio(after.head("brand"))).isCloseTo(ratio(before.head("brand")) / 0.25, within(1e-4));
            assertThat(logit(after, "sunroof")).isCloseTo(2 * logit(before, "sunroof") - 0.25, within(1e-4));
            assertThat(logit(after, "spoiler")).isCloseTo(0.5 * logit(before, "spoiler") + 0.125, within(1e-4));
            assertThat(after.head("year")).isEqualTo(before.head("year"));
        }
    }

    @Test
    void calibrationComesAfterJointDecodingAndMirrorImages() throws Exception {
        try (MultiLabelModel model = model();
                MultiLabelModel flipped = model.withTestTimeFlip(true);
                MultiLabelModel joint =
                        flipped.withJointDecoding(List.of(new JointDecoding("year", Map.of("brand", 0.5))));
                MultiLabelModel calibrated = joint.withCalibration(List.of(TEMPERATURE))) {
            Prediction before = predict(joint);
            assertThat(ratio(before.head("brand")))
                    .isNotEqualTo(ratio(predict(flipped).head("brand")));
            assertThat(ratio(predict(calibrated).head("brand")))
                    .isCloseTo(ratio(before.head("brand")) / 0.25, within(1e-4));
        }
    }

    @Test
    void anAnswerBelowTheThresholdIsUnknownInEveryForm() throws Exception {
        try (MultiLabelModel model = model();
                MultiLabelModel shy = model.withThresholds(List.of(new HeadThreshold.UnknownBelow("brand", 1, 0.99)));
                MultiLabelModel bold =
                        model.withThresholds(List.of(new HeadThreshold.UnknownBelow("brand", 0.1, 0.5)))) {
            HeadPrediction unknown = predict(shy).head("brand");
            HeadPrediction known = predict(bold).head("brand");

            assertThat(unknown.unknown()).isTrue();
            assertThat(unknown.predicted()).isEmpty();
            assertThat(unknown.best()).isEqualTo(known.best());
            assertThat(unknown.toString()).startsWith("brand=").endsWith(" unknown");
            assertThat(known.unknown()).isFalse();
            assertThat(known.predicted()).containsExactly(known.best());
            assertThat(json(predict(shy), "brand").get("unknown").getAsBoolean())
                    .isTrue();
            assertThat(json(predict(bold), "brand").get("unknown").getAsBoolean())
                    .isFalse();
            assertThat(predict(shy).toJson()).doesNotContain("\"year\":{\"unknown\"");
            assertThat(predict(model).toJson()).doesNotContain("unknown");
            PredictionColumns columns = new PredictionColumns(
                    HEADS.select(List.of("brand")),
                    false,
                    1,
                    false,
                    false,
                    List.of(),
                    HeadThreshold.unknown(shy.thresholds()),
                    false);
            assertThat(columns.header())
                    .containsExactly("source", "brand.prediction", "brand.probability", "brand.unknown", "problem");
            assertThat(columns.cells(new Prediction("a.jpg", List.of(unknown))))
                    .hasSize(5)
                    .contains("true", unknown.best().category());
        }
    }

    private static JsonObject json(Prediction prediction, String head) {
        return JsonParser.parseString(prediction.toJson())
                .getAsJsonObject()
                .getAsJsonObject("heads")
                .getAsJsonObject(head);
    }

    @Test
    void eachTagIsPredictedFromItsOwnThresholdOn() {
        Head tags = Head.multiLabel("tags", "night", "rain", "snow");
        HeadPrediction plain = HeadPrediction.fromLogits(tags, new float[] {-1, 0.5f, 2}); // 0.27, 0.62, 0.88
        HeadPrediction own = plain.withThreshold(Optional.of(new HeadThreshold.OfTags("tags", List.of(0.2, 0.7, 0.8))));

        assertThat(plain.predicted()).extracting(CategoryProbability::category).containsExactly("snow", "rain");
        assertThat(own.predicted()).extracting(CategoryProbability::category).containsExactly("snow", "night");
        assertThat(own.unknown()).isFalse();
    }

    @Test
    void aModelThatWasSavedStillAnswersSo() throws Exception {
        Path saved = folder.resolve("model");
        List<HeadThreshold> thresholds = List.of(
                new HeadThreshold.UnknownBelow("brand", 0.75, 0.9),
                new HeadThreshold.OfTags("a.weight", List.of(0.25, 0.5)));
        Prediction before;
        try (MultiLabelModel model = model();
                MultiLabelModel calibrated = model.withCalibration(List.of(TEMPERATURE, SCALES));
                MultiLabelModel careful = calibrated.withThresholds(thresholds)) {
            before = predict(careful);
            careful.save(saved);
        }
        JsonObject json = JsonParser.parseString(Files.readString(saved.resolve("model.json")))
                .getAsJsonObject();
        assertThat(json.get("formatVersion").getAsInt()).isEqualTo(6);
        assertThat(json.get("calibration"))
                .hasToString("[{\"head\":\"brand\",\"temperature\":0.25},"
                        + "{\"head\":\"a.weight\",\"scales\":[2.0,0.5],\"offsets\":[-0.25,0.125]}]");
        assertThat(json.get("thresholds"))
                .hasToString("[{\"head\":\"brand\",\"unknownBelow\":0.75,\"precision\":0.9},"
                        + "{\"head\":\"a.weight\",\"ofTags\":[0.25,0.5]}]");
        try (MultiLabelModel loaded = MultiLabelModel.load(saved)) {
            assertThat(loaded.calibration()).containsExactly(TEMPERATURE, SCALES);
            assertThat(loaded.thresholds()).isEqualTo(thresholds);
            assertThat(predict(loaded)).isEqualTo(before);
        }
        assertThat(SavedModel.read(saved).answers())
                .containsExactly(
                        "brand calibrated: temperature 0.250",
                        "a.weight calibrated: scales 0.50 to 2.00, offsets -0.25 to 0.13",
                        "brand unknown below 0.750, for a precision of 0.9",
                        "a.weight: tags predicted from 0.25 to 0.50 on");
    }

    @Test
    void whatWasChosenForOtherProbabilitiesGoes() throws Exception {
        SureAnswers sure = new SureAnswers("year", 0.4, 0.95);
        HeadThreshold unknown = new HeadThreshold.UnknownBelow("brand", 0.5, 0.9);
        HeadCalibration ofBody = new HeadCalibration.Temperature("body", 2);
        JointDecoding together = new JointDecoding("year", Map.of("brand", 1.0));
        try (MultiLabelModel model = model();
                MultiLabelModel joint = model.withJointDecoding(List.of(together));
                MultiLabelModel calibrated = joint.withCalibration(List.of(TEMPERATURE, SCALES, ofBody));
                MultiLabelModel careful = calibrated.withThresholds(List.of(unknown));
                MultiLabelModel told = careful.withSureAnswers(List.of(sure));
                MultiLabelModel alone = told.withJointDecoding(List.of());
                MultiLabelModel again = told.withCalibration(List.of(ofBody));
                MultiLabelModel whole = told.withHeads(List.of("year", "brand"));
                MultiLabelModel part = told.withHeads(List.of("brand", "a.weight"))) {
            assertThat(told.calibration()).containsExactly(TEMPERATURE, SCALES, ofBody);
            assertThat(told.thresholds()).containsExactly(unknown);
            assertThat(alone.calibration()).as("of other answers").isEmpty();
            assertThat(alone.thresholds()).isEmpty();
            assertThat(again.calibration()).containsExactly(ofBody);
            assertThat(again.thresholds()).as("of other probabilities").isEmpty();
            assertThat(again.sureAnswers()).isEmpty();
            assertThat(again.jointDecoding()).containsExactly(together);
            assertThat(whole.calibration()).containsExactly(TEMPERATURE);
            assertThat(whole.thresholds()).containsExactly(unknown);
            assertThat(part.calibration())
                    .as("without the year, brands answer otherwise")
                    .containsExactly(SCALES);
            assertThat(part.thresholds()).isEmpty();
        }
    }

    @Test
    void whatCannotBeIsRefused() throws Exception {
        try (MultiLabelModel model = model()) {
            requireRefused(
                    model,
                    new HeadCalibration.Temperature("a.weight", 2),
                    "calibration of head 'a.weight': a temperature is for a head with one category per image, and this one is"
                            + " MULTI_LABEL");
            requireRefused(
                    model,
                    new HeadCalibration.TagScales("a.weight", List.of(1.0), List.of(0.0)),
                    "calibration of head 'a.weight': it has scales for 1 tags, and the head has 2");
            requireRefused(model, new HeadCalibration.Temperature("brnd", 2), "did you mean 'brand'");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.withCalibration(List.of(TEMPERATURE, TEMPERATURE)))
                    .withMessage("calibration of head 'brand' is given twice");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.withThresholds(List.of(new HeadThreshold.OfTags("brand", List.of(0.5)))))
                    .withMessageContaining("thresholds of tags are for a head with any tags per image");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.withThresholds(List.of(new HeadThreshold.OfTags("a.weight", List.of(0.5)))))
                    .withMessageContaining("it has thresholds for 1 tags, and the head has 2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.withCalibration(null))
                    .withMessageStartingWith("argument 'calibration' is null; pass ");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.withThresholds(null))
                    .withMessageStartingWith("argument 'thresholds' is null; pass ");
        }
        for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e-9}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new HeadCalibration.Temperature("brand", wrong))
                    .withMessageContaining("the temperature " + wrong + " must be a number from 0.001 to 1000");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new HeadCalibration.TagScales("tags", List.of(wrong), List.of(0.0)))
                    .withMessageContaining("the scale " + wrong + " must be");
        }
        for (double wrong : new double[] {0, 1, -0.1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new HeadThreshold.OfTags("tags", List.of(wrong)))
                    .withMessageContaining("the threshold " + wrong + " of a tag must be");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HeadThreshold.UnknownBelow("brand", 1.5, 0.9))
                .withMessageContaining("the threshold 1.5 must be a probability");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HeadThreshold.UnknownBelow("brand", 0.5, 1))
                .withMessageContaining("the precision 1.0 must be between 0 and 1");
    }

    private static void requireRefused(MultiLabelModel model, HeadCalibration wrong, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.withCalibration(List.of(wrong)))
                .withMessageContaining(message);
    }

    private void requireRefused(String message, UnaryOperator<String> change) throws IOException {
        Path saved = folder.resolve("changed");
        try (MultiLabelModel model = model();
                MultiLabelModel calibrated = model.withCalibration(List.of(TEMPERATURE, SCALES));
                MultiLabelModel careful =
                        calibrated.withThresholds(List.of(new HeadThreshold.UnknownBelow("brand", 0.75, 0.9)))) {
            careful.save(saved);
        }
        Path description = saved.resolve("model.json");
        String changed = change.apply(Files.readString(description));
        assertThat(changed).isNotEqualTo(Files.readString(description));
        Files.writeString(description, changed);
        TinyModels.acceptChanges(saved);
        assertThatExceptionOfType(MalformedModelException.class)
                .isThrownBy(() -> MultiLabelModel.load(saved).close())
                .withMessageContaining(message);
    }

    @Test
    void aDescriptionThatDoesNotHoldTogetherIsRefused() throws Exception {
        requireRefused(
                "the temperature 0.0 must be", json -> json.replace("\"temperature\": 0.25", "\"temperature\": 0"));
        requireRefused("the temperature -0.25 must be", json -> json.replace("re\": 0.25", "re\": -0.25"));
        requireRefused("temperature", json -> json.replace("re\": 0.25", "re\": \"warm\""));
        requireRefused("'calibration[0].temperature' must be", json -> json.replace("\"temperature\"", "\"heat\""));
        requireRefused("it has 2 scales and 1 offsets", json -> json.replaceAll("(-0.25),\\s+0.125", "$1"));
        requireRefused("the threshold 7.5 must be", json -> json.replace(": 0.75", ": 7.5"));
        requireRefused(
                "'thresholds' must be", json -> json.replace("\"thresholds\": [", "\"thresholds\": 1, \"other\": ["));
    }

    @Test
    void theReferenceIsSavedAndGoesWithTheAnswersThatItIsOf() throws Exception {
        try (MultiLabelModel model = model()) {
            AnswerReference reference = AnswerReference.of(Stream.of(predict(model), predict(model)));
            List<String> names = HEADS.names();
            try (MultiLabelModel watched = model.withAnswerReference(Optional.of(reference));
                    MultiLabelModel tags =
                            watched.withThresholds(List.of(new HeadThreshold.OfTags("a.weight", List.of(0.25, 0.75))));
                    MultiLabelModel shy =
                            watched.withThresholds(List.of(new HeadThreshold.UnknownBelow("brand", 1, 0.99)));
                    MultiLabelModel some = watched.withHeads(List.of("brand"));
                    MultiLabelModel calibrated = watched.withCalibration(List.of(TEMPERATURE))) {
                watched.save(folder);
                try (MultiLabelModel loaded = MultiLabelModel.load(folder)) {
                    assertThat(loaded.answerReference()).contains(reference);
                }
                assertThat(heads(watched)).isEqualTo(names);
                assertThat(heads(tags)).isNotEmpty().doesNotContain("a.weight");
                assertThat(heads(shy)).isEqualTo(names);
                assertThat(heads(some)).containsExactly("brand");
                assertThat(calibrated.answerReference()).isEmpty();
            }
            assertThat(model.answerReference()).isEmpty();
        }
    }

    private static List<String> heads(MultiLabelModel model) {
        return model.answerReference().orElseThrow().heads().stream()
                .map(HeadReference::head)
                .toList();
    }
}
