package io.github.multilabel.training;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.evaluation.internal.heads.FormulaLoss;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.Losses;
import io.github.multilabel.model.heads.HeadLayers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with the options of heads. */
final class HeadOptionChecks {

    private static final String OPTIONS = "addHeadOptions";

    private final OptionsOfHeads options;
    private final Problems problems;

    HeadOptionChecks(OptionsOfHeads options, Problems problems) {
        this.options = options;
        this.problems = problems;
    }

    /** Checks what can be checked without knowing the heads. */
    void check() {
        problems.check("optLabelSmoothing", () -> Losses.crossEntropy(options.labelSmoothing));
        problems.check("optDropout", () -> HeadLayers.linear().withDropout(options.dropout));
        options.repeated()
                .forEach(head -> problems.add(
                        OPTIONS,
                        quoted(head) + ", ...",
                        "the head has options already; put all of them into one HeadOptions"));
        options.byHead().forEach((head, given) -> {
            if (head == null || given == null) {
                problems.add(
                        OPTIONS,
                        quoted(head) + ", " + given,
                        "a name and options are needed, e.g. HeadOptions.standard()");
            } else {
                given.given().forEach((option, value) -> check(head, option, value));
                checkTogether(head, given);
            }
        });
    }

    private void check(String head, String option, @Nullable Object value) {
        if (value == null) {
            problems.add(option, given(head, value), "leave the option out for the default");
            return;
        }
        switch (option) {
            case HeadOptions.LOSS_WEIGHT -> checkWeight(head, (double) value);
            case HeadOptions.LABEL_SMOOTHING ->
                problems.check(option, given(head, value), () -> Losses.crossEntropy((double) value));
            case HeadOptions.DROPOUT ->
                problems.check(
                        option, given(head, value), () -> HeadLayers.linear().withDropout((double) value));
            case HeadOptions.HIDDEN_UNITS ->
                problems.check(
                        option, given(head, value), () -> HeadLayers.linear().withHidden((int) value));
            default -> {} // a loss and class weights are checked with their head
        }
    }

    private void checkWeight(String head, double weight) {
        if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
            problems.add(
                    HeadOptions.LOSS_WEIGHT,
                    given(head, weight),
                    "a finite number of at least 0" + (weight > Float.MAX_VALUE ? ", in float32: up to 3e38" : ""));
        } else if (weight > 0 && (float) weight == 0) {
            problems.add(
                    HeadOptions.LOSS_WEIGHT,
                    given(head, weight),
                    "0 in float32, so the head would not learn; a greater number, or 0 if that is meant");
        }
    }

    private void checkTogether(String head, HeadOptions options) {
        Object loss = options.given().get(HeadOptions.LOSS);
        if (options.has(HeadOptions.CLASS_WEIGHTS) && loss != null && !(loss instanceof FormulaLoss)) {
            problems.add(
                    "head '" + head + "' has both classWeights and a loss of its own: weight the categories in that"
                            + " loss, or take one of Losses, which apply the weights");
        }
        if (options.has(HeadOptions.LABEL_SMOOTHING) && options.has(HeadOptions.LOSS)) {
            problems.add("head '" + head + "' has both labelSmoothing and a loss; smoothing is for"
                    + " Losses.crossEntropy");
        }
    }

    /** Checks the rest, with the heads. */
    void check(HeadSet heads) {
        if (heads.names().stream().allMatch(head -> (float) options.lossWeight(head) == 0)) {
            problems.add(
                    HeadOptions.LOSS_WEIGHT,
                    "every head of " + heads.names()
                            + " has the weight 0, so nothing would be learned; at least one above 0 is needed");
        }
        options.byHead().forEach((name, given) -> {
            if (name != null && given != null) {
                if (heads.names().contains(name)) {
                    check(heads.get(name), given.given());
                } else {
                    Map<String, @Nullable Object> options =
                            given.given().isEmpty() ? Map.of(OPTIONS, "...") : given.given();
                    options.forEach(
                            (option, value) -> problems.check(option, given(name, value), () -> heads.get(name)));
                }
            }
        });
        if (heads.names().stream().allMatch(options::isAuxiliary)) {
            problems.add(
                    HeadOptions.AUXILIARY,
                    "every head of " + heads.names() + " is auxiliary; at least one main head is needed, which the"
                            + " trained model keeps");
        }
    }

    private void check(Head head, Map<String, @Nullable Object> given) {
        String name = quoted(head.name()) + ", ...";
        if (given.get(HeadOptions.LOSS) instanceof FormulaLoss loss) {
            problems.check(HeadOptions.LOSS, name, () -> loss.requireFit(head));
        }
        if (given.get(HeadOptions.CLASS_WEIGHTS) instanceof ClassWeights weights) {
            problems.check(HeadOptions.CLASS_WEIGHTS, name, () -> weights.requireFit(head));
        }
        if (given.containsKey(HeadOptions.LABEL_SMOOTHING) && head.kind() != Head.Kind.SINGLE_LABEL) {
            problems.add(
                    HeadOptions.LABEL_SMOOTHING,
                    given(head.name(), given.get(HeadOptions.LABEL_SMOOTHING)),
                    "head '" + head.name() + "' is " + head.kind() + ", and smoothing is for SINGLE_LABEL heads");
        }
    }

    private static String given(String head, @Nullable Object value) {
        return quoted(head) + ", " + (value == null || value instanceof Number ? value : "...");
    }

    private static String quoted(String head) {
        return head == null ? "null" : '"' + head + '"';
    }
}
