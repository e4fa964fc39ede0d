package io.github.multilabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.onnx.engine.OnnxEngine;
import io.github.multilabel.onnx.engine.OnnxSession;
import io.github.multilabel.onnx.engine.OrtEngine;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which of several candidates is taken, by a clock that each call advances. */
class FastestEngineTest {

    private final AtomicLong clock = new AtomicLong();

    /** Answers with one number. */
    private final class Session implements OnnxSession {

        private final long nanos;
        private final float answer;
        private boolean closed;

        Session(long nanos, float answer) {
            this.nanos = nanos;
            this.answer = answer;
        }

        @Override
        public float[][] run(ByteBuffer images, long... shape) {
            clock.addAndGet(nanos);
            return new float[][] {{answer}};
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private Session chosen(Session inFloat32, Session inInt8) {
        OnnxEngine engine = new OrtEngine();
        return (Session) new FastestEngine(clock::get)
                .choose(
                        List.of(
                                new FastestEngine.Candidate(engine, inFloat32, false),
                                new FastestEngine.Candidate(engine, inInt8, true)),
                        OnnxInput.UINT8,
                        TestModels.PREPROCESSING)
                .session();
    }

    @Test
    void int8IsTakenWhereItIsFaster() {
        Session inFloat32 = new Session(20, 1);
        Session inInt8 = new Session(10, 0.9f);

        assertThat(chosen(inFloat32, inInt8)).isSameAs(inInt8);
        assertThat(inFloat32.closed).isTrue();
        assertThat(inInt8.closed).isFalse();
    }

    @Test
    void float32IsTakenWhereInt8DoesNotPay() {
        Session inFloat32 = new Session(10, 1);

        assertThat(chosen(inFloat32, new Session(20, 0.9f))).isSameAs(inFloat32);
    }

    @Test
    void int8ThatIsBrokenOnThisMachineIsLeftOut() {
        Session inFloat32 = new Session(20, 1);

        assertThat(chosen(inFloat32, new Session(10, -1))).isSameAs(inFloat32);
    }
}
