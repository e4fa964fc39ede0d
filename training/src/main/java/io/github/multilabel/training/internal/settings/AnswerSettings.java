package io.github.multilabel.training.internal.settings;

import io.github.multilabel.model.combination.Rule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the trained model is to answer beyond each head for itself.
 *
 * @param rules of the answer of all heads together; empty if that is not wished
 * @param surePrecision with which sure answers are to be right; empty if predictions need not tell of which heads they
 *     are sure
 * @param isCalibrated whether probabilities are to be right as often as they say
 * @param answerPrecision with which answers are to be right, others being unknown; empty if all are answers
 * @param tagThresholds whether each tag is to be predicted from a probability of its own on
 * @param unusualRate which share of images like those of the validation may be called unusual; empty if predictions
 *     need not tell of unusual images
 */
public record AnswerSettings(
        Optional<List<Rule>> rules,
        OptionalDouble surePrecision,
        boolean isCalibrated,
        OptionalDouble answerPrecision,
        boolean tagThresholds,
        OptionalDouble unusualRate) {

    /** What nobody has to ask for. */
    public static final AnswerSettings USUAL = new AnswerSettings(
            Optional.empty(), OptionalDouble.empty(), true, OptionalDouble.empty(), false, OptionalDouble.empty());

    /** Copies the list. */
    public AnswerSettings {
        rules = rules.map(List::copyOf);
    }

    /** Whether validation images are to be asked once more when the heads answer as they will. */
    public boolean areChosen() {
        return rules.isPresent()
                || surePrecision.isPresent()
                || isCalibrated
                || answerPrecision.isPresent()
                || tagThresholds;
    }
}
