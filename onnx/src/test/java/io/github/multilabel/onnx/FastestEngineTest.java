package io.github.multilabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.model.internal.calls.PixelProgram;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which of several candidates is taken, by a clock that each call advances. */
class FastestEngineTest {

    private final AtomicLong clock = new AtomicLong();

    /** Answers with one number. */
    private final class Program implements PixelProgram {

        private final long nanos;
        private final float answer;
        private boolean isClosed;

        Program(long nanos, float answer) {
            this.nanos = nanos;
            this.answer = answer;
        }

        @Override
        public float[][] run(List<Pixels> images) {
            if (isClosed) {
                throw new IllegalStateException("closed");
            }
            clock.addAndGet(nanos);
            return new float[][] {{answer}};
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private FastestEngine.Choice choice(Program inFloat32, Program inInt8) {
        return new FastestEngine(clock::get)
                .choose(
                        List.of(
                                new FastestEngine.Candidate("float", false, inFloat32),
                                new FastestEngine.Candidate("bytes", true, inInt8)),
                        TestModels.PREPROCESSING.size());
    }

    private PixelProgram chosen(Program inFloat32, Program inInt8) {
        return choice(inFloat32, inInt8).taken().program();
    }

    @Test
    void int8IsTakenWhereItIsFaster() {
        Program inFloat32 = new Program(20, 1);
        Program inInt8 = new Program(10, 0.9f);

        assertThat(chosen(inFloat32, inInt8)).isSameAs(inInt8);
        assertThat(inFloat32.isClosed).isTrue();
        assertThat(inInt8.isClosed).isFalse();
    }

    @Test
    void float32IsTakenWhereInt8DoesNotPay() {
        Program inFloat32 = new Program(10, 1);

        assertThat(chosen(inFloat32, new Program(20, 0.9f))).isSameAs(inFloat32);
    }

    @Test
    void int8ThatIsBrokenOnThisMachineIsLeftOut() {
        Program inFloat32 = new Program(20, 1);

        assertThat(chosen(inFloat32, new Program(10, -1))).isSameAs(inFloat32);
    }

    @Test
    void whatWasMeasuredIsTold() {
        assertThat(choice(new Program(20_000_000, 1), new Program(10_000_000, -1))
                        .measured())
                .extracting(EngineSpeed::toString)
                .containsExactly(
                        "float 20.00", "bytes in int8 10.00 (left out: its answers differ by 2.0 of the largest)");
    }

    @Test
    void ifOneFailsAllAreClosed() {
        Program inFloat32 = new Program(20, 1);
        Program broken = new Program(10, 1);
        broken.close();

        assertThatIllegalStateException().isThrownBy(() -> choice(inFloat32, broken));
        assertThat(inFloat32.isClosed).isTrue();
    }
}
