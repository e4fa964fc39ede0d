package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.ForwardingDataset;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.testsupport.StandardError;
import io.github.multilabel.training.event.EpochReport;
import io.github.multilabel.training.event.StopReason;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.event.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By a clock that only batches move: one takes 5 seconds; an epoch has 10 of training and 2 of validation. */
class TimeLimitTest {

    private static final double RATE = 0.02;

    @TempDir
    private Path folder;

    private final List<TrainingEvent> events = new ArrayList<>();
    private MultiLabelDataset train;
    private MultiLabelDataset validation;
    private double seconds = 12_345;
    private double slowness = 1;
    private Runnable onBatch = () -> {};

    @BeforeEach
    void makeData() throws IOException {
        train = new Slow(Toy.data(Toy.HEADS, 40, 4), false);
        validation = new Slow(Toy.data(Toy.HEADS, 16, 8), false);
    }

    @AfterEach
    void closeData() {
        train.close();
        validation.close();
    }

    /** Data whose batches move the clock. */
    private final class Slow extends ForwardingDataset {

        private final boolean isFixed;

        Slow(MultiLabelDataset data, boolean isFixed) {
            super(data);
            this.isFixed = isFixed;
        }

        @Override
        public Optional<List<int[]>> fixedBatches(DataPass pass) {
            return isFixed ? super.fixedBatches(pass) : Optional.empty();
        }

        @Override
        public Batches batches(NDManager manager, DataPass pass) throws IOException {
            return new WatchedBatches(super.batches(manager, pass), batch -> {
                seconds += slowness * 5;
                onBatch.run();
            });
        }
    }

    private MultiLabelTrainerBuilder trainer(int epochs) {
        return Toy.trainer(Toy.HEADS).optEpochs(epochs).optLearningRate(RATE).addListener(events::add);
    }

    private MultiLabelTrainerBuilder limited(int epochs, int limit) {
        return trainer(epochs).optTimeLimit(Duration.ofSeconds(limit)).withClock(() -> (long) (seconds * 1e9));
    }

    private TrainingResult fit(MultiLabelTrainerBuilder builder) throws IOException {
        events.clear();
        try (MultiLabelTrainer trainer = builder.build()) {
            return trainer.fit(train, validation);
        }
    }

    private long steps() {
        return events.stream().filter(TrainingEvent.StepDone.class::isInstance).count();
    }

    private List<TrainingEvent.TimePlanned> planned() {
        return events.stream()
                .filter(TrainingEvent.TimePlanned.class::isInstance)
                .map(TrainingEvent.TimePlanned.class::cast)
                .toList();
    }

    private void afterEpoch(MultiLabelTrainerBuilder builder, int epoch, Runnable what) {
        builder.addListener(event -> {
            if (event instanceof TrainingEvent.EpochDone done && done.report().epoch() == epoch) {
                what.run();
            }
        });
    }

    @Test
    void asManyEpochsAreLaidOutAsThereIsTimeForAndGiveWhatSoManyGiveWithoutALimit() throws IOException {
        double start = seconds;
        try (MultiLabelTrainer limited = limited(20, 400).build();
                MultiLabelTrainer five = trainer(5).build()) {
            TrainingResult result = limited.fit(train, validation);

            assertThat(seconds - start).isLessThanOrEqualTo(400);
            assertThat(result.history()).hasSize(5); // 35 for the rehearsal, 60 an epoch, 10 to evaluate afterwards
            assertThat(result.stopReason()).isEqualTo(StopReason.COMPLETED);
            assertThat(events.get(0)).isInstanceOf(TrainingEvent.TimePlanned.class);
            assertThat(((TrainingEvent.Started) events.get(1)).epochs()).isEqualTo(5);
            TrainingResult same = five.fit(train, validation);
            assertThat(result.history())
                    .extracting(EpochReport::learningRate)
                    .isEqualTo(same.history().stream()
                            .map(EpochReport::learningRate)
                            .toList());
            assertThat(Toy.weights(limited)).usingRecursiveComparison().isEqualTo(Toy.weights(five));
        }
    }

    @Test
    void aLimitNeverAddsEpochsAndIsHardlyMeasuredWhereAllOfThemFit() throws IOException {
        double start = seconds;
        assertThat(fit(limited(3, 10_000)).history()).hasSize(3);
        assertThat(steps()).isEqualTo(30);
        assertThat(seconds - start)
                .as("of which the training takes 180, and 10 to calibrate it")
                .isLessThanOrEqualTo(215);
    }

    @Test
    void aMachineThatBecomesSlowerEndsEpochsEarlyAndAtTheLowestRate() throws IOException {
        double start = seconds;
        MultiLabelTrainerBuilder builder = limited(20, 400);
        afterEpoch(builder, 2, () -> slowness = 2);

        TrainingResult result = fit(builder);

        assertThat(seconds - start).isLessThanOrEqualTo(400);
        assertThat(result.history()).hasSize(5);
        assertThat(result.stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(steps()).isBetween(34L, 45L);
        assertThat(result.last().learningRate()).isLessThan(0.05 * RATE);
        assertThat(planned()).extracting(TrainingEvent.TimePlanned::isWhole).containsExactly(true, false);
        assertThat(planned().get(1).text()).contains("took longer than was measured");
    }

    @Test
    void epochsOfOneStepCannotEndEarlySoThereAreFewerAndThatIsTold() throws IOException {
        double start = seconds;
        try (MultiLabelDataset one = new Slow(Toy.data(Toy.HEADS, 4, 4), false);
                MultiLabelTrainer trainer = slowerAfterTwo(limited(20, 200)).build()) {
            TrainingResult result = trainer.fit(one, validation);

            assertThat(seconds - start).isLessThanOrEqualTo(200);
            assertThat(result.stopReason()).isEqualTo(StopReason.TIME_LIMIT);
            int laidOut = planned().get(0).phases().get(0).epochs();
            assertThat(result.history()).hasSizeBetween(3, laidOut - 1);
            assertThat(planned().get(1).isWhole()).isFalse();
            assertThat(planned().get(1).text()).contains("of " + laidOut + " epochs", "cannot be repeated");
        }
    }

    private MultiLabelTrainerBuilder slowerAfterTwo(MultiLabelTrainerBuilder builder) {
        afterEpoch(builder, 2, () -> slowness = 2);
        return builder;
    }

    @Test
    void aTrainingThatIsStoppedWhileItMeasuresChoosesWhenItGoesOn() throws IOException {
        CheckpointOptions checkpoints = CheckpointOptions.in(folder);
        try (MultiLabelTrainer trainer =
                limited(20, 400).optCheckpoints(checkpoints).build()) {
            onBatch = trainer::stop;
            assertThat(trainer.fit(train, validation).stopReason()).isEqualTo(StopReason.STOPPED);
        }
        onBatch = () -> {};
        List<TrainingResult> result = new ArrayList<>();

        String log = StandardError.during(() -> result.add(fit(limited(20, 400).optCheckpoints(checkpoints.resume()))));

        assertThat(result.get(0).stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.get(0).history()).hasSize(5);
        assertThat(log).as("nothing was learned").doesNotContain("from here on the numbers");
    }

    @Test
    void aShorterLimitOfATrainingThatGoesOnEndsTheEpochsEarlyThatWereLaidOut() throws IOException {
        CheckpointOptions checkpoints = CheckpointOptions.in(folder);
        stopAt(17, limited(20, 800).optCheckpoints(checkpoints));

        TrainingResult result = fit(limited(20, 400).optCheckpoints(checkpoints.resume()));

        assertThat(result.history()).hasSize(11);
        assertThat(result.last().learningRate()).isLessThan(0.05 * RATE);
        assertThat(planned()).hasSize(1);
        assertThat(planned().get(0).isWhole()).isFalse();
        assertThat(planned().get(0).text()).contains("goes on as it was laid out", "too short");
    }

    @Test
    void aTrainingWithoutALimitKeepsItsEpochsWhenItGoesOnWithOne() throws IOException {
        CheckpointOptions checkpoints = CheckpointOptions.in(folder);
        stopAt(17, trainer(6).optCheckpoints(checkpoints));

        assertThat(fit(limited(6, 200).optCheckpoints(checkpoints.resume())).history())
                .hasSize(6);
        assertThat(planned()).extracting(TrainingEvent.TimePlanned::isWhole).containsExactly(false);
    }

    private void stopAt(int step, MultiLabelTrainerBuilder builder) throws IOException {
        List<MultiLabelTrainer> running = new ArrayList<>();
        builder.addListener(event -> {
            if (event instanceof TrainingEvent.StepDone done && done.step() == step) {
                running.get(0).stop();
            }
        });
        try (MultiLabelTrainer trainer = builder.build()) {
            running.add(trainer);
            assertThat(trainer.fit(train, validation).stopReason()).isEqualTo(StopReason.STOPPED);
        }
    }

    @Test
    void aLatePauseEndsTheTrainingWithTheBestEpochSoFarAndMoreTimeGoesOn() throws IOException {
        CheckpointOptions checkpoints = CheckpointOptions.in(folder);
        MultiLabelTrainerBuilder builder = limited(20, 400).optCheckpoints(checkpoints);
        afterEpoch(builder, 2, () -> seconds += 225);

        TrainingResult result = fit(builder);

        assertThat(result.stopReason()).isEqualTo(StopReason.TIME_LIMIT);
        assertThat(result.history()).as("the third had begun, and has one step").hasSize(3);
        int done = result.history().size();
        TrainingResult again = fit(limited(20, 400).optCheckpoints(checkpoints.resume()));
        assertThat(again.stopReason()).isEqualTo(StopReason.TIME_LIMIT);
        assertThat(again.history()).as("the time that was spent counts").hasSize(done);
        TrainingResult longer = fit(limited(20, 800).optCheckpoints(checkpoints.resume()));
        assertThat(longer.stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(longer.history()).as("what it chose stays").hasSize(5);
    }

    @Test
    void aTrainingThatIsResumedKeepsWhatItChoseAndEndsAsIfItHadNotBeenInterrupted() throws IOException {
        CheckpointOptions checkpoints = CheckpointOptions.in(folder);
        stopAt(17, limited(20, 400).optCheckpoints(checkpoints));
        seconds = 77; // another process, another clock
        try (MultiLabelTrainer resumed =
                        limited(20, 400).optCheckpoints(checkpoints.resume()).build();
                MultiLabelTrainer five = trainer(5).build()) {
            assertThat(resumed.fit(train, validation).history()).hasSize(5);
            five.fit(train, validation);
            assertThat(Toy.weights(resumed)).usingRecursiveComparison().isEqualTo(Toy.weights(five));
        }
    }

    @Test
    void aTrainingThatBeganWithoutALimitKeepsItsEpochsAndSaysForHowManyThereIsTime() throws IOException {
        CheckpointOptions checkpoints = CheckpointOptions.in(folder);
        fit(trainer(1).optCheckpoints(checkpoints));

        TrainingResult result = fit(limited(5, 200).optCheckpoints(checkpoints.resume()));

        assertThat(((TrainingEvent.TimePlanned) events.get(0)).text())
                .contains("keeps its 5 epochs", "; 1 is done, and there is time for about 2 more");
        assertThat(result.history()).hasSizeBetween(3, 5);
    }

    @Test
    void whereThereIsNoTimeForAnEpochOfEachPhaseEachEndsEarly() throws IOException {
        double start = seconds;

        TrainingResult result = fit(limited(10, 130).optFreezeEpochs(2));

        assertThat(seconds - start).isLessThanOrEqualTo(130);
        assertThat(result.history()).hasSize(2);
        assertThat(steps()).isBetween(2L, 19L);
        assertThat(((TrainingEvent.TimePlanned) events.get(0)).isWhole()).isFalse();
    }

    @Test
    void epochsOverKeptFeaturesCostNoTime() throws IOException {
        double start = seconds;
        try (MultiLabelDataset fixed = new Slow(Toy.data(Toy.HEADS, 40, 4), true);
                MultiLabelTrainer trainer = limited(8, 300).optFreezeEpochs(6).build()) {
            assertThat(trainer.fit(fixed, validation).history()).hasSize(8); // without, 480 would be needed
            assertThat(seconds - start).isLessThanOrEqualTo(300);
        }
    }

    @Test
    void aLimitIsAboveZero() {
        assertThatThrownBy(() -> trainer(1).optTimeLimit(Duration.ZERO).build())
                .hasMessageContaining("optTimeLimit")
                .hasMessageContaining("above 0");
        assertThatThrownBy(() -> trainer(1).optTimeLimit(null).build()).hasMessageContaining("optTimeLimit");
    }
}
