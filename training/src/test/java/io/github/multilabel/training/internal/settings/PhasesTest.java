package io.github.multilabel.training.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.training.internal.loop.RisingRate;
import io.github.multilabel.training.schedule.Phase;
import org.junit.jupiter.api.Test;

class PhasesTest {

    @Test
    void aShorterPhaseKeepsTheImageSizesOfItsEnd() {
        Phase phase = Phase.all(6).withProgressiveResizing(128, 160, 224);

        assertThat(Phases.shortened(phase, 4)).isEqualTo(phase.withEpochs(4));
        assertThat(Phases.shortened(phase, 2)).isEqualTo(phase.withEpochs(2).withProgressiveResizing(160, 224));
        assertThat(Phases.shortened(Phase.all(6), 2)).isEqualTo(Phase.all(2));
    }

    @Test
    void theFirstPhaseIsRehearsedWithTheRatiosOfItsRates() {
        Phase asked = Phase.from("layer3", 9)
                .withLearningRate(0.5)
                .withBackboneLearningRateFactor(0.3)
                .withLayerDecay(0.7)
                .withProgressiveResizing(128, 224);
        Phase rehearsal = Phases.rehearsal(asked, 3, new RisingRate(1e-7, 10, 100));
        assertThat(OptimisationSettings.text(rehearsal))
                .isEqualTo("3 epochs, training heads and backbone from 'layer3', rate 1.0, of the backbone 0.3, stage"
                        + " decay 0.7, image sizes [128]");
        assertThat(Phases.rate(rehearsal, 0, 300)).isEqualTo(1e-7);
        assertThat(Phases.rate(rehearsal, 99, 300)).isCloseTo(10, within(1e-9));
    }
}
