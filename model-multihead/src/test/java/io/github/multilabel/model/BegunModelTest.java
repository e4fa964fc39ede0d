package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.heads.HeadLayers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model that begins with the weights of another. */
class BegunModelTest {

    /** Per head and category the logits of some images. */
    private static Map<String, Map<String, List<Float>>> logits(MultiLabelModel model, int images) {
        Map<String, Map<String, List<Float>>> answers = new LinkedHashMap<>();
        int size = model.preprocessing().size().height();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                NoGradients off = NoGradients.onThisThread()) {
            NDArray numbers = manager.arange(0, images * 3 * size * size, 1, DataType.FLOAT32);
            NDArray image = numbers.mul(0.37f).sin().reshape(new Shape(images, 3, size, size));
            NDList logits = model.block().forward(new ParameterStore(manager, false), new NDList(image), false);
            for (int i = 0; i < logits.size(); i++) {
                Head head = model.heads().get(i);
                float[] values = logits.get(i).toFloatArray();
                for (int k = 0; k < head.size(); k++) {
                    List<Float> ofCategory = new ArrayList<>();
                    for (int n = 0; n < images; n++) {
                        ofCategory.add(values[n * head.size() + k]);
                    }
                    answers.computeIfAbsent(head.name(), name -> new LinkedHashMap<>())
                            .put(head.category(k), ofCategory);
                }
            }
        }
        return answers;
    }

    private static MultiLabelModel begin(MultiLabelModel with, HeadSet heads, Map<String, HeadLayers> layers)
            throws IOException {
        return MultiLabelModel.createFrom(with, heads, layers, with.preprocessing(), false, Device.cpu(), 9);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withTheSameHeadsItAnswersAsTheOther(boolean described) throws IOException {
        Backbone backbone =
                described ? Backbones.of(TinyModels.network(), TinyModels.PREPROCESSING) : TinyModels.foreign();
        try (MultiLabelModel trained = TinyModels.create(backbone, TinyModels.LAYERS, 1)) {
            TinyModels.shake(trained); // running statistics too
            try (MultiLabelModel begun = begin(trained, trained.heads(), trained.headLayers())) {
                assertThat(logits(begun, 2)).isEqualTo(logits(trained, 2));
                assertThat(begun.backboneName()).isEqualTo(trained.backboneName());
            }
        }
    }

    @Test
    void headsAndCategoriesAreFoundByTheirNames() throws IOException {
        try (MultiLabelModel trained =
                TinyModels.create(Backbones.of(TinyModels.network(), TinyModels.PREPROCESSING), TinyModels.LAYERS, 1)) {
            TinyModels.shake(trained);
            HeadSet heads = HeadSet.of(
                    Head.singleLabel("colour", "red", "blue"),
                    Head.singleLabel("body", "a", "c", "b"),
                    Head.singleLabel("a.weight", "sunroof", "spoiler"), // was multi-label
                    Head.singleLabel("brand", "VW", "Audi", "Škoda"));
            try (MultiLabelModel begun = begin(trained, heads, TinyModels.LAYERS)) {
                Map<String, Map<String, List<Float>>> before = logits(trained, 2);
                Map<String, Map<String, List<Float>>> now = logits(begun, 2);
                assertThat(now.get("body")).containsAllEntriesOf(before.get("body"));
                assertThat(now.get("brand")).containsAllEntriesOf(before.get("brand"));
                assertThat(now.get("a.weight"))
                        .doesNotContainEntry("sunroof", before.get("a.weight").get("sunroof"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 16})
    void aCategoryMoreLeavesTheLogitsOfAllOthersAsTheyAreToTheLastBit(int images) throws IOException {
        HeadSet heads = HeadSet.of(
                Head.singleLabel("brand", categories(48)),
                Head.singleLabel("type", categories(9)),
                Head.multiLabel("tags", categories(5)));
        HeadSet more = HeadSet.of(Head.singleLabel("brand", categories(49)), heads.get("type"), heads.get("tags"));
        try (MultiLabelModel trained = MultiLabelModel.create(
                        Backbones.small(), heads, Backbones.small().preprocessing(), Device.cpu(), 3);
                MultiLabelModel begun = begin(trained, more, Map.of())) {
            Map<String, Map<String, List<Float>>> now = logits(begun, images);
            logits(trained, images)
                    .forEach((head, ofCategories) ->
                            assertThat(now.get(head)).as(head).containsAllEntriesOf(ofCategories));
        }
    }

    private static List<String> categories(int count) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i).toList();
    }

    @Test
    void itsBackboneAloneMayBeTakenForOtherHeads() throws IOException {
        MultiLabelModel trained = TinyModels.create(1);
        TinyModels.shake(trained);
        Backbone backbone = trained.backbone();
        try (MultiLabelModel other = TinyModels.create(backbone, 2)) {
            assertThat(other.block()
                            .backbone()
                            .getParameters()
                            .get("conv1.weight")
                            .getArray()
                            .toFloatArray())
                    .containsExactly(trained.block()
                            .backbone()
                            .getParameters()
                            .get("conv1.weight")
                            .getArray()
                            .toFloatArray());
            assertThat(other.preprocessing()).isEqualTo(trained.preprocessing());
        }
        trained.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> TinyModels.create(backbone, 2))
                .withMessageContaining("closed");
    }
}
