package io.github.multilabel.cli.program;

import io.github.multilabel.training.MultiLabelTrainerBuilder;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.internal.settings.LossSettings;
import io.github.multilabel.training.internal.settings.OptimisationSettings;
import io.github.multilabel.training.mix.BatchMix;
import io.github.multilabel.training.optimizer.OptimizerSettings;
import io.github.multilabel.training.optimizer.Optimizers;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import io.github.multilabel.training.schedule.Phase;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** The options of a training's steps: the optimizer, its learning rate, and how losses and batches become gradients. */
@Section("Optimizer and losses")
final class LearningOptions {

    @Option(
            names = "--optimizer",
            paramLabel = "sgd|nesterov|adam|adamw|lion|lamb",
            description = "The optimizer; each has a default learning rate of its own (default: adamw).")
    private Optional<OptimizerOption> optimizer = Optional.empty();

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            description =
                    "The highest learning rate of the schedule (default: the optimizer's, such as 0.001 for adamw;"
                            + " 0.003 with --fine-tune; 0.005 for drawings with their default backbone and optimizer).")
    private Optional<Double> learningRate = Optional.empty();

    @Option(
            names = "--schedule",
            paramLabel = "constant|step|cosine|one-cycle",
            description =
                    "How the learning rate changes during training: step falls to a tenth after half of the epochs"
                            + " and to a hundredth after three quarters, cosine and one-cycle rise first and then fall"
                            + " (default: cosine; one-cycle with --fine-tune).")
    private Optional<ScheduleOption> schedule = Optional.empty();

    @Option(
            names = "--gradient-clip-norm",
            paramLabel = "NORM",
            description = "The largest norm of the gradient over all parameters; a larger one is scaled down to it"
                    + " (default: no limit).")
    private Optional<Double> gradientClipNorm = Optional.empty();

    @Option(
            names = "--gradient-accumulation",
            paramLabel = "N",
            description =
                    "The number of batches whose gradients make one step, as if they were one batch (default: 1).")
    private Optional<Integer> gradientAccumulation = Optional.empty();

    @Option(
            names = "--loss-balancing",
            paramLabel = "fixed|uncertainty|average|gradnorm",
            description = "How the losses of the heads are weighted against each other during training: not at all, by"
                    + " learned uncertainty, by how fast they fall, or by their gradients (default: fixed).")
    private Optional<BalancingOption> lossBalancing = Optional.empty();

    @Option(
            names = "--mixup",
            paramLabel = "ALPHA",
            description = "Blends each training image with another of its batch, and their labels alike (MixUp); 0.2 is"
                    + " usual, and with --cutmix each batch takes one of the two (default: off).")
    private Optional<Double> mixup = Optional.empty();

    @Option(
            names = "--cutmix",
            paramLabel = "ALPHA",
            description = "Covers a rectangle of each training image with that of another of its batch, and mixes their"
                    + " labels alike (CutMix); 1 is usual (default: off).")
    private Optional<Double> cutmix = Optional.empty();

    /** What {@code --schedule} takes. */
    enum ScheduleOption {
        CONSTANT(LearningRateSchedule.constant()),
        STEP((epoch, epochs) -> epoch < 0.5 * epochs ? 1 : epoch < 0.75 * epochs ? 0.1 : 0.01),
        COSINE(LearningRateSchedule.cosine()),
        ONE_CYCLE(LearningRateSchedule.oneCycle());

        private final LearningRateSchedule schedule;

        ScheduleOption(LearningRateSchedule schedule) {
            this.schedule = schedule;
        }

        @Override
        public String toString() {
            return name().replace('_', '-');
        }
    }

    /** What {@code --optimizer} takes. */
    enum OptimizerOption {
        SGD(Optimizers.sgd()),
        NESTEROV(Optimizers.nesterov()),
        ADAM(Optimizers.adam()),
        ADAMW(Optimizers.adamW()),
        LION(Optimizers.lion()),
        LAMB(Optimizers.lamb());

        private final OptimizerSettings settings;

        OptimizerOption(OptimizerSettings settings) {
            this.settings = settings;
        }
    }

    /** What {@code --loss-balancing} takes. */
    enum BalancingOption {
        FIXED(LossBalancing.fixed()),
        UNCERTAINTY(LossBalancing.uncertainty()),
        AVERAGE(LossBalancing.dynamicAverage()),
        GRADNORM(LossBalancing.gradNorm());

        private final LossBalancing balancing;

        BalancingOption(LossBalancing balancing) {
            this.balancing = balancing;
        }
    }

    boolean isOptimizerGiven() {
        return optimizer.isPresent();
    }

    /**
     * Sets what was given.
     *
     * @param usualRate the learning rate where none is given; empty for the builder's
     */
    void applyTo(MultiLabelTrainerBuilder builder, OptionalDouble usualRate) {
        optimizer.ifPresent(option -> builder.optOptimizer(option.settings));
        usualRate.ifPresent(builder::optLearningRate);
        learningRate.ifPresent(builder::optLearningRate);
        schedule.ifPresent(option -> builder.optSchedule(option.schedule));
        gradientClipNorm.ifPresent(builder::optGradientClipNorm);
        gradientAccumulation.ifPresent(builder::optGradientAccumulation);
        lossBalancing.ifPresent(option -> builder.optLossBalancing(option.balancing));
        mix().ifPresent(builder::optBatchMix);
    }

    /** What a training does where these options were not given, by their names. */
    Map<String, List<String>> resolved(OptimisationSettings settings, LossSettings loss) {
        Phase last = settings.phases().get(settings.phases().size() - 1);
        Map<String, List<String>> resolved = new LinkedHashMap<>();
        add(resolved, "optimizer", OptimizerOption.values(), option -> option.settings
                .toString()
                .equals(settings.optimizer().toString()));
        add(resolved, "schedule", ScheduleOption.values(), option -> last.schedule()
                .filter(schedule -> schedule.describe().equals(option.schedule.describe()))
                .isPresent());
        add(resolved, "loss-balancing", BalancingOption.values(), option -> option.balancing
                .describe()
                .equals(loss.balancing().describe()));
        last.learningRate().ifPresent(rate -> resolved.put("learning-rate", List.of(Double.toString(rate))));
        resolved.put("gradient-accumulation", List.of(Integer.toString(settings.gradientAccumulation())));
        return resolved;
    }

    private static <E extends Enum<E>> void add(
            Map<String, List<String>> resolved, String option, E[] words, Predicate<E> isMeant) {
        Arrays.stream(words)
                .filter(isMeant)
                .findFirst()
                .ifPresent(word -> resolved.put(
                        option, List.of(word.name().toLowerCase(Locale.ROOT).replace('_', '-'))));
    }

    private Optional<BatchMix> mix() {
        Optional<BatchMix> first =
                mixup.map(alpha -> InvalidInputException.ofOption("--mixup", alpha, BatchMix::mixUp));
        Optional<BatchMix> second =
                cutmix.map(alpha -> InvalidInputException.ofOption("--cutmix", alpha, BatchMix::cutMix));
        return first.isPresent() && second.isPresent()
                ? Optional.of(BatchMix.either(first.get(), second.get()))
                : first.or(() -> second);
    }
}
