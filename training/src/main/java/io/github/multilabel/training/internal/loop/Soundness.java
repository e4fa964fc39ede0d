package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.TorchValue;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.training.event.EpochReport;
import io.github.multilabel.training.event.TrainingDivergedException;
import io.github.multilabel.training.internal.settings.MonitorRule;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/**
 * The one place that decides whether a training may go on, and at its end whether it was a success: steps were made, a
 * gradient reached every head, losses and weights are finite and did not grow beyond all measure, and the number that
 * chooses the best epoch is defined. What is not so ends the training with a {@link TrainingDivergedException}, before
 * the epoch can count as the best or go into a checkpoint.
 */
final class Soundness implements AutoCloseable {

    private static final Logger LOG = TrainingLog.LOG;

    /**
     * A loss so many times that of the first step, or of 1 if that is more, comes from a model that has learned
     * nothing.
     */
    private static final double BEYOND_MEASURE = 100;

    /** A greater fraction of skipped steps than this is logged. */
    private static final double MANY_SKIPPED = 0.1;

    /** The index of the first array with a number that is not finite, or -1. */
    private static final String TEXT =
            """
            def find(self, arrays: List[Tensor]) -> int:
              found = -1
              for i in range(torch.len(arrays)):
                if torch.lt(found, 0):
                  if torch.logical_not(torch.all(torch.isfinite(arrays[i]))):
                    found = i
              return found
            """;

    private final NDManager manager;
    private final TorchFunction program;
    private final TrainingSettings settings;
    private final MonitorRule rule;
    /** Steps that changed the model, of the whole training. */
    private long learned;

    private double firstLoss = Double.NaN;
    private double lastRate;

    Soundness(NDManager parent, TrainingSettings settings, MonitorRule rule) {
        this.settings = settings;
        this.rule = rule;
        manager = parent.newSubManager();
        program = TorchFunction.load(manager, TEXT);
    }

    /** Notes a step. */
    void stepped(double rate, StepResult result) {
        lastRate = rate;
        if (result.outcome() == StepResult.Outcome.LEARNED && (float) rate > 0) {
            learned++;
            firstLoss = Double.isNaN(firstLoss) ? result.loss() : firstLoss;
        }
    }

    /**
     * Checks an epoch whose batches are over, before it is evaluated.
     *
     * @param epoch its number from 1
     * @param data of which there are so many images, and so many that could not be used
     */
    void requireLearned(int epoch, EpochProgress current, PhaseRun run, int images, int leftOut) {
        if (current.steps() == 0) {
            throw diverged(
                    epoch,
                    "there was not one batch to learn from: " + leftOut + " of the " + images
                            + " training images cannot be used, and a single one that is left of a batch is passed"
                            + " over",
                    "Look at the images that were left out, or take smaller batches");
        }
        // in float16 the scale of the loss may still have to fall; the limit of bad steps in a row ends that
        boolean scaleFalls = settings.optimisation().precision() == Precision.FLOAT16
                && epoch < settings.optimisation().epochs();
        if (current.learned() == 0 && !scaleFalls) {
            throw diverged(
                    epoch,
                    "not one of its " + current.steps() + " steps was made: "
                            + (current.notFinite() + current.overflowed() == 0
                                    ? "no image had a label"
                                    : "the loss or the gradient was not finite each time"),
                    remedy());
        }
        int skipped = current.notFinite() + current.overflowed();
        if (current.notFinite() > 0 && skipped > MANY_SKIPPED * current.steps()) {
            LOG.warn(
                    "epoch {}: {} of {} steps were skipped because the loss or the gradient was not finite; the model"
                            + " learned from the others only. {}",
                    epoch,
                    skipped,
                    current.steps(),
                    remedy());
        }
        List<Double> balance = run.balance();
        for (int h = 0; h < balance.size(); h++) {
            if (!Double.isFinite(balance.get(h))) {
                throw diverged(
                        epoch,
                        "the balance of the heads gives head '"
                                + settings.model().heads().get(h).name() + "' the weight " + balance.get(h),
                        "LossBalancing.fixed() does without");
            }
        }
    }

    /**
     * An epoch is over and evaluated.
     *
     * @param weights that the model would keep of it, by name
     * @param without the heads that never got a gradient
     */
    void requireSound(EpochReport report, Map<String, NDArray> weights, List<String> without) {
        int epoch = report.epoch();
        for (HeadMetrics head : report.training().heads()) {
            // what is right throughout needs no gradient
            if (without.contains(head.head().name()) && !(head.accuracy() == 1)) {
                throw diverged(
                        epoch,
                        "the gradient of head '" + head.head().name() + "' was exactly 0 in every step, so it learned"
                                + " nothing",
                        "If it has a loss of your own, look there: it must change with the logits");
            }
        }
        requireFinite(epoch, weights);
        report.validation().ifPresent(validation -> requireFinite(epoch, validation));
        if (rule.part().isPresent() && report.training().samples() > 0 && Double.isNaN(rule.of(report))) {
            throw diverged(
                    epoch,
                    "'" + rule
                            + "', which chooses the best epoch, is not defined: the images that could be used have no"
                            + " labels for it",
                    "Choose by another metric, or label some images");
        }
        if (isBeyondMeasure(report)) {
            LOG.warn(
                    "epoch {}: the loss is {}, that of the first step was {}: the training diverges at a learning rate of"
                            + " {}. {}",
                    epoch,
                    number(loss(report)),
                    number(firstLoss),
                    number(report.learningRate()),
                    remedy());
        }
    }

    private void requireFinite(int epoch, Evaluation validation) {
        List<HeadMetrics> unanswered = validation.heads().stream()
                .filter(head -> head.unanswered() > 0)
                .toList();
        if (!unanswered.isEmpty()) {
            throw diverged(
                    epoch,
                    "the model answers "
                            + unanswered.stream()
                                    .map(head -> head.unanswered() + " of " + head.support()
                                            + " validation images with NaN in head '"
                                            + head.head().name() + "'")
                                    .collect(Collectors.joining(", ")),
                    remedy());
        }
        boolean labelled = validation.heads().stream().anyMatch(head -> head.support() > 0);
        if (labelled && !Double.isFinite(validation.loss())) {
            throw diverged(
                    epoch,
                    "the validation loss is " + validation.loss() + ", of the heads "
                            + validation.heads().stream()
                                    .map(head -> head.head().name() + " " + head.loss())
                                    .collect(Collectors.joining(", ")),
                    remedy());
        }
    }

    /** Checks what is about to be kept, in a checkpoint or as the model. */
    void requireFinite(int epoch, Map<String, NDArray> weights) {
        try (TorchValue found =
                program.run("find", new NDList(weights.values().stream().toList()))) {
            if (found.toLong() >= 0) {
                String name = List.copyOf(weights.keySet()).get((int) found.toLong());
                throw diverged(epoch, "the values of '" + name + "' are not finite any more", remedy());
            }
        }
    }

    /**
     * The training has come to its end.
     *
     * @param history of all its epochs
     * @param kept the one whose weights the model keeps
     */
    void requireSuccess(List<EpochReport> history, EpochReport kept) {
        if (learned == 0) {
            throw diverged(
                    kept.epoch(),
                    "the learning rate was 0 in every step, so nothing was learned",
                    "Look at the schedule: its factor must be above 0 somewhere");
        }
        if (settings.control().restoreBestWeights()
                ? isBeyondMeasure(kept)
                : history.stream().allMatch(this::isBeyondMeasure)) {
            throw diverged(
                    kept.epoch(),
                    "the loss of the epoch to keep is " + number(loss(kept)) + ", that of the first step was "
                            + number(firstLoss),
                    remedy());
        }
    }

    private boolean isBeyondMeasure(EpochReport report) {
        return loss(report) > BEYOND_MEASURE * Math.max(1, firstLoss);
    }

    private static double loss(EpochReport report) {
        return report.validation().orElse(report.training()).loss();
    }

    private TrainingDivergedException diverged(int epoch, String what, String remedy) {
        return new TrainingDivergedException(String.format(
                Locale.ROOT,
                "the training failed in epoch %d of %d, after %d steps that changed the model%s: %s. %s.%s",
                epoch,
                settings.optimisation().epochs(),
                learned,
                lastRate > 0 ? ", at a learning rate of " + number(lastRate) : "",
                what,
                remedy,
                settings.control()
                        .checkpoints()
                        .map(checkpoints ->
                                " What was saved before is as it was, checkpoints in " + checkpoints.folder())
                        .orElse("")));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    private static String remedy() {
        return "Try a tenth of the learning rate, a limit for the gradient (optGradientClipNorm), or Precision.FLOAT32; if"
                + " a loss of your own is among the losses, look there first";
    }

    /** Adds what is needed to go on to the description of a checkpoint. */
    void save(JsonObject description) {
        description.addProperty(CheckpointKeys.LEARNED_STEPS, learned);
        if (Double.isFinite(firstLoss)) {
            description.addProperty(CheckpointKeys.FIRST_LOSS, firstLoss);
        }
    }

    /**
     * Goes on from what {@link #save} wrote; earlier releases wrote nothing.
     *
     * @param step how many steps there were
     */
    void restore(JsonObject description, long step, List<EpochReport> history) {
        learned = description.has(CheckpointKeys.LEARNED_STEPS)
                ? description.get(CheckpointKeys.LEARNED_STEPS).getAsLong()
                : step;
        firstLoss = description.has(CheckpointKeys.FIRST_LOSS)
                ? description.get(CheckpointKeys.FIRST_LOSS).getAsDouble()
                : history.isEmpty() ? Double.NaN : history.get(0).training().loss();
    }

    @Override
    public void close() {
        program.close();
        manager.close();
    }
}
