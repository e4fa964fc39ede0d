package io.github.multilabel.training.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import com.google.gson.JsonObject;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.testsupport.Golden;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossScaleTest {

    @Test
    void theScalesAreThoseOfPyTorchsGradScaler() {
        // given
        Golden golden = Golden.read("loss-scale.json");
        List<Long> overflows = Arrays.stream(golden.longs("overflows")).boxed().toList();
        LossScale scale = new LossScale(Precision.FLOAT16);
        assertThat(scale.value()).isEqualTo(golden.number("start"));
        // when
        List<Long> changes = new ArrayList<>();
        List<Double> scales = new ArrayList<>();
        for (long step = 0; step < golden.number("steps"); step++) {
            double before = scale.value();
            if (overflows.contains(step)) {
                scale.overflowed();
            } else {
                scale.stepped();
            }
            if (scale.value() != before) {
                changes.add(step);
                scales.add(scale.value());
            }
        }
        // then
        assertThat(changes.stream().mapToLong(Long::longValue)).containsExactly(boxed(golden.longs("changes")));
        assertThat(scales)
                .containsExactly(Arrays.stream(golden.numbers("scales")).boxed().toArray(Double[]::new));
    }

    private static Long[] boxed(long... values) {
        return Arrays.stream(values).boxed().toArray(Long[]::new);
    }

    @Test
    void anOverflowIsExpectedUntilTheScaleIsBelowOne() {
        LossScale scale = new LossScale(Precision.FLOAT16);
        for (int i = 0; i < 16; i++) {
            assertThat(scale.overflowed()).as("overflow %d", i).isTrue();
        }
        assertThat(scale.value()).isEqualTo(1);
        assertThat(scale.overflowed()).isFalse();
        assertThat(scale.value()).isEqualTo(0.5);
    }

    @Test
    void theScaleStaysFiniteHoweverLongNothingOverflows() {
        LossScale scale = new LossScale(Precision.FLOAT16);
        for (int i = 0; i < 130 * 2000; i++) {
            scale.stepped();
        }
        assertThat(scale.value()).isEqualTo(Math.scalb(1.0, 127));
    }

    @Test
    void aScaleGoesOnFromWhereItWasSaved() {
        // given: one step before it would double
        LossScale scale = new LossScale(Precision.FLOAT16);
        scale.overflowed();
        for (int i = 0; i < 1999; i++) {
            scale.stepped();
        }
        JsonObject saved = new JsonObject();
        scale.save(saved);
        // when
        LossScale resumed = new LossScale(Precision.FLOAT16);
        resumed.restore(saved);
        assertThat(resumed.value()).isEqualTo(32768);
        resumed.stepped();
        // then
        assertThat(resumed.value()).isEqualTo(65536);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "BFLOAT16"})
    void otherPrecisionsAreNotScaled(Precision precision) {
        // given
        JsonObject ofFloat16 = new JsonObject();
        new LossScale(Precision.FLOAT16).save(ofFloat16);
        LossScale scale = new LossScale(precision);
        JsonObject saved = new JsonObject();
        // when
        scale.restore(ofFloat16);
        scale.stepped();
        scale.save(saved);
        // then
        assertThat(scale.overflowed()).as("no overflow is expected").isFalse();
        assertThat(scale.value()).isEqualTo(1);
        assertThat(saved.size()).isZero();
    }

    @Test
    void theGradientIsScaledWhateverTheGarbageCollectorDoesBeforeTheBackwardPass() {
        LossScale scale = new LossScale(Precision.FLOAT16);
        for (int i = 0; i < 20; i++) {
            try (NDManager manager = NDManager.newBaseManager();
                    GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                NDArray weight = manager.create(1f);
                weight.setRequiresGradient(true);
                NDArray scaled = scale.scaled(weight.mul(weight));
                System.gc();
                for (int k = 0; k < 50; k++) { // takes memory that is free
                    ByteBuffer.allocateDirect(Float.BYTES);
                }
                gradients.backward(scaled);

                assertThat(weight.getGradient().getFloat()).isEqualTo(2f * (1 << 16));
            }
        }
    }
}
