package io.github.multilabel.training.internal.loop;

import io.github.multilabel.training.schedule.LearningRateSchedule;
import io.github.multilabel.training.schedule.Phase;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/** What the loop makes of the phases that a user asked for. */
public final class Phases {

    private Phases() {}

    /** A phase, and what it does not say as another says it. */
    public static Phase complete(Phase phase, Phase defaults) {
        Phase complete = phase;
        complete = orElse(complete, phase.learningRate(), defaults.learningRate(), Phase::withLearningRate);
        complete = orElse(complete, phase.schedule(), defaults.schedule(), Phase::withSchedule);
        complete = orElse(
                complete,
                phase.backboneLearningRateFactor(),
                defaults.backboneLearningRateFactor(),
                Phase::withBackboneLearningRateFactor);
        complete = orElse(complete, phase.layerDecay(), defaults.layerDecay(), Phase::withLayerDecay);
        return phase.imageSizes().isEmpty() ? withProgressiveResizing(complete, defaults.imageSizes()) : complete;
    }

    private static <T> Phase orElse(
            Phase phase, Optional<T> said, Optional<T> otherwise, BiFunction<Phase, T, Phase> with) {
        return said.isPresent() || otherwise.isEmpty() ? phase : with.apply(phase, otherwise.get());
    }

    private static Phase withProgressiveResizing(Phase phase, List<Integer> sizes) {
        return phase.withProgressiveResizing(
                sizes.stream().mapToInt(Integer::intValue).toArray());
    }

    /**
     * The first epoch of a phase again and again, on its way through other learning rates.
     *
     * @param epochs how often
     * @param rates gives the learning rate itself
     */
    static Phase rehearsal(Phase phase, int epochs, LearningRateSchedule rates) {
        Phase same =
                switch (phase.part()) {
                    case HEADS -> Phase.heads(epochs);
                    case LAST_STAGES -> Phase.from(phase.firstStage().orElseThrow(), epochs);
                    case ALL -> Phase.all(epochs);
                };
        List<Integer> firstSize = phase.imageSizes().stream().limit(1).toList();
        return complete(withProgressiveResizing(same.withLearningRate(1).withSchedule(rates), firstSize), phase);
    }

    /**
     * The learning rate of a step.
     *
     * @param phase that says everything
     * @param step of this phase, from 0
     * @param steps the steps of this phase
     */
    static double rate(Phase phase, long step, long steps) {
        double factor = phase.schedule().orElseThrow().factor(step, steps, phase.epochs());
        if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the schedule gave the factor %s after %.2f of %d epochs; a finite number of at least 0 is needed",
                    factor,
                    (double) step / steps * phase.epochs(),
                    phase.epochs()));
        }
        return phase.learningRate().orElseThrow() * factor;
    }

    /**
     * The height and width of the training images in an epoch.
     *
     * @param epoch of this phase, from 0
     * @param otherwise if it names no sizes
     */
    static int imageSize(Phase phase, int epoch, int otherwise) {
        List<Integer> sizes = phase.imageSizes();
        return sizes.isEmpty() ? otherwise : sizes.get(epoch * sizes.size() / phase.epochs());
    }
}
