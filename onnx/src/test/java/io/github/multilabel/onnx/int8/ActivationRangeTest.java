package io.github.multilabel.onnx.int8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ActivationRangeTest {

    /** 255 steps from -1 to 3 are 4 / 255 wide; 1 is 63.75 of them. */
    @Test
    void stepsAndZeroAreComputedAsByHand() {
        ActivationRange range = new ActivationRange(-1, 3);

        assertThat(range.scale()).isEqualTo(4f / 255);
        assertThat(range.zeroPoint()).isEqualTo(64);
        assertThat(range.kept(0)).isZero();
        assertThat(range.kept(1)).isEqualTo(64 * 4f / 255, within(1e-6f));
        assertThat(range.kept(100)).isEqualTo((255 - 64) * 4f / 255, within(1e-6f));
        assertThat(range.kept(-100)).isEqualTo(-64 * 4f / 255, within(1e-6f));
    }

    @Test
    void whatIsNeverNegativeHasItsZeroAtTheEndSoThatNothingBelowIsKept() {
        ActivationRange range = new ActivationRange(0.5f, 6);

        assertThat(range.min()).isZero();
        assertThat(range.zeroPoint()).isZero();
        assertThat(range.kept(-2)).isZero();
        assertThat(range.kept(6.5f)).isEqualTo(6, within(1e-6f));
    }

    @Test
    void zeroAloneIsARange() {
        ActivationRange range = new ActivationRange(0, 0);

        assertThat(range.scale()).isEqualTo(1);
        assertThat(range.kept(0)).isZero();
    }
}
