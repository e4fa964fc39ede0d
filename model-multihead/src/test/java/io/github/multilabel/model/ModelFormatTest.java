package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.internal.files.StrictJson;
import io.github.multilabel.model.combination.Combinations;
import io.github.multilabel.model.combination.Posterior;
import io.github.multilabel.model.combination.Rule;
import io.github.multilabel.model.internal.HeadsJson;
import io.github.multilabel.model.internal.description.PreprocessingJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Saved models are read and written as those that people keep, whatever the classes are called now. */
class ModelFormatTest {

    private static final Path SAMPLES = Path.of("src/test/resources/formats/models");

    private static MultiLabelModel load(String name) throws Exception {
        Path folder = SAMPLES.resolve(name);
        return name.endsWith("foreign")
                ? MultiLabelModel.load(folder, TinyModels.foreign())
                : MultiLabelModel.load(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "format1",
                "format1-every-operation",
                "format1-foreign",
                "format2",
                "format2-flip",
                "format2-every-operation",
                "format2-foreign",
                "format3",
                "format3-every-operation",
                "format3-foreign",
                "format4-padded",
                "format5-combinations",
                "format5-pairs",
                "format5-hierarchy",
                "format6-calibrated",
                "format7-unusual"
            })
    void aModelOfEachFormatStillAnswersAsOnTheDayItWasSaved(String name) throws Exception {
        assertThat(SAMPLES.resolve(name).resolve("model.json"))
                .content()
                .contains("\"formatVersion\": " + name.charAt(6));
        try (MultiLabelModel model = load(name)) {
            List<String> expected = Files.readAllLines(SAMPLES.resolve(name + "-logits.txt"));
            float[] found = TinyModels.logits(model);
            assertThat(found).hasSize(expected.size());
            for (int i = 0; i < found.length; i++) {
                float logit = Float.parseFloat(expected.get(i));
                assertThat(found[i]).as("logit %d", i).isEqualTo(logit, within(1e-3f + 1e-5f * Math.abs(logit)));
            }
            assertThat(model.heads()).isEqualTo(name.endsWith("hierarchy") ? FormatSample.HIERARCHY : TinyModels.HEADS);
            assertThat(model.headLayers()).isEqualTo(name.startsWith("format1") ? Map.of() : TinyModels.LAYERS);
            assertThat(model.preprocessing())
                    .isEqualTo(
                            name.endsWith("operation")
                                    ? FormatSample.UNUSUAL
                                    : name.endsWith("padded") ? FormatSample.PADDED : TinyModels.PREPROCESSING);
            assertThat(model.isTestTimeFlip()).isEqualTo(name.endsWith("flip"));
            assertThat(model.combinations().isPresent())
                    .isEqualTo(name.endsWith("combinations") || name.endsWith("pairs"));
        }
    }

    @Test
    void aHierarchyOfASavedModelIsWhatItWas() throws Exception {
        try (MultiLabelModel model = load("format5-hierarchy")) {
            assertThat(model.heads()).isEqualTo(FormatSample.HIERARCHY);
            assertThat(model.jointDecoding()).containsExactly(FormatSample.JOINT);
            assertThat(model.sureAnswers()).containsExactly(FormatSample.SURE);
        }
    }

    @Test
    void calibrationAndThresholdsOfASavedModelAreWhatTheyWere() throws Exception {
        try (MultiLabelModel model = load("format6-calibrated")) {
            assertThat(model.calibration()).isEqualTo(FormatSample.CALIBRATION);
            assertThat(model.thresholds()).isEqualTo(FormatSample.THRESHOLDS);
            assertThat(model.answerReference()).isEmpty();
            assertThat(model.unusualThreshold()).isEmpty();
        }
        try (MultiLabelModel model = load("format7-unusual")) {
            assertThat(model.answerReference()).contains(FormatSample.REFERENCE);
            assertThat(model.unusualThreshold()).contains(FormatSample.UNUSUAL_ABOVE);
            assertThat(model.usualFeatures()).contains(FormatSample.usual(model));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "format3",
                "format3-every-operation",
                "format3-foreign",
                "format4-padded",
                "format5-combinations",
                "format5-pairs",
                "format5-hierarchy",
                "format6-calibrated",
                "format7-unusual"
            })
    void aModelOfTheNewestFormatsIsWrittenAsItWas(String name, @TempDir Path temporary) throws Exception {
        Path written = temporary.resolve("model");
        try (MultiLabelModel model = load(name)) {
            model.save(written);
        }
        assertThat(description(written)).isEqualTo(description(SAMPLES.resolve(name)));
        assertThat(written.resolve("weights.safetensors"))
                .hasSameBinaryContentAs(SAMPLES.resolve(name).resolve("weights.safetensors"));
    }

    /** Both numbers were printed when the sample was made: they follow from its counts by formulas that stay. */
    @ParameterizedTest
    @CsvSource({
        "format5-combinations, 0.14082740793203383, 5.752933620493081E-4",
        "format5-pairs, 0.137535235354719, 1.0828014035151334E-4"
    })
    void combinationsOfASavedModelAreAsProbableAsOnTheDayItWasSaved(String name, double common, double unseen)
            throws Exception {
        double[][] logs = {
            {Math.log(0.2), Math.log(0.3), Math.log(0.5)},
            {Math.log(0.4), Math.log(0.6)},
            {Math.log(0.9), Math.log(0.1)}
        };
        try (MultiLabelModel model = load(name)) {
            Combinations combinations = model.combinations().orElseThrow();
            assertThat(combinations.rules()).containsExactly(Rule.forbid("brand=Audi", "year=2"));
            Posterior posterior = combinations.given(logs);
            assertThat(Math.exp(posterior.logProbability(0, 0, 0))).isCloseTo(common, within(1e-9));
            assertThat(Math.exp(posterior.logProbability(2, 0, 1))).isCloseTo(unseen, within(1e-9));
        }
    }

    @Test
    void theNamesOfConstantsStay() {
        Map<Head.Kind, String> kinds =
                Map.of(Head.Kind.SINGLE_LABEL, "SINGLE_LABEL", Head.Kind.MULTI_LABEL, "MULTI_LABEL");
        Map<CropMode, String> fits = Map.of(CropMode.CENTER, "CROP", CropMode.SQUASH, "SQUASH", CropMode.PAD, "PAD");
        Map<Interpolation, String> filters =
                Map.of(Interpolation.BILINEAR, "BILINEAR", Interpolation.BICUBIC, "BICUBIC");
        assertThat(Head.Kind.values())
                .allSatisfy(kind -> assertThat(HeadsJson.inFiles(kind)).isEqualTo(kinds.get(kind)));
        assertThat(CropMode.values())
                .allSatisfy(fit -> assertThat(PreprocessingJson.inFiles(fit)).isEqualTo(fits.get(fit)));
        assertThat(Interpolation.values()).allSatisfy(filter -> assertThat(PreprocessingJson.inFiles(filter))
                .isEqualTo(filters.get(filter)));
    }

    /** Without the releases that wrote it; and so without its own checksum, but that of the weights. */
    private static String description(Path folder) throws IOException {
        JsonObject json = StrictJson.object(Files.readString(folder.resolve("model.json")));
        assertThat(json.getAsJsonObject("createdWith").keySet()).containsExactly("multilabel", "djl", "pytorch");
        json.remove("createdWith");
        assertThat(json.getAsJsonObject("checksums").remove("model.json").getAsString())
                .matches("[0-9a-f]{64}");
        return json.toString();
    }

    @Test
    void thePageOfFormatsHasItsNumbers() {
        assertThat(Path.of("../docs/formats.md"))
                .content()
                .contains("| `" + ModelDescription.FORMAT + "` " + ModelDescription.OLDEST + " to "
                        + ModelDescription.NEWEST + " |");
    }
}
