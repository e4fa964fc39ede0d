package io.github.multilabel.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.TorchFunction;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shape that convolutions take where oneDNN shall compute their gradients. */
class Conv2dTest {

    private static final int CHANNELS = 4;

    private static final Shape MAPS = new Shape(2, CHANNELS, 13, 13);

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({
        "3, 1, 1, FLOAT32, SLICED",
        "3, 2, 1, FLOAT32, SLICED",
        "5, 1, 2, FLOAT32, SLICED",
        "5, 2, 2, FLOAT32, SLICED",
        "5, 2, 0, FLOAT32, SLICED",
        "4, 1, 1, FLOAT32, SLICED",
        "7, 1, 3, FLOAT32, SLICED",
        "7, 2, 3, FLOAT32, SLICED",
        "7, 2, 0, FLOAT32, SLICED",
        "3, 2, 0, BFLOAT16, SLICED",
        "5, 1, 2, BFLOAT16, SLICED",
        "5, 2, 0, BFLOAT16, SLICED",
        "7, 1, 3, BFLOAT16, SLICED",
        "5, 1, 2, FLOAT16, SLICED",
        "5, 2, 0, FLOAT16, SLICED",
        "3, 2, 0, BFLOAT16, FULL_STRIDES",
        "5, 2, 0, BFLOAT16, FULL_STRIDES",
        "5, 1, 2, FLOAT32, FULL_STRIDES"
    })
    void aSlimDepthwiseConvolutionIsThePlainOneWithItsGradients(
            int kernel, int stride, int padding, Precision precision, Depthwise depthwise) {
        Conv2d op = new Conv2d(CHANNELS, CHANNELS, kernel, stride, padding, 1, CHANNELS, true, ConvInit.values()[0]);

        NDList plain = run(op, precision, Depthwise.PLAIN, MAPS);
        NDList slim = run(op, precision, depthwise, MAPS);

        double tolerance = precision == Precision.FLOAT32 ? 1e-4 : 0.15;
        for (int i = 0; i < plain.size(); i++) {
            assertThat(slim.get(i).getShape()).isEqualTo(plain.get(i).getShape());
            double scale = 1 + plain.get(i).abs().max().getFloat();
            assertThat((double) slim.get(i).sub(plain.get(i)).abs().max().getFloat() / scale)
                    .as("array %d of result, gradient of maps, of weight, of bias", i)
                    .isCloseTo(0, within(tolerance));
        }
    }

    @Test
    void mapsNarrowerThanTheKernelWork() {
        Conv2d op = new Conv2d(CHANNELS, CHANNELS, 7, 1, 3, 1, CHANNELS, true, ConvInit.values()[0]);

        assertThat(run(op, Precision.FLOAT32, Depthwise.SLICED, new Shape(2, CHANNELS, 2, 2))
                        .get(0)
                        .sub(run(op, Precision.FLOAT32, Depthwise.PLAIN, new Shape(2, CHANNELS, 2, 2))
                                .get(0))
                        .abs()
                        .max()
                        .getFloat())
                .isLessThan(1e-5f);
    }

    @Test
    void onlyDepthwiseConvolutionsAreMadeSlim() {
        Conv2d full = new Conv2d(CHANNELS, CHANNELS, 5, 1, 2, 1, 1, false, ConvInit.values()[0]);

        assertThat(full.expression(call(Precision.FLOAT32, Depthwise.SLICED)))
                .isEqualTo(full.expression(call(Precision.FLOAT32, Depthwise.PLAIN)));
    }

    private static Call call(Precision precision, Depthwise depthwise) {
        return new Call(
                List.of("x"),
                List.of("w", "b"),
                precision,
                false,
                depthwise,
                expression -> "(" + expression + ")",
                false);
    }

    /** The result and the gradients of the maps, the weight and the bias. */
    private NDList run(Conv2d op, Precision precision, Depthwise depthwise, Shape shape) {
        String text = "def forward(self, given: Tensor, w: Tensor, b: Tensor) -> Tensor:\n"
                + "  x = torch.to(torch.contiguous(given, memory_format=2), " + precision.scalarType() + ")\n"
                + "  return torch.to(" + op.expression(call(precision, depthwise)) + ", 6)\n";
        NDArray maps = values(shape, 0.37f);
        NDArray weight = values(new Shape(CHANNELS, 1, op.kernel(), op.kernel()), 0.71f);
        NDArray bias = values(new Shape(CHANNELS), 0.13f);
        try (TorchFunction function = TorchFunction.load(manager, text);
                GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDArray result = function.forward(manager, maps, weight, bias).singletonOrThrow();
            gradients.backward(result.square().sum());
            return new NDList(result, maps.getGradient(), weight.getGradient(), bias.getGradient());
        }
    }

    private NDArray values(Shape shape, float step) {
        NDArray values = manager.arange(shape.size()).mul(step).sin().reshape(shape);
        values.setRequiresGradient(true);
        return values;
    }
}
