package io.github.multilabel.cli.program;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.HeadLoss;
import io.github.multilabel.training.HeadOptions;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options of single heads. Those that take {@code [HEAD=]VALUE} may also be given for all heads at once. */
@Section("Single heads")
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
            converter = HeadValue.LossWeight.class,
            description = "The weight of a head's loss in the sum of all losses (default: 1).")
    private List<HeadValue<Double>> lossWeights = List.of();

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
        requireOnce("--loss", losses);
        requireOnce("--loss-weight", lossWeights);
        requireOnce("--class-weights", classWeights);
        requireOnce("--label-smoothing", labelSmoothing);
        requireOnce("--dropout", dropout);
        requireOnce("--hidden-units", hiddenUnits);
        forAll(labelSmoothing).forEach(builder::optLabelSmoothing);
        forAll(dropout).forEach(builder::optDropout);
        options(heads).forEach(builder::addHeadOptions);
    }

    /** Which of two values would win is a guess. */
    private static <T> void requireOnce(String option, List<HeadValue<T>> values) {
        Map<Optional<String>, String> given = new LinkedHashMap<>();
        for (HeadValue<T> value : values) {
            String before = given.putIfAbsent(value.head(), value.text());
            if (before != null) {
                throw new InvalidInputException(option + " has "
                        + value.head().map(head -> "the head '" + head + "'").orElse("a value for all heads")
                        + " twice, " + before + " and " + value.text() + ": give one of them");
            }
        }
    }

    /** By head. One that does not exist is left to the builder to report. */
    private Map<String, HeadOptions> options(HeadSet heads) {
        Map<String, HeadOptions> options = new LinkedHashMap<>();
        set(options, heads, losses, (head, loss) -> HeadOptions.loss(loss)); // first: it starts anew
        set(options, heads, classWeights, HeadOptions::classWeights);
        set(options, heads, hiddenUnits, HeadOptions::hiddenUnits);
        set(options, heads, forOne(labelSmoothing), HeadOptions::labelSmoothing);
        set(options, heads, forOne(dropout), HeadOptions::dropout);
        set(options, heads, lossWeights, HeadOptions::lossWeight);
        auxiliaryHeads.forEach(head -> set(options, head, true, (given, yes) -> given.auxiliary()));
        return options;
    }

    /** First what holds for all heads, so that what is given for one wins, whatever the order. */
    private static <T> void set(
            Map<String, HeadOptions> options,
            HeadSet heads,
            List<HeadValue<T>> values,
            BiFunction<HeadOptions, T, HeadOptions> set) {
        forAll(values).forEach(value -> heads.names().forEach(head -> set(options, head, value, set)));
        for (HeadValue<T> value : values) {
            value.head().ifPresent(head -> set(options, head, value.value(), set));
        }
    }

    private static <T> void set(
            Map<String, HeadOptions> options, String head, T value, BiFunction<HeadOptions, T, HeadOptions> set) {
        options.put(head, set.apply(options.getOrDefault(head, HeadOptions.standard()), value));
    }

    private static <T> List<T> forAll(List<HeadValue<T>> values) {
        return values.stream()
                .filter(value -> value.head().isEmpty())
                .map(HeadValue::value)
                .toList();
    }

    private static <T> List<HeadValue<T>> forOne(List<HeadValue<T>> values) {
        return values.stream().filter(value -> value.head().isPresent()).toList();
    }
}
