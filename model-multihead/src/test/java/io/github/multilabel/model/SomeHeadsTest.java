package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model that keeps some of its heads. */
class SomeHeadsTest {

    @TempDir
    private Path temporary;

    private static Map<String, List<Float>> answers(MultiLabelModel model) {
        Map<String, List<Float>> answers = new TreeMap<>();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                NoGradients off = NoGradients.onThisThread()) {
            NDArray image = manager.ones(new Shape(2, 3, 16, 16));
            model.block()
                    .forward(new ParameterStore(manager, false), new NDList(image), false)
                    .forEach(logits -> answers.put(logits.getName(), numbers(logits)));
        }
        return answers;
    }

    private static List<Float> numbers(NDArray array) {
        return List.of(Stream.of(array.toArray()).map(Number::floatValue).toArray(Float[]::new));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theHeadsThatStayAnswerAsBefore(boolean described) {
        Backbone backbone =
                described ? Backbones.of(TinyModels.network(), TinyModels.PREPROCESSING) : TinyModels.foreign();
        try (MultiLabelModel model = TinyModels.create(backbone, 1)) {
            TinyModels.shake(model);
            try (MultiLabelModel reduced = model.withHeads(List.of("body", "year"))) {
                assertThat(reduced.heads().names()).containsExactly("body", "year");
                Map<String, List<Float>> expected = answers(model);
                expected.keySet().retainAll(List.of("body", "year"));
                assertThat(answers(reduced))
                        .usingRecursiveComparison()
                        .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-6 * Math.abs(b) ? 0 : 1, Float.class)
                        .isEqualTo(expected);
            }
            assertThat(answers(model)).hasSize(4);
        }
    }

    @Test
    void itIsSavedAndOutlivesTheWhole() throws Exception {
        Map<String, List<Float>> before;
        MultiLabelModel reduced;
        try (MultiLabelModel model = TinyModels.create(3)) {
            TinyModels.shake(model);
            reduced = model.withHeads(List.of("brand"));
            before = answers(reduced);
            TinyModels.shake(model);
        }
        try (reduced) {
            assertThat(answers(reduced)).isEqualTo(before);
            reduced.save(temporary.resolve("model"));
        }
        try (MultiLabelModel loaded = MultiLabelModel.load(temporary.resolve("model"), Device.cpu())) {
            assertThat(answers(loaded)).isEqualTo(before);
        }
    }

    @Test
    void unknownRepeatedAndNoHeadsAreRefused() {
        try (MultiLabelModel model = TinyModels.create(1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.withHeads(List.of("brands")))
                    .withMessageContaining("did you mean 'brand'");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.withHeads(List.of("body", "body")))
                    .withMessageContaining("body");
            assertThatIllegalArgumentException().isThrownBy(() -> model.withHeads(List.of()));
        }
    }

    @Test
    void aClosedModelSaysSo() {
        MultiLabelModel model = TinyModels.create(1);
        model.close();
        assertThatIllegalStateException().isThrownBy(() -> model.withHeads(List.of("body")));
    }
}
