package io.github.multilabel.training.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.testsupport.Golden;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LearningRateScheduleTest {

    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of("oneCycle", LearningRateSchedule.oneCycle(), 4),
                Arguments.of("oneCycleQuarter", LearningRateSchedule.oneCycle(0.25, 10, 100), 1),
                Arguments.of("multiStep", LearningRateSchedule.step(0.1, 2, 5), 8),
                Arguments.of("linear", LearningRateSchedule.linear(), 3),
                Arguments.of("polynomial", LearningRateSchedule.polynomial(0.9), 2));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void everyStepIsPyTorchs(String name, LearningRateSchedule schedule, int epochs) {
        double[] expected = Golden.read("schedules.json").numbers(name);
        double[] factors = IntStream.range(0, expected.length)
                .mapToDouble(step -> schedule.factor(step, expected.length, epochs))
                .toArray();
        assertThat(factors).containsExactly(expected, within(1e-12));
    }

    @Test
    void oneCycleIsAlsoKnownByEpoch() {
        LearningRateSchedule schedule = LearningRateSchedule.oneCycle(0.25, 25, 1e4);
        assertThat(schedule.factor(0, 8)).isCloseTo(1.0 / 25, within(1e-12));
        assertThat(schedule.factor(1, 8)).isCloseTo((1 + 1.0 / 25) / 2, within(1e-12));
        assertThat(schedule.factor(2, 8)).isEqualTo(1);
        assertThat(schedule.factor(7.999999, 8)).isCloseTo(4e-6, within(1e-9));
    }

    @Test
    void theShortestTrainingsHaveARateToo() {
        for (int steps = 1; steps <= 5; steps++) {
            for (int step = 0; step < steps; step++) {
                assertThat(LearningRateSchedule.oneCycle().factor(step, steps, 1))
                        .as("step %d of %d", step, steps)
                        .isGreaterThan(0)
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void aScheduleByEpochIsAskedForTheFractionOfTheEpoch() {
        LearningRateSchedule halves = (epoch, epochs) -> epoch < 1.5 ? 1 : 0.5;
        assertThat(IntStream.range(0, 8)
                        .mapToDouble(step -> halves.factor(step, 8, 4))
                        .toArray())
                .containsExactly(1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5);
    }

    @Test
    void theStandardCosineHasAShortWarmUp() {
        assertThat(LearningRateSchedule.cosine().describe())
                .isEqualTo(LearningRateSchedule.cosine(0.05).describe());
    }

    @Test
    void theCosineRisesInALineFromAHundredthAndFallsInHalfAWave() {
        LearningRateSchedule schedule = LearningRateSchedule.cosine(0.2);
        assertThat(schedule.factor(0, 10)).as("first step").isCloseTo(0.01 / 1.01, within(1e-15));
        assertThat(schedule.factor(1, 10)).as("half of the rise").isCloseTo(0.51 / 1.01, within(1e-15));
        assertThat(schedule.factor(2, 10)).as("peak").isEqualTo(1);
        assertThat(schedule.factor(4, 10)).as("a quarter of the fall").isCloseTo(0.853553390593, within(1e-12));
        assertThat(schedule.factor(6, 10)).as("half of the fall").isCloseTo(0.5, within(1e-15));
        assertThat(schedule.factor(10, 10)).as("end").isCloseTo(0, within(1e-15));
    }

    @Test
    void aCosineWithoutWarmUpStartsAtItsPeak() {
        assertThat(LearningRateSchedule.cosine(0).factor(0, 10)).isEqualTo(1);
    }

    @Test
    void theConstantScheduleLeavesTheRateAsItIs() {
        assertThat(LearningRateSchedule.constant().factor(7, 10, 3)).isEqualTo(1);
    }

    @Test
    void aWarmUpInStepsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LearningRateSchedule.cosine(100))
                .withMessage("warm-up 100.0 is outside [0, 1): it is a fraction of the training, not a number of steps,"
                        + " for example 0.05");
    }

    @Test
    void valuesOutsideTheirRangeAreRefused() {
        List<Runnable> wrong = List.of(
                () -> LearningRateSchedule.cosine(1),
                () -> LearningRateSchedule.cosine(Double.NaN),
                () -> LearningRateSchedule.step(0, 1),
                () -> LearningRateSchedule.step(Double.POSITIVE_INFINITY, 1),
                () -> LearningRateSchedule.step(0.1, 5, 5),
                () -> LearningRateSchedule.step(0.1, -1),
                () -> LearningRateSchedule.polynomial(0),
                () -> LearningRateSchedule.polynomial(Double.POSITIVE_INFINITY),
                () -> LearningRateSchedule.oneCycle(0, 25, 1e4),
                () -> LearningRateSchedule.oneCycle(1, 25, 1e4),
                () -> LearningRateSchedule.oneCycle(0.3, 0.5, 1e4),
                () -> LearningRateSchedule.oneCycle(0.3, 25, 0.5),
                () -> LearningRateSchedule.oneCycle(0.3, Double.NaN, 1e4),
                () -> LearningRateSchedule.oneCycle(0.3, 25, Double.POSITIVE_INFINITY));
        wrong.forEach(call -> assertThatIllegalArgumentException().isThrownBy(call::run));
    }

    @Test
    void theEndsOfTheirRangesAreAccepted() {
        assertThat(LearningRateSchedule.step(0.1, 0, 1).factor(0, 4)).isEqualTo(0.1);
        assertThat(LearningRateSchedule.oneCycle(0.3, 1, 1).factor(0, 10)).isEqualTo(1);
        assertThat(LearningRateSchedule.oneCycle(0.3, 1, 1).factor(10, 10)).isEqualTo(1);
    }

    @Test
    void checkpointsKnowAScheduleByItsText() {
        LearningRateSchedule own = (epoch, epochs) -> 1;
        assertThat(own.describe()).isEqualTo("a schedule of your own");
        assertThat(LearningRateSchedule.oneCycle(0.3, 25, 4).describe())
                .isEqualTo("one cycle with a warm-up of 0.3 from 0.04 to 0.01");
    }
}
