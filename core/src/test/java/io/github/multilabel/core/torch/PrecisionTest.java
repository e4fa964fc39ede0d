package io.github.multilabel.core.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrecisionTest {

    private static final Device CPU = Device.cpu();

    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void whatIsAskedForIsKept(Precision precision) {
        assertThat(precision.resolve(CPU)).isEqualTo(precision);
    }

    @Test
    void autoBecomesATypeThatProgramsCanNameAndStaysThat() {
        Precision resolved = Precision.AUTO.resolve(CPU);
        assertThat(resolved).isNotEqualTo(Precision.AUTO);
        assertThat(Precision.AUTO.resolve(CPU)).isEqualTo(resolved);
        assertThat(Precision.FLOAT32.scalarType()).isEqualTo(6);
        assertThat(Precision.BFLOAT16.scalarType()).isEqualTo(15);
        assertThat(Precision.FLOAT16.scalarType()).isEqualTo(5);
        assertThatIllegalStateException()
                .isThrownBy(Precision.AUTO::scalarType)
                .withMessageContaining("call resolve(device) first");
    }

    @Test
    void theFlagsOfACpuNameItsPrecisions() {
        assertThat(HalfHardware.ofCpu("flags : fpu avx512f avx512_vnni f16c")).isEmpty();
        assertThat(HalfHardware.ofCpu("flags : avx512_bf16 avx512_vnni")).containsExactly(Precision.BFLOAT16);
        assertThat(HalfHardware.ofCpu("flags : avx512f avx512_fp16")).containsExactly(Precision.FLOAT16);
        assertThat(HalfHardware.ofCpu("flags : amx_bf16 avx512_fp16 amx_tile"))
                .as("bfloat16 needs no care for its range")
                .containsExactly(Precision.BFLOAT16, Precision.FLOAT16);
        assertThat(HalfHardware.ofCpu("Features : fp asimd fphp asimdhp bf16"))
                .containsExactly(Precision.BFLOAT16, Precision.FLOAT16);
    }

    @Test
    void theComputeCapabilityOfAGpuNamesItsPrecisions() {
        assertThat(HalfHardware.ofCuda(61)).isEmpty();
        assertThat(HalfHardware.ofCuda(75)).containsExactly(Precision.FLOAT16);
        assertThat(HalfHardware.ofCuda(90)).containsExactly(Precision.BFLOAT16, Precision.FLOAT16);
        assertThat(HalfHardware.of(Device.of("mps", 0))).isEmpty();
    }

    @Test
    void aCandidateIsTakenOnlyIfItIsClearlyFaster() {
        // given
        List<Precision> both = List.of(Precision.BFLOAT16, Precision.FLOAT16);
        // when, then
        assertThat(chosen(both, Map.of(Precision.FLOAT32, 1.0, Precision.BFLOAT16, 0.5, Precision.FLOAT16, 0.4)))
                .isEqualTo(Precision.BFLOAT16);
        assertThat(chosen(both, Map.of(Precision.FLOAT32, 1.0, Precision.BFLOAT16, 0.9, Precision.FLOAT16, 0.5)))
                .isEqualTo(Precision.FLOAT16);
        assertThat(chosen(both, Map.of(Precision.FLOAT32, 1.0, Precision.BFLOAT16, 0.9, Precision.FLOAT16, 14.0)))
                .isEqualTo(Precision.FLOAT32);
    }

    private static Precision chosen(List<Precision> candidates, Map<Precision, Double> seconds) {
        return AutoPrecision.choose(candidates, seconds::get).precision();
    }

    @Test
    void disturbedMeasurementsChangeNothing() {
        // given: float32 takes 10 ms, bfloat16 6 ms, and most rounds are disturbed
        Deque<Double> float32 = new ArrayDeque<>(List.of(0.9, 0.02, 0.01, 0.5, 0.04, 0.01, 0.03, 0.2, 0.1, 0.02));
        Deque<Double> bfloat16 = new ArrayDeque<>(List.of(0.9, 0.3, 0.4, 0.006, 0.3, 0.2, 0.006, 0.1, 0.05, 0.03));
        // when
        AutoPrecision.Choice choice = AutoPrecision.choose(
                List.of(Precision.BFLOAT16),
                precision -> (precision == Precision.FLOAT32 ? float32 : bfloat16).removeFirst());
        // then
        assertThat(choice.precision()).isEqualTo(Precision.BFLOAT16);
        assertThat(choice.reason()).contains("BFLOAT16 takes 6.0 ms", "FLOAT32 10.0 ms: 1.67 times as fast");
    }

    @Test
    void aCandidateThatDoesNotRunIsPassedOver() {
        AutoPrecision.Choice choice = AutoPrecision.choose(List.of(Precision.FLOAT16), precision -> {
            if (precision == Precision.FLOAT16) {
                throw new EngineException("no kernel");
            }
            return 1;
        });
        assertThat(choice).isEqualTo(new AutoPrecision.Choice(Precision.FLOAT32, "FLOAT16 does not run: no kernel"));
    }

    @Test
    void measuringDrawsNoRandomNumber() {
        try (NDManager manager = NDManager.newBaseManager(CPU);
                ConvolutionBenchmark trial = ConvolutionBenchmark.tiny(CPU)) {
            // given
            Engine.getInstance().setRandomSeed(7);
            NDArray expected = manager.randomUniform(0, 1, new Shape(8));
            // when
            Engine.getInstance().setRandomSeed(7);
            for (Precision precision : List.of(Precision.FLOAT32, Precision.BFLOAT16, Precision.FLOAT16)) {
                assertThat(trial.seconds(precision)).isPositive();
            }
            // then
            assertThat(manager.randomUniform(0, 1, new Shape(8))).isEqualTo(expected);
        }
    }

    @Test
    void aPrecisionThatDoesNotRunIsRefusedWithWhatToDo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrecisionSupport.require(Precision.FLOAT16, CPU, precision -> {
                    throw new EngineException("\"slow_conv2d_cpu\" not implemented for 'Half'");
                }))
                .withMessageContaining("PyTorch cannot compute in FLOAT16 on cpu()")
                .withMessageContaining("not implemented for 'Half'")
                .withMessageContaining("Use Precision.FLOAT32, or Precision.AUTO");
    }

    @Test
    void aPrecisionThatIsEmulatedIsAllowedWithAWarning() {
        assertThat(PrecisionSupport.emulated(Precision.FLOAT16, CPU, List.of(Precision.BFLOAT16)))
                .startsWith("Precision.FLOAT16 is not native to cpu:")
                .endsWith("Use Precision.BFLOAT16, which is native, or Precision.AUTO, which measures");
        assertThat(PrecisionSupport.emulated(Precision.BFLOAT16, CPU, List.of()))
                .endsWith("Use Precision.FLOAT32 or Precision.AUTO, which measures");
    }
}
