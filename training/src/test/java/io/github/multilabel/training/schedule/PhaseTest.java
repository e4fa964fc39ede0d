package io.github.multilabel.training.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhaseTest {

    @Test
    void aPhaseSaysWhatLearnsAndForHowLong() {
        assertThat(Phase.heads(1)).hasToString("1 epoch, training heads only");
        assertThat(Phase.from("layer3", 2)).hasToString("2 epochs, training heads and backbone from 'layer3'");
        assertThat(Phase.all(3)).hasToString("3 epochs, training everything");
    }

    @Test
    void eachSettingChangesItselfAlone() {
        Phase plain = Phase.from("layer3", 2);
        LearningRateSchedule linear = LearningRateSchedule.linear();

        assertThat(plain.withEpochs(5).epochs()).isEqualTo(5);
        assertThat(plain.withLearningRate(0.1).learningRate()).hasValue(0.1);
        assertThat(plain.withSchedule(linear).schedule()).hasValue(linear);
        assertThat(plain.withBackboneLearningRateFactor(0.2).backboneLearningRateFactor())
                .hasValue(0.2);
        assertThat(plain.withLayerDecay(0.8).layerDecay()).hasValue(0.8);
        assertThat(plain.withProgressiveResizing(64, 96).imageSizes()).containsExactly(64, 96);
        assertThat(plain.withLearningRate(0.1).withLayerDecay(0.8).withEpochs(2))
                .isEqualTo(plain.withLayerDecay(0.8).withLearningRate(0.1));
    }
}
