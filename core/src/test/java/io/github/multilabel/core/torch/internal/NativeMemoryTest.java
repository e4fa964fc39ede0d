package io.github.multilabel.core.torch.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {

    @Test
    void aTerabyteAtOnceIsAShortage() {
        try (NDManager manager = TorchEngine.newManager(Device.cpu())) {
            Throwable failure = Assertions.catchThrowable(() -> manager.zeros(new Shape(1L << 20, 1L << 28)));
            assertThat(NativeMemory.shortage(new IllegalStateException("a step failed", failure)))
                    .hasValueSatisfying(words -> assertThat(words)
                            .startsWith(
                                    "there is not enough memory for PyTorch, which asked for 1125899906842624 bytes")
                            .contains("smaller batches")
                            .doesNotContain("\n"));
        }
    }

    @Test
    void otherFailuresAreNone() {
        assertThat(NativeMemory.shortage(new EngineException("shape mismatch"))).isEmpty();
        assertThat(NativeMemory.shortage(new IllegalStateException((String) null)))
                .isEmpty();
    }
}
