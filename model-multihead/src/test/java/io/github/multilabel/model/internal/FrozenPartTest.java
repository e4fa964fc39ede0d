package io.github.multilabel.model.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.network.NetworkBlock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrozenPartTest {

    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("brand", "Audi", "BMW", "Other"), Head.singleLabel("year", "old", "new"));

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private MultiHeadBlock block(String backbone) {
        Engine.getInstance().setRandomSeed(5);
        MultiHeadBlock block = new MultiHeadBlock(Backbones.byName(backbone).newBlock(), HEADS);
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 64, 64));
        return block;
    }

    private static List<String> before(String stage, NetworkBlock network) {
        List<String> stages = List.copyOf(network.network().stages().keySet());
        return stages.subList(0, stages.indexOf(stage));
    }

    /** The gradient of a parameter after a backward pass over the squared logits. */
    private float[] gradient(MultiHeadBlock block, NDList logits, GradientCollector gradients, String name) {
        gradients.backward(logits.get(0).pow(2).sum().add(logits.get(1).sum()));
        return block.parametersByName().get(name).getArray().getGradient().toFloatArray();
    }

    @ParameterizedTest
    @CsvSource({"tf_efficientnet_lite0", "resnet18", "vit_small_patch16_224"})
    void nothingIsSplitOffABackboneThatTrainsAsAWhole(String backbone) {
        try (MultiHeadBlock block = block(backbone)) {
            block.setBackboneFrozen(false);

            assertThat(block.frozenPart()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "resnet18, layer2, backbone.layer2.0.conv1.weight",
        "resnet18, layer4, backbone.layer4.0.bn1.weight",
        "efficientnet_lite0, blocks.3, backbone.blocks.3.0.conv_pw.weight",
        "convnext_tiny, stages.2, backbone.stages.2.blocks.0.gamma"
    })
    void theRestAfterTheFrozenPartGivesTheLogitsAndGradientsOfTheWhole(String backbone, String stage, String name) {
        try (MultiHeadBlock block = block(backbone)) {
            NetworkBlock network = (NetworkBlock) block.backbone();
            network.setFrozenStages(before(stage, network));
            ParameterStore store = new ParameterStore(manager, false);
            NDArray image = manager.randomNormal(new Shape(2, 3, 64, 64));
            float[] logits;
            float[] gradient;
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                NDList whole = block.forward(store, new NDList(image), true);
                gradient = gradient(block, whole, gradients, name);
                logits = whole.get(0).toFloatArray();
            }
            try (FrozenPart part = block.frozenPart().orElseThrow();
                    GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                assertThat(part.isWholeBackbone()).isFalse();
                NDArray maps = part.run(manager, image);
                assertThat(maps.getShape().dimension()).isEqualTo(4);
                NDList rest = block.logitsAfter(part, store, maps, true);
                float[] again = gradient(block, rest, gradients, name);
                assertThat(rest.get("brand").toFloatArray()).containsExactly(logits, within(2e-3f));
                double largest = 0;
                for (float value : gradient) {
                    largest = Math.max(largest, Math.abs(value));
                }
                for (int i = 0; i < again.length; i++) { // added to the first
                    assertThat(again[i] / 2.0).isCloseTo(gradient[i], within(5e-3 * largest));
                }
            }
        }
    }

    @Test
    void ofAWhollyFrozenBackboneTheFeaturesAreThoseOfPrediction() {
        try (MultiHeadBlock block = block("resnet18")) {
            block.setBackboneFrozen(true);
            block.setPrecision(Precision.BFLOAT16);
            ParameterStore store = new ParameterStore(manager, false);
            NDArray image = manager.randomNormal(new Shape(2, 3, 64, 64));
            try (FrozenPart part = block.frozenPart().orElseThrow();
                    InferenceProgram program = block.newInference(Precision.BFLOAT16)) {
                assertThat(part.isWholeBackbone()).isTrue();
                NDArray features = part.run(manager, image);
                assertThat(features.getShape()).isEqualTo(new Shape(2, 512));
                float[] expected = program.logits(manager, image).get("brand").toFloatArray();
                try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                    NDList logits = block.logitsAfter(part, store, features, true);
                    assertThat(logits.get("brand").toFloatArray()).containsExactly(expected);
                    float[] gradient = gradient(block, logits, gradients, "heads.weight");
                    assertThat(gradient).isNotEqualTo(new float[gradient.length]);
                }
            }
        }
    }

    @Test
    void aBackboneThatLearnsFromItsFirstLayerOnHasNone() {
        try (MultiHeadBlock block = block("resnet18")) {
            assertThat(block.frozenPart()).isEqualTo(Optional.empty());
        }
    }
}
