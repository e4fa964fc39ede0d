package io.github.multilabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.MalformedModelException;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.combination.Combinations;
import io.github.multilabel.model.drift.AnswerReference;
import io.github.multilabel.model.drift.HeadReference;
import io.github.multilabel.model.drift.UnusualThreshold;
import io.github.multilabel.model.export.ExportOutput;
import io.github.multilabel.model.heads.HeadCalibration;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.model.heads.JointDecoding;
import io.github.multilabel.model.heads.SureAnswers;
import io.github.multilabel.model.internal.description.Answering;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxDescriptionTest {

    private static final HeadSet HEADS = HeadSet.of(
                    Head.singleLabel("model", "A4", "M3", "X1"),
                    Head.singleLabel("Marke \"neu\"", "Audi", "BMW"),
                    Head.multiLabel("tags", "Schiebedach größer", "🚗"))
            .withParent("model", "Marke \"neu\"", Map.of("A4", "Audi", "M3", "BMW"));

    private static final String CHARACTERS = "{}[]\",:0-9aeE. \u0000é";

    private static OnnxDescription description() {
        return new OnnxDescription(
                HEADS,
                List.of("model", "Marke_neu_", "tags"),
                new Preprocessing(
                        new ImageSize(48, 64),
                        0.9,
                        Preprocessing.CropMode.PAD,
                        Preprocessing.Interpolation.BICUBIC,
                        List.of(0.5, 0.4, 0.3),
                        List.of(0.25, 0.125, 0.5)),
                OnnxInput.UINT8,
                ExportOutput.PROBABILITIES,
                true,
                new Answering(
                        List.of(new JointDecoding("model", Map.of("Marke \"neu\"", 0.5))),
                        List.of(
                                new HeadCalibration.Temperature("model", 0.75),
                                new HeadCalibration.TagScales("tags", List.of(2.0, 0.5), List.of(-0.25, 0.125))),
                        List.of(new HeadThreshold.OfTags("tags", List.of(0.25, 0.75))),
                        List.of(new SureAnswers("model", 0.875, 0.99)),
                        Optional.<Combinations>empty(),
                        Optional.of(new AnswerReference(List.of(new HeadReference(
                                "tags",
                                Head.Kind.MULTI_LABEL,
                                7,
                                Map.of(),
                                List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L))))),
                        Optional.of(new UnusualThreshold(1.25, 0.01))),
                "resnet34",
                "0.1.0",
                "0123456789abcdef".repeat(4),
                OptionalDouble.empty());
    }

    private static String changed(Consumer<JsonObject> change) {
        JsonObject json = JsonParser.parseString(description().toJson()).getAsJsonObject();
        change.accept(json);
        return json.toString();
    }

    private static void assertRefused(String json, String... words) {
        assertThatExceptionOfType(MalformedModelException.class)
                .isThrownBy(() -> OnnxDescription.parse(json))
                .withMessageContainingAll(words)
                .withMessageContaining("the description in the metadata of the file ('multilabel') cannot be used");
    }

    @Test
    void aFileInInt8SaysHowOftenItsAnswersAreThoseInFloat32() throws MalformedModelException {
        OnnxDescription int8 = OnnxDescription.parse(description().inInt8(0.975).toJson());

        assertThat(int8.int8()).hasValue(0.975);
        assertThat(int8.inFloat32()).isEqualTo(description());
        assertThatExceptionOfType(MalformedModelException.class)
                .isThrownBy(() -> OnnxDescription.parse(
                        description().inInt8(0.975).toJson().replace("0.975", "97.5")))
                .withMessageContainingAll("agreement", "97.5", "0 to 1");
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        assertThat(OnnxDescription.parse(description().toJson())).isEqualTo(description());
    }

    @Test
    void itIsOneLineOfJsonWithTheTrueNamesBesideThoseOfTheOutputs() {
        String json = description().toJson();
        assertThat(json)
                .matches("[ -~]+")
                .contains(
                        "\"name\":\"Marke \\\"neu\\\"\"",
                        "\"output\":\"Marke_neu_\"",
                        "\"height\":48",
                        "\"temperature\":0.75");
    }

    @Test
    void anotherFormatOrALaterVersionIsRefused() {
        assertRefused(changed(json -> json.addProperty("format", "other")), "its format is 'other'");
        assertRefused(
                changed(json -> json.addProperty("formatVersion", 2)),
                "its format version is 2",
                "use a newer release");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "format",
                "formatVersion",
                "createdWith",
                "heads",
                "preprocessing",
                "input",
                "outputs",
                "mirrored",
                "backbone",
                "weights"
            })
    void aFieldThatIsMissingOrOfAnotherTypeIsNamed(String field) {
        assertRefused(changed(json -> json.remove(field)), field);
        assertRefused(changed(json -> json.add(field, JsonNull.INSTANCE)), field);
    }

    @Test
    void partsThatDoNotFitEachOtherAreRefused() {
        assertRefused(
                changed(json ->
                        json.getAsJsonArray("heads").get(0).getAsJsonObject().addProperty("output", "tags")),
                "output");
        assertRefused(changed(json -> json.getAsJsonArray("heads").remove(1)), "Marke");
        assertRefused(changed(json -> json.addProperty("weights", "abc")), "SHA-256");
        assertRefused(changed(json -> json.addProperty("input", "BYTES")), "input", "BYTES");
    }

    /** Each cut and each changed byte gives an error of the one kind, or another description, and nothing else. */
    @Test
    void damagedTextGivesNothingButOneKindOfError() {
        String whole = description().toJson();
        Random random = new Random(5);
        int trials = Integer.getInteger("hostile.trials", 50);
        for (int i = 0; i < trials; i++) {
            StringBuilder damaged = new StringBuilder(whole);
            if (random.nextBoolean()) {
                damaged.setLength(random.nextInt(whole.length()));
            }
            for (int k = random.nextInt(4); k > 0 && damaged.length() > 0; k--) {
                damaged.setCharAt(
                        random.nextInt(damaged.length()), CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }
            try {
                assertThat(OnnxDescription.parse(damaged.toString())).isNotNull();
            } catch (MalformedModelException e) {
                assertThat(e).hasMessageContaining("cannot be used");
            }
        }
    }
}
