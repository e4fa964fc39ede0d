package io.github.multilabel.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightMatchingTest {

    private static final Path FILE = Path.of("folder", "net.pth");

    private static final Map<String, Shape> PARAMETERS = shapes(
            "conv1.weight", new Shape(64, 32, 3, 3),
            "bn1.weight", new Shape(64),
            "bn1.running_mean", new Shape(64));

    private static Map<String, Shape> shapes(Object... namesAndShapes) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (int i = 0; i < namesAndShapes.length; i += 2) {
            shapes.put((String) namesAndShapes[i], (Shape) namesAndShapes[i + 1]);
        }
        return shapes;
    }

    private static Map<String, TensorInfo> tensors(String prefix, Map<String, Shape> shapes) {
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> add(tensors, prefix + name, shape));
        return tensors;
    }

    private static void add(Map<String, TensorInfo> tensors, String name, Shape shape) {
        tensors.put(name, new TensorInfo(name, TensorType.F32, shape, 0, 4 * shape.size()));
    }

    private static MatchReport match(WeightMatching matching, Map<String, TensorInfo> tensors) throws IOException {
        return matching.match(FILE, tensors, PARAMETERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "module.", "model.", "backbone.", "encoder.", "module.backbone.", "_orig_mod.module."})
    void everyNameMatchesBehindItsPrefix(String prefix) throws IOException {
        MatchReport report = match(WeightMatching.strict(), tensors(prefix, PARAMETERS));
        assertThat(report.prefix()).isEqualTo(prefix);
        assertThat(report.fraction()).isEqualTo(1);
        assertThat(report.matched())
                .containsExactly(
                        Map.entry("conv1.weight", prefix + "conv1.weight"),
                        Map.entry("bn1.weight", prefix + "bn1.weight"),
                        Map.entry("bn1.running_mean", prefix + "bn1.running_mean"));
        assertThat(report.toString()).startsWith("net.pth: 3 of 3 parameters, 100.0 % of 18,560 values");
    }

    @Test
    void aPrefixThatParametersHaveThemselvesStays() throws IOException {
        Map<String, Shape> own = shapes("encoder.weight", new Shape(2), "encoder.bias", new Shape(2));
        assertThat(WeightMatching.strict().match(FILE, tensors("", own), own).prefix())
                .isEmpty();
        assertThat(WeightMatching.strict()
                        .match(FILE, tensors("module.", own), own)
                        .prefix())
                .isEqualTo("module.");
    }

    @Test
    void aClassifierIsListedAndBatchCountersAreIgnored() throws IOException {
        Map<String, TensorInfo> tensors = tensors("module.", PARAMETERS);
        add(tensors, "module.bn1.num_batches_tracked", new Shape());
        add(tensors, "module.fc.weight", new Shape(1001, 64));
        add(tensors, "module.head_dist.bias", new Shape(1000));
        MatchReport report = match(WeightMatching.strict(), tensors);
        assertThat(report.classifier()).containsExactly("module.fc.weight", "module.head_dist.bias");
        assertThat(report.ignored()).containsExactly("module.bn1.num_batches_tracked");
        assertThat(report)
                .hasToString("net.pth: 3 of 3 parameters, 100.0 % of 18,560 values; prefix 'module.' removed;"
                        + " classifier not used: module.fc.weight, module.head_dist.bias;"
                        + " ignored: 1");
    }

    @Test
    void aClassifierBesideTheBackboneIsRecognisedToo() throws IOException {
        Map<String, TensorInfo> tensors = tensors("model.backbone.", PARAMETERS);
        add(tensors, "model.fc.weight", new Shape(10, 64));
        assertThat(match(WeightMatching.strict(), tensors).classifier()).containsExactly("model.fc.weight");
    }

    @Test
    void aParameterNamedAsAClassifierIsStillNeeded() {
        Map<String, Shape> own = shapes("conv.weight", new Shape(2), "classifier.0.weight", new Shape(2, 3));
        Map<String, TensorInfo> tensors = tensors("", own);
        tensors.remove("classifier.0.weight");
        assertThatIOException()
                .isThrownBy(() -> WeightMatching.strict().match(FILE, tensors, own))
                .withMessageContaining("missing (1): classifier.0.weight");
    }

    @Test
    void allThatDiffersIsListedTogether() {
        Map<String, TensorInfo> tensors = tensors("", PARAMETERS);
        tensors.remove("bn1.weight");
        add(tensors, "conv1.weight", new Shape(64, 1, 3, 3));
        add(tensors, "layer9.weight", new Shape(1));
        assertThatIOException()
                .isThrownBy(() -> match(WeightMatching.strict(), tensors))
                .withMessage("'" + FILE
                        + "' does not fit the parameters:\n"
                        + "- misshapen: 'conv1.weight' is (64, 1, 3, 3) in the file, the parameter 'conv1.weight' is"
                        + " (64, 32, 3, 3)\n"
                        + "- missing (1): bn1.weight\n"
                        + "- unexpected (1): layer9.weight");
    }

    @Test
    void aSmallerShapeIsNeverRepeatedNorAnEqualCountReshaped() {
        for (Shape other : List.of(new Shape(64, 1, 3, 3), new Shape(1), new Shape(), new Shape(32, 64, 3, 3))) {
            Map<String, TensorInfo> tensors = tensors("", PARAMETERS);
            add(tensors, "conv1.weight", other);
            for (WeightMatching matching : List.of(WeightMatching.strict(), WeightMatching.lenient(0.001))) {
                assertThatIOException()
                        .isThrownBy(() -> match(matching, tensors))
                        .withMessageContainingAll("'conv1.weight' is " + other, "(64, 32, 3, 3)");
            }
        }
    }

    @Test
    void wholeNumbersAreNotWeights() {
        Map<String, TensorInfo> tensors = tensors("", PARAMETERS);
        tensors.put("bn1.weight", new TensorInfo("bn1.weight", TensorType.I64, new Shape(64), 0, 512));
        assertThatIOException()
                .isThrownBy(() -> match(WeightMatching.strict(), tensors))
                .withMessageContainingAll("'bn1.weight'", "I64");
    }

    @Test
    void nothingInCommonIsAnErrorThatShowsBothNamings() {
        Map<String, TensorInfo> tensors = tensors("", shapes("stem.conv.weight", new Shape(64, 32, 3, 3)));
        for (WeightMatching matching : List.of(WeightMatching.strict(), WeightMatching.lenient(0.01))) {
            assertThatIOException()
                    .isThrownBy(() -> match(matching, tensors))
                    .withMessageContainingAll("net.pth", "none", "[stem.conv.weight]", "conv1.weight", "withNames");
        }
    }

    @Test
    void lenientMatchingReportsWhatIsMissingDownToAShare() throws IOException {
        Map<String, TensorInfo> tensors = tensors("", PARAMETERS);
        tensors.remove("bn1.weight");
        add(tensors, "extra.weight", new Shape(1));
        MatchReport report = match(WeightMatching.lenient(0.99), tensors);
        assertThat(report.missing()).containsExactly("bn1.weight");
        assertThat(report.unexpected()).containsExactly("extra.weight");
        assertThat(report.matchedValues()).isEqualTo(18_496);

        tensors.remove("conv1.weight");
        assertThatIOException()
                .isThrownBy(() -> match(WeightMatching.lenient(0.99), tensors))
                .withMessageContainingAll("0.3 %", "at least 99.0 %", "conv1.weight");
    }

    @Test
    void rulesMapTheNamesOfAnotherScheme() throws IOException {
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        add(tensors, "module.stem.0.weight", new Shape(64, 32, 3, 3));
        add(tensors, "module.stem.1.gamma", new Shape(64));
        add(tensors, "module.stem.1.mean", new Shape(64));
        add(tensors, "module.mask_token", new Shape(1, 1, 8));
        WeightMatching matching = WeightMatching.strict()
                .withNames(NameRules.of(
                        "^stem\\.0\\.", "conv1.",
                        "^stem\\.(\\d+)\\.", "bn$1.",
                        "gamma$", "weight",
                        "mean$", "running_mean",
                        "^mask_token$", ""));
        MatchReport report = match(matching, tensors);
        assertThat(report.prefix()).isEqualTo("module.");
        assertThat(report.matched())
                .containsExactly(
                        Map.entry("conv1.weight", "module.stem.0.weight"),
                        Map.entry("bn1.weight", "module.stem.1.gamma"),
                        Map.entry("bn1.running_mean", "module.stem.1.mean"));
        assertThat(report.ignored()).containsExactly("module.mask_token");
    }

    @Test
    void twoNamesForOneParameterAreAnError() {
        Map<String, TensorInfo> tensors = tensors("", PARAMETERS);
        add(tensors, "bn1.gamma", new Shape(64));
        assertThatIOException()
                .isThrownBy(() -> match(WeightMatching.strict().withNames(NameRules.of("gamma", "weight")), tensors))
                .withMessageContainingAll("'bn1.weight' and 'bn1.gamma'");
    }

    @Test
    void namesMadeOfPrefixesOnlyTakeNoTime() {
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        add(tensors, "model.".repeat(100_000), new Shape(1));
        assertThatIOException()
                .isThrownBy(() -> match(WeightMatching.strict(), tensors))
                .withMessageContaining("none of its 1 names");
    }

    @Test
    void badSettingsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightMatching.lenient(0))
                .withMessageContaining("got 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> WeightMatching.lenient(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> WeightMatching.lenient(1.5));
        assertThatIllegalArgumentException().isThrownBy(() -> NameRules.of("a")).withMessageContaining("pairs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NameRules.of("(", "a"))
                .withMessageContaining("'(' is not a regular expression");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightMatching.strict().match(FILE, tensors("", PARAMETERS), Map.of()))
                .withMessageContaining("no parameters");
    }
}
