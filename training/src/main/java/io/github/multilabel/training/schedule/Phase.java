package io.github.multilabel.training.schedule;

import io.github.multilabel.training.MultiLabelTrainerBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A stretch of the training: how many epochs, what of the model learns, how fast, and from images of which size. A
 * training is one phase after the other:
 *
 * <pre>{@code
 * builder.addPhase(Phase.heads(1).withLearningRate(3e-3))
 *         .addPhase(Phase.all(8).withBackboneLearningRateFactor(1.0 / 3).withProgressiveResizing(128, 160, 224));
 * }</pre>
 *
 * <p>The schedule runs from its beginning to its end within each phase, and each phase starts an optimizer of its own.
 * What a phase does not say is as the trainer's builder says. A parameter that the user froze before the training stays
 * frozen in all phases. Immutable.
 */
public final class Phase {

    /** What of the model learns. */
    public enum Part {
        /** The heads alone. */
        HEADS,
        /** The heads and the last stages of the backbone. */
        LAST_STAGES,
        /** Everything. */
        ALL
    }

    private final int epochs;
    private final Part part;
    private final String firstStage;
    // null where the phase does not say; set only by the methods that have just made a copy
    private Double learningRate;
    private LearningRateSchedule schedule;
    private Double backboneLearningRateFactor;
    private Double layerDecay;
    private List<Integer> imageSizes = List.of();

    private Phase(int epochs, Part part, String firstStage) {
        this.epochs = epochs;
        this.part = part;
        this.firstStage = firstStage;
    }

    private Phase copy() {
        Phase copy = new Phase(epochs, part, firstStage);
        copy.learningRate = learningRate;
        copy.schedule = schedule;
        copy.backboneLearningRateFactor = backboneLearningRateFactor;
        copy.layerDecay = layerDecay;
        copy.imageSizes = imageSizes;
        return copy;
    }

    /**
     * Only the heads learn; the backbone stays as it is to the bit, running statistics included.
     *
     * @param epochs how often each training image is seen, at least 1
     */
    public static Phase heads(int epochs) {
        return new Phase(epochs, Part.HEADS, null);
    }

    /**
     * The heads and the last stages of the backbone learn; the stages before stay as they are to the bit, running
     * statistics included.
     *
     * @param stage the first that learns, by its name in {@link io.github.multilabel.model.network.Network#stages()},
     *     such as {@code layer3}
     * @param epochs how often each training image is seen, at least 1
     */
    public static Phase from(String stage, int epochs) {
        return new Phase(epochs, Part.LAST_STAGES, Objects.requireNonNull(stage, "stage"));
    }

    /**
     * Everything learns.
     *
     * @param epochs how often each training image is seen, at least 1
     */
    public static Phase all(int epochs) {
        return new Phase(epochs, Part.ALL, null);
    }

    /** The same with a learning rate before the schedule; a finite number above 0. */
    public Phase withLearningRate(double learningRate) {
        Phase changed = copy();
        changed.learningRate = learningRate;
        return changed;
    }

    /** The same with a schedule, which runs from its beginning to its end within this phase. */
    public Phase withSchedule(LearningRateSchedule schedule) {
        Phase changed = copy();
        changed.schedule = Objects.requireNonNull(schedule, "schedule");
        return changed;
    }

    /** The same with a share for the backbone; see {@link MultiLabelTrainerBuilder#optBackboneLearningRateFactor}. */
    public Phase withBackboneLearningRateFactor(double factor) {
        Phase changed = copy();
        changed.backboneLearningRateFactor = factor;
        return changed;
    }

    /** The same with a share from stage to stage; see {@link MultiLabelTrainerBuilder#optLayerDecay}. */
    public Phase withLayerDecay(double factor) {
        Phase changed = copy();
        changed.layerDecay = factor;
        return changed;
    }

    /** The same on training images of other sizes; see {@link MultiLabelTrainerBuilder#optProgressiveResizing}. */
    public Phase withProgressiveResizing(int... pixels) {
        Phase changed = copy();
        changed.imageSizes = Arrays.stream(pixels).boxed().toList();
        return changed;
    }

    /** How often each training image is seen. */
    public int epochs() {
        return epochs;
    }

    /** What of the model learns. */
    public Part part() {
        return part;
    }

    /** The first stage of the backbone that learns; empty unless the part is {@link Part#LAST_STAGES}. */
    public Optional<String> firstStage() {
        return Optional.ofNullable(firstStage);
    }

    /** The learning rate before the schedule; empty if this phase does not say. */
    public Optional<Double> learningRate() {
        return Optional.ofNullable(learningRate);
    }

    /** How the learning rate changes within this phase; empty if it does not say. */
    public Optional<LearningRateSchedule> schedule() {
        return Optional.ofNullable(schedule);
    }

    /** The learning rate of the backbone over that of the heads; empty if this phase does not say. */
    public Optional<Double> backboneLearningRateFactor() {
        return Optional.ofNullable(backboneLearningRateFactor);
    }

    /** The learning rate of a stage over that of the next; empty if this phase does not say. */
    public Optional<Double> layerDecay() {
        return Optional.ofNullable(layerDecay);
    }

    /** Heights and widths of the training images, one after the other; empty if this phase does not say. */
    public List<Integer> imageSizes() {
        return imageSizes;
    }

    /** For people: {@code 3 epochs, training everything}. */
    @Override
    public String toString() {
        String learns =
                switch (part) {
                    case HEADS -> "heads only";
                    case LAST_STAGES -> "heads and backbone from '" + firstStage + "'";
                    case ALL -> "everything";
                };
        return epochs + (epochs == 1 ? " epoch" : " epochs") + ", training " + learns;
    }
}
