package io.github.multilabel.examples.program;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.HeadLoss;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options of single heads. Those that take {@code [HEAD=]VALUE} may also be given for all heads at once. */
final class HeadFlags {

    @Option(
            names = "--auxiliary-head",
            split = ",",
            paramLabel = "HEAD",
            description =
                    "A head that only helps the backbone to learn, such as model: it is neither evaluated nor part"
                            + " of the saved model.")
    private List<String> auxiliaryHeads = List.of();

    @Option(
            names = "--loss",
            split = ",",
            paramLabel = "[HEAD=]LOSS",
            converter = HeadValue.Loss.class,
            description = "The loss of a head: cross-entropy, focal or ordinal where a label is one category,"
                    + " binary-cross-entropy, focal or asymmetric where it is any number of them (default:"
                    + " cross-entropy and binary-cross-entropy).")
    private List<HeadValue<HeadLoss>> losses = List.of();

    @Option(
            names = "--loss-weight",
            split = ",",
            paramLabel = "HEAD=WEIGHT",
            description = "The weight of a head's loss in the sum of all losses (default: 1).")
    private Map<String, Double> lossWeights = new LinkedHashMap<>();

    @Option(
            names = "--class-weights",
            split = ",",
            paramLabel = "[HEAD=]WEIGHTS",
            converter = HeadValue.Weights.class,
            description =
                    "Gives rare categories a larger weight in the loss: balanced (by their frequency) or the milder"
                            + " effective-number where a label is one category, positive (tags where they apply, at most 20) where"
                            + " it is any number of them (default: all weigh 1).")
    private List<HeadValue<ClassWeights>> classWeights = List.of();

    @Option(
            names = "--label-smoothing",
            split = ",",
            paramLabel = "[HEAD=]FRACTION",
            converter = HeadValue.Fraction.class,
            description = "The fraction of each target that is spread evenly over all categories; 0.05 to 0.1 is usual"
                    + " (default: 0; 0.05 with --fine-tune).")
    private List<HeadValue<Double>> labelSmoothing = List.of();

    @Option(
            names = "--dropout",
            split = ",",
            paramLabel = "[HEAD=]RATE",
            converter = HeadValue.Fraction.class,
            description = "The fraction of the inputs of a head's last layer that is set to 0 during training; 0.2 is"
                    + " usual (default: 0).")
    private List<HeadValue<Double>> dropout = List.of();

    @Option(
            names = "--hidden-units",
            split = ",",
            paramLabel = "[HEAD=]UNITS",
            converter = HeadValue.Units.class,
            description = "The units of a hidden layer in each head, or in one (default: no hidden layer).")
    private List<HeadValue<Integer>> hiddenUnits = List.of();

    /** The heads to train: the main ones, then the auxiliary ones. */
    List<String> heads(List<String> main) {
        return Stream.concat(main.stream(), auxiliaryHeads.stream()).distinct().toList();
    }

    void applyTo(MultiLabelTrainerBuilder builder, HeadSet heads) {
        auxiliaryHeads.forEach(builder::optAuxiliaryHead);
        lossWeights.forEach(builder::optHeadWeight);
        forEach(losses, heads, builder::optLoss);
        forEach(classWeights, heads, builder::optClassWeights);
        labelSmoothing.forEach(value -> value.head()
                .ifPresentOrElse(
                        head -> builder.optLabelSmoothing(head, value.value()),
                        () -> builder.optLabelSmoothing(value.value())));
        dropout.forEach(value -> value.head()
                .ifPresentOrElse(
                        head -> builder.optDropout(head, value.value()), () -> builder.optDropout(value.value())));
        forEach(hiddenUnits, heads, builder::optHidden);
    }

    /** First what holds for all heads, so that what is given for one wins, whatever the order. */
    private static <T> void forEach(List<HeadValue<T>> values, HeadSet heads, BiConsumer<String, T> set) {
        for (HeadValue<T> value : values) {
            if (value.head().isEmpty()) {
                heads.names().forEach(name -> set.accept(name, value.value()));
            }
        }
        for (HeadValue<T> value : values) {
            value.head().ifPresent(name -> set.accept(name, value.value()));
        }
    }
}
