package io.github.multilabel.training.schedule;

import io.github.multilabel.training.MultiLabelTrainerBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A stretch of the training: how many epochs, what of the model learns, how fast, and from images of which size. A
 * training is one phase after the other:
 *
 * <pre>{@code
 * builder.addPhase(Phase.heads(1).withLearningRate(3e-3))
 *         .addPhase(Phase.all(8).withBackboneRate(1.0 / 3).withImageSizes(128, 160, 224));
 * }</pre>
 *
 * <p>The schedule runs from its beginning to its end within each phase, and each phase starts an optimizer of its own.
 * What a phase does not say is as the trainer's builder says. A parameter that the user froze before the training stays
 * frozen in all phases. Immutable.
 */
public final class Phase {

    /** What of the model learns. */
    public enum Part {
        HEADS,
        LAST_STAGES,
        ALL
    }

    private final int epochs;
    private final Part part;
    private final String firstStage;
    // null where the phase does not say; set only by the methods that have just made a copy
    private Double learningRate;
    private Schedule schedule;
    private Double backboneRate;
    private Double stageDecay;
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
        copy.backboneRate = backboneRate;
        copy.stageDecay = stageDecay;
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
    public Phase withSchedule(Schedule schedule) {
        Phase changed = copy();
        changed.schedule = Objects.requireNonNull(schedule, "schedule");
        return changed;
    }

    /** The same with a share for the backbone; see {@link MultiLabelTrainerBuilder#optBackboneRate}. */
    public Phase withBackboneRate(double factor) {
        Phase changed = copy();
        changed.backboneRate = factor;
        return changed;
    }

    /** The same with a share from stage to stage; see {@link MultiLabelTrainerBuilder#optStageDecay}. */
    public Phase withStageDecay(double factor) {
        Phase changed = copy();
        changed.stageDecay = factor;
        return changed;
    }

    /** The same on training images of other sizes; see {@link MultiLabelTrainerBuilder#optImageSizes}. */
    public Phase withImageSizes(int... pixels) {
        Phase changed = copy();
        changed.imageSizes = Arrays.stream(pixels).boxed().toList();
        return changed;
    }

    /** The same, and what it does not say as another says it. */
    public Phase orElse(Phase defaults) {
        Phase complete = copy();
        complete.learningRate = learningRate == null ? defaults.learningRate : learningRate;
        complete.schedule = schedule == null ? defaults.schedule : schedule;
        complete.backboneRate = backboneRate == null ? defaults.backboneRate : backboneRate;
        complete.stageDecay = stageDecay == null ? defaults.stageDecay : stageDecay;
        complete.imageSizes = imageSizes.isEmpty() ? defaults.imageSizes : imageSizes;
        return complete;
    }

    /**
     * Its first epoch again and again, on its way through other learning rates.
     *
     * @param epochs how often
     * @param rates gives the learning rate itself
     */
    public Phase rehearsal(int epochs, Schedule rates) {
        Phase rehearsal = new Phase(epochs, part, firstStage);
        rehearsal.learningRate = 1.0;
        rehearsal.schedule = rates;
        rehearsal.imageSizes = imageSizes.stream().limit(1).toList();
        return rehearsal.orElse(this);
    }

    public int epochs() {
        return epochs;
    }

    public Part part() {
        return part;
    }

    public Optional<String> firstStage() {
        return Optional.ofNullable(firstStage);
    }

    public Optional<Double> learningRate() {
        return Optional.ofNullable(learningRate);
    }

    public Optional<Double> backboneRate() {
        return Optional.ofNullable(backboneRate);
    }

    public Optional<Double> stageDecay() {
        return Optional.ofNullable(stageDecay);
    }

    public List<Integer> imageSizes() {
        return imageSizes;
    }

    /**
     * The learning rate of a step.
     *
     * @param step of this phase, from 0
     * @param steps the steps of this phase
     */
    public double rate(long step, long steps) {
        double factor = schedule.factor(step, steps, epochs);
        if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the schedule gave the factor %s after %.2f of %d epochs; a finite number of at least 0 is needed",
                    factor,
                    (double) step / steps * epochs,
                    epochs));
        }
        return learningRate * factor;
    }

    /**
     * The height and width of the training images in an epoch.
     *
     * @param epoch of this phase, from 0
     * @param otherwise if it names no sizes
     */
    public int imageSize(int epoch, int otherwise) {
        return imageSizes.isEmpty() ? otherwise : imageSizes.get(epoch * imageSizes.size() / epochs);
    }

    /** Everything that can be told of it; two schedules that are programs cannot be told apart. */
    public String describe() {
        return this + ", rate " + learningRate + ", of the backbone " + backboneRate + ", stage decay " + stageDecay
                + ", image sizes " + imageSizes;
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
