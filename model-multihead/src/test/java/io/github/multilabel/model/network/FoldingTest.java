package io.github.multilabel.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.internal.PreparedNetwork;
import io.github.multilabel.model.internal.heads.HeadStack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoldingTest {

    /** A grouped convolution with bias and norm, a norm of its own, and a convolution that two layers read. */
    private static Network network() {
        return Network.builder("mixed")
                .norm("norm0")
                .append("conv1", "stem", new Conv2d(3, 6, 3, 1, 1, 1, 3, true, ConvInit.FAN_OUT), List.of("norm0"))
                .norm("norm1")
                .relu("relu1")
                .conv("conv2", 8, 1, 2)
                .norm("norm2")
                .add("sum", "conv2")
                .globalAveragePool("pool")
                .build();
    }

    private static Network folded(Network network) {
        return new Folding(network, Precision.FLOAT32).folded();
    }

    @Test
    void onlyANormThatAloneReadsAConvolutionIsFolded() {
        Network folded = folded(network());
        assertThat(folded.layers().stream().map(Layer::name))
                .containsExactly("norm0", "conv1", "relu1", "conv2", "norm2", "sum", "pool");
        assertThat(folded.layers().get(2).inputs()).containsExactly("conv1");
        assertThat(folded(folded)).isEqualTo(folded);
    }

    @Test
    void everyNormOfAResNetIsFolded() {
        Network resnet = Backbones.resnet50().network().orElseThrow();
        assertThat(folded(resnet).layers()).noneMatch(layer -> layer.op() instanceof BatchNorm2d);
    }

    @Test
    void theFoldedNetworkComputesTheSame() {
        Engine.getInstance().setRandomSeed(5);
        Network network = network();
        try (NDManager manager = NDManager.newBaseManager();
                NetworkBlock block = new NetworkBlock(network)) {
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 8, 8));
            Formula.fill(block, -2, 2);
            NDArray image = Formula.image(manager, 2, 8);
            NDArray expected = block.forward(new ParameterStore(manager, false), new NDList(image), false)
                    .singletonOrThrow();
            for (Map.Entry<Precision, Float> limit : Map.of(
                            Precision.FLOAT32, 1e-5f, Precision.BFLOAT16, 0.02f, Precision.FLOAT16, 0.0025f)
                    .entrySet()) {
                try (PreparedNetwork folded = block.fold(new NDList(), HeadStack.none(), limit.getKey())) {
                    NDArray actual = folded.run(manager, image).singletonOrThrow();
                    float error = actual.sub(expected).norm().getFloat()
                            / expected.norm().getFloat();
                    assertThat(error).as("%s", limit.getKey()).isLessThan(limit.getValue());
                }
            }
        }
    }
}
