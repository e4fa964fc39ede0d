package io.github.multilabel.cli.program;

import io.github.multilabel.model.combination.Rule;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what the trained model answers beyond each head for itself. */
@Section("Answers")
final class AnswerOptions {

    @Option(
            names = "--combinations",
            description =
                    "Predictions also have the most probable combination of all heads with one category per image,"
                            + " by which of their categories go together in the training images (default: only of heads that"
                            + " determine others).")
    private boolean combinations;

    @Option(
            names = "--forbid",
            paramLabel = "[HEAD=CATEGORY,...]",
            hideParamSyntax = true,
            converter = RuleText.class,
            description = "Categories that are never answered together, such as type=Van,brand=Audi; repeat it. It"
                    + " includes --combinations.")
    private List<Rule> forbidden = List.of();

    @Option(
            names = "--sure",
            paramLabel = "PRECISION",
            description = "Where heads determine others, predictions tell of which they are sure, so that this fraction"
                    + " of sure answers is right, such as 0.95: \"at least it is a BMW\" (default: they do not tell).")
    private Optional<Double> precision = Optional.empty();

    @Option(
            names = "--no-calibration",
            description =
                    "Keep the probabilities that the network gives (default: they are calibrated on the validation"
                            + " images, so that of answers with 0.97, 97 of 100 are right).")
    private boolean isPlain;

    @Option(
            names = "--unknown",
            paramLabel = "PRECISION",
            description = "Heads with one category per image say when the answer is unknown, so that this fraction of"
                    + " the others is right, such as 0.98 (default: all are answers).")
    private Optional<Double> answerPrecision = Optional.empty();

    @Option(
            names = "--tag-thresholds",
            description = "Each tag is predicted from the probability on that gives it the best F1 on the validation"
                    + " images (default: from 0.5 on, before calibration).")
    private boolean tagThresholds;

    @Option(
            names = "--unusual-rate",
            paramLabel = "SHARE",
            description = "Predictions tell how far an image is from the training images, and answer unknown for all"
                    + " heads where it is unusual; at most this share of images like those of the validation is, such as"
                    + " 0.01 (default: they do not tell).")
    private Optional<Double> unusualRate = Optional.empty();

    void applyTo(MultiLabelTrainerBuilder builder) {
        builder.optCalibration(!isPlain).optTagThresholds(tagThresholds);
        answerPrecision.ifPresent(builder::optAnswerPrecision);
        unusualRate.ifPresent(builder::optUnusualRate);
        if (combinations || !forbidden.isEmpty()) {
            builder.optCombinations(forbidden.toArray(Rule[]::new));
        }
        precision.ifPresent(builder::optSurePrecision);
    }

    /** Reads {@code type=Van,brand=Audi}; a comma that no {@code HEAD=} follows is of a category. */
    static final class RuleText implements ITypeConverter<Rule> {

        private static final Pattern COMMA = Pattern.compile("\\s*,\\s*(?=[^,=]+=)");

        @Override
        public Rule convert(String text) {
            try {
                return Rule.forbid(
                        Stream.of(COMMA.split(text)).map(String::strip).toList());
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
