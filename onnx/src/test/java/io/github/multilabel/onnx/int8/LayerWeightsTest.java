package io.github.multilabel.onnx.int8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.internal.onnx.OnnxAttribute;
import io.github.multilabel.core.internal.onnx.OnnxNode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LayerWeightsTest {

    private static Layer layer(String operator, Long... shape) {
        return new Layer(
                new OnnxNode(
                        "n",
                        operator,
                        List.of("x", "fc.weight", "fc.bias"),
                        List.of("y"),
                        List.of(OnnxAttribute.of("group", 2))),
                List.of(shape));
    }

    /** The first output by its largest pair: 1.5 / 128; the second by its largest weight: 1 / 127. */
    @Test
    void eachOutputIsRoundedWithAScaleOfItsOwn() {
        LayerWeights weights =
                new LayerWeights(layer("Gemm", 2L, 3L), new float[] {1, -0.5f, 0.25f, 0.001f, -1, 0.004f});

        assertThat(weights.scales()).containsExactly(1.5f / 128, 1f / 127);
        assertThat(weights.rounded())
                .containsExactly(new byte[] {85, -43, 21, 0, -127, 1}); // 85.33, -42.67, 21.33, 0.13, -127, 0.51
    }

    @Test
    void outputsOfAProductAreColumns() {
        LayerWeights weights = new LayerWeights(layer("MatMul", 2L, 2L), new float[] {1, 20, 0.001f, 0.02f});

        assertThat(weights.scales()).containsExactly(1f / 127, 20f / 127);
        assertThat(weights.rounded()).containsExactly(new byte[] {127, 127, 0, 0});
    }

    @Test
    void anOutputWithoutWeightsStaysZero() {
        LayerWeights weights = new LayerWeights(layer("Gemm", 1L, 2L), new float[] {0, 0});

        assertThat(weights.scales()).containsExactly(1);
        assertThat(weights.rounded()).containsExactly(new byte[] {0, 0});
    }

    /** So that the sum of two products of bytes fits 16 bits: 255 * 128 < 32768. */
    @Test
    void noTwoWeightsOfAnOutputAreTogetherLargerThan128() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            float[] exact = new float[9];
            for (int i = 0; i < exact.length; i++) {
                exact[i] = (float) random.nextGaussian();
            }
            byte[] rounded = new LayerWeights(layer("Conv", 1L, 1L, 3L, 3L), exact).rounded();
            for (int i = 0; i < rounded.length; i++) {
                for (int j = 0; j < i; j++) {
                    assertThat(Math.abs(rounded[i]) + Math.abs(rounded[j])).isLessThanOrEqualTo(128);
                }
            }
        }
    }

    /** 0.25 became 21 * 1.5 / 128; of the means, only that of its input is not 0. */
    @Test
    void biasesMakeUpForWhatRoundingTakesFromTheMean() {
        LayerWeights weights = new LayerWeights(layer("Gemm", 1L, 3L), new float[] {1, -0.5f, 0.25f});
        ChannelMeans means = new ChannelMeans(3, false);
        means.add(new float[] {1, -3, 2});
        means.add(new float[] {-1, 3, 2});

        assertThat(weights.shifts(means)[0]).isCloseTo(2 * (0.25f - 21 * 1.5f / 128), within(1e-6f));
    }

    /** Two groups of one channel each, with means 1 and 3. */
    @Test
    void theMeanIsThatOfTheChannelsWhichAnOutputReads() {
        LayerWeights weights = new LayerWeights(layer("Conv", 2L, 1L, 1L, 2L), new float[] {1, -0.5f, 1, -0.5f});
        ChannelMeans means = new ChannelMeans(2, true);
        means.add(new float[] {1, 1, 1, 3, 3, 3});

        float lost = 1 - 85 * 1.5f / 128 - 0.5f + 43 * 1.5f / 128;
        assertThat(weights.shifts(means)[0]).isCloseTo(lost, within(1e-6f));
        assertThat(weights.shifts(means)[1]).isCloseTo(3 * lost, within(1e-6f));
    }

    @Test
    void theChannelsOfTheInputAreThoseOfAllGroups() {
        assertThat(layer("Conv", 6L, 4L, 3L, 3L).channels()).isEqualTo(8);
    }
}
