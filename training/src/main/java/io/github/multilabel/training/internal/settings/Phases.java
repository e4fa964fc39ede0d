package io.github.multilabel.training.internal.settings;

import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import io.github.multilabel.training.schedule.Phase;
import java.util.List;
import java.util.Locale;

/** Phases whose empty components are filled, and the rate and image size at a place in them. */
public final class Phases {

    private Phases() {}

    /** A phase whose empty components are those of another. */
    public static Phase complete(Phase phase, Phase defaults) {
        return new Phase(
                phase.epochs(),
                phase.part(),
                phase.firstStage(),
                phase.learningRate().or(defaults::learningRate),
                phase.schedule().or(defaults::schedule),
                phase.backboneLearningRateFactor().or(defaults::backboneLearningRateFactor),
                phase.layerDecay().or(defaults::layerDecay),
                phase.imageSizes().isEmpty() ? defaults.imageSizes() : phase.imageSizes());
    }

    /** The first epoch of a phase again and again, at the learning rates that a schedule gives. */
    static Phase rehearsal(Phase phase, int epochs, LearningRateSchedule rates) {
        List<Integer> firstSize = phase.imageSizes().stream().limit(1).toList();
        return phase.withEpochs(epochs)
                .withLearningRate(1)
                .withSchedule(rates)
                .withProgressiveResizing(
                        firstSize.stream().mapToInt(Integer::intValue).toArray());
    }

    /** A phase of fewer epochs; of its image sizes, those at its end stay. */
    public static Phase shortened(Phase phase, int epochs) {
        int sizes = phase.imageSizes().size();
        return phase.withEpochs(epochs)
                .withProgressiveResizing(phase.imageSizes().subList(Math.max(0, sizes - epochs), sizes).stream()
                        .mapToInt(Integer::intValue)
                        .toArray());
    }

    /**
     * The learning rate of a step.
     *
     * @param phase without an empty component
     * @param step of this phase, from 0
     * @param steps the steps of this phase
     */
    public static double rate(Phase phase, long step, long steps) {
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
     * The size of the training images in an epoch, of the shape of the model's.
     *
     * @param epoch of this phase, from 0
     * @param usual if the phase names no sizes, which are those of the shorter side
     */
    public static ImageSize imageSize(Phase phase, int epoch, ImageSize usual) {
        List<Integer> sizes = phase.imageSizes();
        return sizes.isEmpty() ? usual : usual.withShorterSide(sizes.get(epoch * sizes.size() / phase.epochs()));
    }
}
