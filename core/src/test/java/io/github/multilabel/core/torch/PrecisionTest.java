package io.github.multilabel.core.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.Device;
import org.junit.jupiter.api.Test;

class PrecisionTest {

    @Test
    void whatIsAskedForIsKept() {
        assertThat(Precision.FLOAT32.resolve(Device.cpu())).isEqualTo(Precision.FLOAT32);
        assertThat(Precision.BFLOAT16.resolve(Device.cpu())).isEqualTo(Precision.BFLOAT16);
    }

    @Test
    void autoBecomesATypeThatProgramsCanName() {
        Precision resolved = Precision.AUTO.resolve(Device.cpu());
        assertThat(resolved).isIn(Precision.FLOAT32, Precision.BFLOAT16);
        assertThat(Precision.FLOAT32.scalarType()).isEqualTo(6);
        assertThat(Precision.BFLOAT16.scalarType()).isEqualTo(15);
        assertThatIllegalStateException()
                .isThrownBy(Precision.AUTO::scalarType)
                .withMessageContaining("call resolve(device) first");
    }
}
