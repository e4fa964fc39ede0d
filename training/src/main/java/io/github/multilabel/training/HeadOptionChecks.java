package io.github.multilabel.training;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.evaluation.internal.heads.FormulaLoss;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.Losses;
import io.github.multilabel.model.heads.HeadLayers;
import java.util.Map;
import java.util.Objects;
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
        options.dropout.ifPresent(
                rate -> problems.check("optDropout", () -> HeadLayers.linear().withDropout(rate)));
        options.repeated()
                .forEach(head -> problems.add(
                        OPTIONS,
                        quoted(head) + ", ...",
                        "the head has options already; put all of them into one HeadOptions"));
        options.byHead().forEach((head, given) -> {
            if (head == null) {
                problems.add(OPTIONS, "null, ...", "the name of a head is needed");
            } else if (given == null) {
                problems.add(OPTIONS, quoted(head) + ", null", "pass HeadOptions.standard(), or leave the call out");
            } else {
                given.given().forEach((option, value) -> check(head, option, value));
                checkTogether(head, given);
            }
        });
    }

    private void check(String head, String option, @Nullable Object value) {
        if (value == null) {
            add(option, head, value, "leave the option out for the default");
            return;
        }
        switch (option) {
            case HeadOptions.LOSS_WEIGHT -> checkWeight(head, (double) value);
            case HeadOptions.LABEL_SMOOTHING -> check(option, head, value, () -> Losses.crossEntropy((double) value));
            case HeadOptions.DROPOUT ->
                check(option, head, value, () -> HeadLayers.linear().withDropout((double) value));
            case HeadOptions.HIDDEN_UNITS ->
                check(option, head, value, () -> HeadLayers.linear().withHidden((int) value));
            default -> {} // a loss and class weights are checked with their head
        }
    }

    private void check(String option, String head, @Nullable Object value, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            add(option, head, value, Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    /** A problem, shown inside the call that users wrote. */
    private void add(String option, String head, @Nullable Object value, String wanted) {
        boolean hasText = value == null || value instanceof Number;
        problems.add(
                option,
                quoted(head) + ", " + (hasText ? value : "..."),
                wanted,
                OPTIONS + "(" + quoted(head) + ", ...): " + option + (hasText ? " " + value : ""));
    }

    private void checkWeight(String head, double weight) {
        if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
            add(
                    HeadOptions.LOSS_WEIGHT,
                    head,
                    weight,
                    "a finite number of at least 0" + (weight > Float.MAX_VALUE ? ", in float32: up to 3e38" : ""));
        } else if (weight > 0 && (float) weight == 0) {
            add(
                    HeadOptions.LOSS_WEIGHT,
                    head,
                    weight,
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
                    if (given.given().isEmpty()) {
                        problems.check(OPTIONS, quoted(name) + ", ...", () -> heads.get(name));
                    }
                    given.given().forEach((option, value) -> check(option, name, value, () -> heads.get(name)));
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
        if (given.get(HeadOptions.LOSS) instanceof FormulaLoss loss) {
            check(HeadOptions.LOSS, head.name(), loss, () -> loss.requireFit(head));
        }
        if (given.get(HeadOptions.CLASS_WEIGHTS) instanceof ClassWeights weights) {
            check(HeadOptions.CLASS_WEIGHTS, head.name(), weights, () -> weights.requireFit(head));
        }
        if (given.containsKey(HeadOptions.LABEL_SMOOTHING) && head.kind() != Head.Kind.SINGLE_LABEL) {
            add(
                    HeadOptions.LABEL_SMOOTHING,
                    head.name(),
                    given.get(HeadOptions.LABEL_SMOOTHING),
                    "head '" + head.name() + "' is " + head.kind() + ", and smoothing is for SINGLE_LABEL heads");
        }
    }

    private static String quoted(String head) {
        return head == null ? "null" : '"' + head + '"';
    }
}
