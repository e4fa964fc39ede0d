package io.github.multilabel.training.schedule;

import io.github.multilabel.training.MultiLabelTrainerBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of the training: its number of epochs, the part of the model that learns, the learning rate, and the size
 * of the images. A training runs its phases one after the other:
 *
 * <pre>{@code
 * builder.addPhase(Phase.heads(1).withLearningRate(3e-3))
 *         .addPhase(Phase.all(8).withBackboneLearningRateFactor(1.0 / 3).withProgressiveResizing(128, 160, 224));
 * }</pre>
 *
 * <p>The schedule runs from its beginning to its end within each phase, and each phase starts a new optimizer. An empty
 * component takes the value of the trainer's builder. A parameter that was frozen before the training stays frozen in
 * all phases. Values are checked by {@link MultiLabelTrainerBuilder#build}. Immutable.
 *
 * @param epochs the number of passes over the training images, at least 1
 * @param part the part of the model that learns
 * @param firstStage the first stage of the backbone that learns, such as {@code layer3}; empty unless the part is
 *     {@link Part#LAST_STAGES}
 * @param learningRate the learning rate before the schedule, a finite number above 0
 * @param schedule how the learning rate changes within the phase
 * @param backboneLearningRateFactor the learning rate of the backbone over that of the heads, above 0
 * @param layerDecay the learning rate of a stage over that of the next, above 0
 * @param imageSizes heights and widths of the training images in pixels, one after the other; empty for the builder's
 */
public record Phase(
        int epochs,
        Part part,
        Optional<String> firstStage,
        Optional<Double> learningRate,
        Optional<LearningRateSchedule> schedule,
        Optional<Double> backboneLearningRateFactor,
        Optional<Double> layerDecay,
        List<Integer> imageSizes) {

    /** The part of the model that learns. */
    public enum Part {
        /** The heads alone. */
        HEADS,
        /** The heads and the last stages of the backbone. */
        LAST_STAGES,
        /** The whole model. */
        ALL
    }

    private static Phase of(int epochs, Part part, Optional<String> firstStage) {
        return new Phase(
                epochs,
                part,
                firstStage,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /**
     * Only the heads learn; the backbone stays as it is to the bit, running statistics included.
     *
     * @param epochs the number of passes over the training images, at least 1
     */
    public static Phase heads(int epochs) {
        return of(epochs, Part.HEADS, Optional.empty());
    }

    /**
     * The heads and the last stages of the backbone learn; the stages before stay as they are to the bit, running
     * statistics included.
     *
     * @param stage the first that learns, by its name in {@link io.github.multilabel.model.network.Network#stages()},
     *     such as {@code layer3}
     * @param epochs the number of passes over the training images, at least 1
     */
    public static Phase from(String stage, int epochs) {
        return of(epochs, Part.LAST_STAGES, given(stage));
    }

    /**
     * The whole model learns.
     *
     * @param epochs the number of passes over the training images, at least 1
     */
    public static Phase all(int epochs) {
        return of(epochs, Part.ALL, Optional.empty());
    }

    /** The same with another number of epochs, at least 1. */
    public Phase withEpochs(int epochs) {
        return new Phase(
                epochs, part, firstStage, learningRate, schedule, backboneLearningRateFactor, layerDecay, imageSizes);
    }

    /** The same with a learning rate before the schedule; a finite number above 0. */
    public Phase withLearningRate(double learningRate) {
        return new Phase(
                epochs,
                part,
                firstStage,
                Optional.of(learningRate),
                schedule,
                backboneLearningRateFactor,
                layerDecay,
                imageSizes);
    }

    /** The same with a schedule, which runs from its beginning to its end within this phase. */
    public Phase withSchedule(LearningRateSchedule schedule) {
        return new Phase(
                epochs,
                part,
                firstStage,
                learningRate,
                given(schedule),
                backboneLearningRateFactor,
                layerDecay,
                imageSizes);
    }

    /**
     * The same with a factor for the learning rate of the backbone; see
     * {@link MultiLabelTrainerBuilder#optBackboneLearningRateFactor}.
     *
     * @param factor the learning rate of the backbone over that of the heads, above 0
     */
    public Phase withBackboneLearningRateFactor(double factor) {
        return new Phase(epochs, part, firstStage, learningRate, schedule, Optional.of(factor), layerDecay, imageSizes);
    }

    /**
     * The same with a factor from stage to stage; see {@link MultiLabelTrainerBuilder#optLayerDecay}.
     *
     * @param factor the learning rate of a stage over that of the next, above 0
     */
    public Phase withLayerDecay(double factor) {
        return new Phase(
                epochs,
                part,
                firstStage,
                learningRate,
                schedule,
                backboneLearningRateFactor,
                Optional.of(factor),
                imageSizes);
    }

    /** The same on training images of other sizes; see {@link MultiLabelTrainerBuilder#optProgressiveResizing}. */
    public Phase withProgressiveResizing(int... pixels) {
        return new Phase(
                epochs,
                part,
                firstStage,
                learningRate,
                schedule,
                backboneLearningRateFactor,
                layerDecay,
                sizes(pixels));
    }

    /** Null stays null, for {@link MultiLabelTrainerBuilder#build} to report. */
    @SuppressWarnings({"NullAway", "OptionalAssignedToNull"})
    private static <T> Optional<T> given(T value) {
        return value == null ? null : Optional.of(value);
    }

    /** Null stays null, for {@link MultiLabelTrainerBuilder#build} to report. */
    @SuppressWarnings("NullAway")
    private static List<Integer> sizes(int... pixels) {
        return pixels == null ? null : Arrays.stream(pixels).boxed().toList();
    }

    /**
     * The text of what learns, without the number of epochs; for the library itself.
     *
     * @hidden
     */
    public String learning() {
        return "training "
                + switch (part) {
                    case HEADS -> "heads only";
                    case LAST_STAGES -> "heads and backbone from '" + firstStage.orElse("") + "'";
                    case ALL -> "everything";
                };
    }

    /** A text for people: {@code 3 epochs, training everything}. */
    @Override
    public String toString() {
        return epochs + (epochs == 1 ? " epoch, " : " epochs, ") + learning();
    }
}
