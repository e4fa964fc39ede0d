package io.github.multilabel.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.image.Preprocessing;
import org.junit.jupiter.api.Test;

class DataPassTest {

    @Test
    void anEvaluationIsAlwaysTheSamePass() {
        Preprocessing preprocessing = Preprocessing.imageNet(32);
        assertThat(DataPass.evaluation(preprocessing)).isEqualTo(DataPass.evaluation(preprocessing));
        assertThat(DataPass.evaluation(preprocessing).training()).isFalse();
        assertThat(DataPass.training(preprocessing, 1, 2)).isNotEqualTo(DataPass.training(preprocessing, 1, 3));
    }

    @Test
    void aPassNeedsAPreprocessing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataPass.evaluation(null))
                .withMessageContainingAll("preprocessing", "Preprocessing.imageNet(224)");
    }

    @Test
    void aSingleImageThatIsLeftOfSeveralMakesNoBatchInTraining() {
        DataPass training = DataPass.training(Preprocessing.imageNet(32), 1, 2);
        assertThat(training.isBatch(1, 8)).isFalse();
        assertThat(training.isBatch(2, 8)).isTrue();
        assertThat(training.isBatch(1, 1)).as("as planned").isTrue();
        assertThat(training.isBatch(0, 1)).isFalse();
    }

    @Test
    void aSingleImageCanBeEvaluated() {
        DataPass evaluation = DataPass.evaluation(Preprocessing.imageNet(32));
        assertThat(evaluation.isBatch(1, 8)).isTrue();
        assertThat(evaluation.isBatch(0, 8)).isFalse();
    }

    @Test
    void theRestOfAPassIsTheSamePassFromALaterBatch() {
        DataPass pass = DataPass.training(Preprocessing.imageNet(32), 1, 2);
        assertThat(pass.from(3).firstBatch()).isEqualTo(3);
        assertThat(pass.from(3).from(0)).isEqualTo(pass);
        assertThatIllegalArgumentException().isThrownBy(() -> pass.from(-1)).withMessage("first batch -1: at least 0");
    }
}
