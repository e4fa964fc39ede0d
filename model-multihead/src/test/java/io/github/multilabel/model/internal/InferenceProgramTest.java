package io.github.multilabel.model.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InferenceProgramTest {

    private static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("type", "Coupe", "SUV", "Van"), Head.multiLabel("extras", "roof rack", "spoiler"));

    private final NDManager manager = NDManager.newBaseManager();
    private final ParameterStore store = new ParameterStore(manager, false);

    @AfterEach
    void closeManager() {
        manager.close();
    }

    /** With statistics that are not 0 and 1, or folding would have nothing to fold. */
    private MultiHeadBlock trained(Backbone backbone) {
        Engine.getInstance().setRandomSeed(3);
        MultiHeadBlock block = new MultiHeadBlock(backbone.newBlock(), HEADS);
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 32, 32));
        for (Parameter parameter : block.backbone().getParameters().values()) {
            Shape shape = parameter.getShape();
            switch (parameter.getType()) {
                case GAMMA, RUNNING_VAR -> parameter.getArray().set(values(0.5f, 1.5f, shape));
                case BETA, RUNNING_MEAN -> parameter.getArray().set(values(-0.2f, 0.2f, shape));
                default -> {}
            }
        }
        return block;
    }

    private float[] values(float low, float high, Shape shape) {
        return manager.randomUniform(low, high, shape).toFloatArray();
    }

    @Test
    void foldedLogitsEqualThoseOfTheBlock() {
        NDArray image = manager.randomNormal(new Shape(4, 3, 32, 32));
        for (Backbone backbone : List.of(Backbones.small(), Backbones.resnet18(), Backbones.resnet50())) {
            try (MultiHeadBlock block = trained(backbone);
                    InferenceProgram inference = block.newInference(Precision.FLOAT32)) {
                NDList expected = block.forward(store, new NDList(image), false);
                NDList actual = inference.logits(manager, image);
                assertThat(actual.stream().map(NDArray::getName)).containsExactly("type", "extras");
                for (int i = 0; i < HEADS.size(); i++) {
                    assertThat(distance(actual.get(i), expected.get(i)))
                            .as("%s, head %d", backbone, i)
                            .isLessThan(1e-4f);
                }
            }
        }
    }

    @Test
    void bfloat16IsNearFloat32() {
        NDArray image = manager.randomNormal(new Shape(4, 3, 32, 32));
        try (MultiHeadBlock block = trained(Backbones.resnet18());
                InferenceProgram exact = block.newInference(Precision.FLOAT32);
                InferenceProgram rounded = block.newInference(Precision.BFLOAT16)) {
            NDArray logits = rounded.logits(manager, image).get("type");
            assertThat(logits.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(distance(logits, exact.logits(manager, image).get("type")))
                    .isBetween(1e-6f, 0.03f);
        }
    }

    private static float distance(NDArray actual, NDArray expected) {
        return actual.sub(expected).norm().getFloat() / expected.norm().getFloat();
    }

    @Test
    void laterTrainingDoesNotReachTheProgram() {
        NDArray image = manager.randomNormal(new Shape(1, 3, 32, 32));
        try (MultiHeadBlock block = trained(Backbones.small());
                InferenceProgram inference = block.newInference(Precision.FLOAT32)) {
            float[] before = inference.logits(manager, image).head().toFloatArray();
            block.parametersByName()
                    .values()
                    .forEach(parameter -> parameter.getArray().muli(2));
            assertThat(inference.logits(manager, image).head().toFloatArray()).containsExactly(before);
        }
    }

    @Test
    void eightThreadsGetTheAnswersOfOne() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (MultiHeadBlock block = trained(Backbones.small());
                InferenceProgram inference = block.newInference(Precision.FLOAT32)) {
            List<float[]> expected = new ArrayList<>();
            List<Future<float[]>> answers = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                float[] pixels = values(-2, 2, new Shape(3 * 32 * 32));
                expected.add(logits(inference, pixels));
                answers.add(threads.submit(() -> logits(inference, pixels)));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).containsExactly(expected.get(i));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static float[] logits(InferenceProgram inference, float[] pixels) {
        try (NDManager call = NDManager.newBaseManager()) {
            NDArray image = call.create(pixels, new Shape(1, 3, 32, 32));
            return inference.logits(call, image).head().toFloatArray();
        }
    }

    @Test
    void onlyTheLogitsJoinTheManager() {
        try (MultiHeadBlock block = trained(Backbones.small());
                InferenceProgram inference = block.newInference(Precision.FLOAT32)) {
            NDArray image = manager.randomNormal(new Shape(2, 3, 32, 32));
            int before = manager.getManagedArrays().size();
            try (NDManager call = manager.newSubManager()) {
                inference.logits(call, image);
                assertThat(call.getManagedArrays().size()).isEqualTo(2);
            }
            assertThat(manager.getManagedArrays().size()).isEqualTo(before);
        }
    }

    @Test
    void anImageOfAnotherTypeIsAnError() {
        try (MultiHeadBlock block = trained(Backbones.small());
                InferenceProgram inference = block.newInference(Precision.FLOAT32)) {
            NDArray bytes = manager.zeros(new Shape(1, 3, 32, 32), DataType.UINT8);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> inference.logits(manager, bytes))
                    .withMessageContaining("takes normalised float32 images, got uint8");
        }
    }

    @Test
    void aClosedProgramSaysSo() {
        try (MultiHeadBlock block = trained(Backbones.small())) {
            InferenceProgram inference = block.newInference(Precision.FLOAT32);
            inference.close();
            inference.close();
            assertThatIllegalStateException()
                    .isThrownBy(() -> inference.logits(manager, manager.zeros(new Shape(1, 3, 32, 32))))
                    .withMessageContaining("closed");
        }
    }

    @Test
    void aBlockWithoutWeightsCannotPredict() {
        try (MultiHeadBlock block = new MultiHeadBlock(Backbones.small().newBlock(), HEADS)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> block.newInference(Precision.FLOAT32))
                    .withMessage("parameter 'backbone.conv1.weight' has no values yet; initialise the block or load"
                            + " weights before predicting");
        }
    }
}
