package io.github.multilabel.examples.program;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.training.HeadOptions;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.mix.BatchMix;
import io.github.multilabel.training.optimizer.OptimizerSettings;
import io.github.multilabel.training.optimizer.Optimizers;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that say how a model learns, whatever its data: losses and their balance, optimizer, schedule. */
final class LearningOptions {

    @Option(
            names = "--auxiliary-head",
            split = ",",
            paramLabel = "HEAD",
            description = "a further question that only helps to learn, such as model: it is not judged and not in the"
                    + " saved model")
    private List<String> auxiliaryHeads = List.of();

    @Option(
            names = "--loss-weight",
            split = ",",
            paramLabel = "HEAD=WEIGHT",
            description = "what the loss of a head counts in the sum (default: 1)")
    private Map<String, Double> headWeights = new LinkedHashMap<>();

    @Option(
            names = "--label-smoothing",
            paramLabel = "SHARE",
            description = "so much of each target is spread over all categories; 0.05 to 0.1 is usual (default: 0;"
                    + " 0.05 with --fine-tune)")
    private Double labelSmoothing;

    @Option(
            names = "--dropout",
            split = ",",
            paramLabel = "[HEAD=]RATE",
            converter = HeadValue.Rate.class,
            description = "so much of what the last layer of each head sees, or of one, is set to 0 while training; 0.2"
                    + " is usual (default: 0)")
    private List<HeadValue<Double>> dropout = List.of();

    @Option(
            names = "--hidden-units",
            split = ",",
            paramLabel = "[HEAD=]UNITS",
            converter = HeadValue.Units.class,
            description = "a hidden layer of so many units in each head, or in one (default: none)")
    private List<HeadValue<Integer>> hidden = List.of();

    @Option(
            names = "--schedule",
            paramLabel = "constant|step|cosine|one-cycle",
            description = "how the learning rate changes: step is a tenth from half of the epochs on and a hundredth"
                    + " from three quarters on, cosine and one-cycle rise first (default: cosine; one-cycle with"
                    + " --fine-tune)")
    private ScheduleOption schedule;

    @Option(
            names = "--optimizer",
            paramLabel = "sgd|nesterov|adam|adamw|lion|lamb",
            defaultValue = "adamw",
            description = "how gradients change the weights; each has a learning rate of its own by default (default:"
                    + " ${DEFAULT-VALUE})")
    private OptimizerOption optimizer;

    @Option(
            names = "--loss-balancing",
            paramLabel = "fixed|uncertainty|average|gradnorm",
            defaultValue = "fixed",
            description = "how the losses of the heads are weighed against each other while they learn: by learnt"
                    + " uncertainty, by how fast they fall, or by their gradients (default: ${DEFAULT-VALUE})")
    private BalanceOption balance;

    @Option(
            names = "--mix",
            paramLabel = "none|mixup|cutmix|either",
            defaultValue = "none",
            description = "blends each training photo with another of its batch, and the labels with it: mixup takes a"
                    + " mean, cutmix a rectangle, either one or the other (default: ${DEFAULT-VALUE})")
    private MixOption mix;

    /** What {@code --schedule} takes. */
    enum ScheduleOption {
        CONSTANT(LearningRateSchedule.constant()),
        STEP((epoch, epochs) -> epoch < 0.5 * epochs ? 1 : epoch < 0.75 * epochs ? 0.1 : 0.01),
        COSINE(LearningRateSchedule.cosine(0.05)),
        ONE_CYCLE(LearningRateSchedule.oneCycle(0.25, 25, 1e4));

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
    enum BalanceOption {
        FIXED(LossBalancing.fixed()),
        UNCERTAINTY(LossBalancing.uncertainty()),
        AVERAGE(LossBalancing.dynamicAverage()),
        GRADNORM(LossBalancing.gradNorm());

        private final LossBalancing balance;

        BalanceOption(LossBalancing balance) {
            this.balance = balance;
        }
    }

    /** What {@code --mix} takes. */
    enum MixOption {
        NONE(null),
        MIXUP(BatchMix.mixUp(0.2)),
        CUTMIX(BatchMix.cutMix(1)),
        EITHER(BatchMix.either(BatchMix.mixUp(0.2), BatchMix.cutMix(1)));

        /** Null for none. */
        private final BatchMix mix;

        MixOption(BatchMix mix) {
            this.mix = mix;
        }
    }

    /** The heads to learn: those that are asked for, then the auxiliary ones. */
    List<String> heads(List<String> asked) {
        return Stream.concat(asked.stream(), auxiliaryHeads.stream()).distinct().toList();
    }

    /** Sets the options of a trainer that were given. */
    void applyTo(MultiLabelTrainerBuilder builder, HeadSet heads) {
        headOptions(heads).forEach(builder::addHeadOptions);
        dropout.stream().filter(rate -> rate.head().isEmpty()).forEach(rate -> builder.optDropout(rate.value()));
        builder.optOptimizer(optimizer.settings).optLossBalancing(balance.balance);
        if (mix.mix != null) {
            builder.optBatchMix(mix.mix);
        }
        if (labelSmoothing != null) {
            builder.optLabelSmoothing(labelSmoothing);
        }
        if (schedule != null) {
            builder.optSchedule(schedule.schedule);
        }
    }

    /** By head; a head that there is not is left to the trainer to report. */
    private Map<String, HeadOptions> headOptions(HeadSet heads) {
        Map<String, HeadOptions> options = new LinkedHashMap<>();
        auxiliaryHeads.forEach(head -> change(options, head, HeadOptions::auxiliary));
        headWeights.forEach((head, weight) -> change(options, head, given -> given.lossWeight(weight)));
        hidden.stream().filter(units -> units.head().isEmpty()).forEach(units -> heads.names()
                .forEach(head -> change(options, head, given -> given.hiddenUnits(units.value()))));
        hidden.forEach(units ->
                units.head().ifPresent(head -> change(options, head, given -> given.hiddenUnits(units.value()))));
        dropout.forEach(
                rate -> rate.head().ifPresent(head -> change(options, head, given -> given.dropout(rate.value()))));
        return options;
    }

    private static void change(Map<String, HeadOptions> options, String head, UnaryOperator<HeadOptions> change) {
        options.put(head, change.apply(options.getOrDefault(head, HeadOptions.standard())));
    }
}
