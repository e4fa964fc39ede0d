package io.github.multilabel.training.internal.settings;

import ai.djl.Device;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.training.optimizer.OptimizerSettings;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import io.github.multilabel.training.schedule.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The way the weights move.
 *
 * @param phases one after the other, without an empty component
 * @param optimizer with its constants
 * @param gradientClipNorm the greatest norm of the gradient
 * @param gradientAccumulation the number of batches of a step
 * @param emaDecay of the moving average of the weights, if there is one
 * @param precision of the convolutions
 * @param device of the weights
 * @param featureCache whether the features of a frozen backbone are computed once
 * @param seed of all random numbers
 */
public record OptimisationSettings(
        List<Phase> phases,
        OptimizerSettings optimizer,
        double gradientClipNorm,
        int gradientAccumulation,
        OptionalDouble emaDecay,
        Precision precision,
        Device device,
        boolean featureCache,
        long seed) {

    /** The key of {@link #featureCache}. */
    public static final String FEATURE_CACHE = "feature cache";

    /** The key of {@link #precision}. */
    public static final String PRECISION = "precision";

    /** Copies the list. */
    public OptimisationSettings {
        phases = List.copyOf(phases);
    }

    /** More epochs are welcome on resume, so phases, and with them rates and schedules, may change. */
    Fingerprint fingerprint() {
        return Fingerprint.nothing()
                .compared("seed", seed, "optSeed")
                .compared("optimizer", optimizer, "optOptimizer")
                .compared("average decay", text(emaDecay), "optEmaDecay")
                .compared("batches per step", gradientAccumulation, "optGradientAccumulation")
                .free("phases", phases.stream().map(OptimisationSettings::text).toList())
                .free(
                        "schedules",
                        phases.stream()
                                .map(phase -> phase.schedule()
                                        .map(LearningRateSchedule::describe)
                                        .orElse("none"))
                                .toList(),
                        "optSchedule")
                .free(PRECISION, text(precision), "optPrecision")
                .free("gradient limit", gradientClipNorm, "optGradientClipNorm")
                .rounding("device", device)
                .free(FEATURE_CACHE, featureCache);
    }

    /** The text of a phase without its schedule, which has a key of its own because it came later. */
    static String text(Phase phase) {
        return phase + ", rate " + phase.learningRate().orElse(null) + ", of the backbone "
                + phase.backboneLearningRateFactor().orElse(null) + ", stage decay "
                + phase.layerDecay().orElse(null) + ", image sizes " + phase.imageSizes();
    }

    static String text(OptionalDouble number) {
        return number.isPresent() ? "OptionalDouble[" + number.getAsDouble() + "]" : "OptionalDouble.empty";
    }

    static String text(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> "FLOAT32";
            case BFLOAT16 -> "BFLOAT16";
            case FLOAT16 -> "FLOAT16";
            case AUTO -> "AUTO";
        };
    }

    /**
     * The precision that a checkpoint has under {@link #PRECISION}.
     *
     * @throws IllegalArgumentException if there is none of that text
     */
    public static Precision precision(String text) {
        return Arrays.stream(Precision.values())
                .filter(precision -> text(precision).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("precision '" + text + "' is not known"));
    }

    /** The number of epochs of all phases. */
    public int epochs() {
        return phases.stream().mapToInt(Phase::epochs).sum();
    }

    OptimisationSettings with(List<Phase> others, boolean cached) {
        return new OptimisationSettings(
                others, optimizer, gradientClipNorm, gradientAccumulation, emaDecay, precision, device, cached, seed);
    }

    /** The same for the first phase alone, at other rates and without averaged weights. */
    OptimisationSettings rehearsing(int epochs, LearningRateSchedule rates) {
        return new OptimisationSettings(
                List.of(Phases.rehearsal(phases.get(0), epochs, rates)),
                optimizer,
                gradientClipNorm,
                gradientAccumulation,
                OptionalDouble.empty(),
                precision,
                device,
                featureCache,
                seed);
    }
}
