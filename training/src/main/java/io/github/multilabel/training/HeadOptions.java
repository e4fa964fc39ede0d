package io.github.multilabel.training;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.evaluation.internal.heads.FormulaLoss;
import io.github.multilabel.evaluation.internal.heads.HeadWeights;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.HeadLoss;
import io.github.multilabel.evaluation.loss.Losses;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the builder was told about single heads, by name. */
final class HeadOptions {

    final Map<String, Double> weights = new LinkedHashMap<>();
    final Map<String, ClassWeights> classWeights = new LinkedHashMap<>();
    final Map<String, HeadLoss> losses = new LinkedHashMap<>();
    final Map<String, Double> smoothings = new LinkedHashMap<>();
    final Set<String> auxiliary = new LinkedHashSet<>();
    double smoothing;
    final HeadLayerOptions layers = new HeadLayerOptions();

    /** The heads that the trained model answers. */
    HeadSet answered(HeadSet heads) {
        return heads.select(
                heads.names().stream().filter(name -> !auxiliary.contains(name)).toList());
    }

    /** The loss of every head. */
    Map<String, HeadLoss> resolvedLosses(HeadSet heads) {
        return heads.stream().collect(Collectors.toUnmodifiableMap(Head::name, this::loss));
    }

    private HeadLoss loss(Head head) {
        if (losses.containsKey(head.name())) {
            return losses.get(head.name());
        }
        return head.kind() == Head.Kind.SINGLE_LABEL
                ? Losses.crossEntropy(smoothings.getOrDefault(head.name(), smoothing))
                : Losses.standard(head);
    }

    /**
     * Adds all that is wrong.
     *
     * @param heads of the training, or null if they are not known
     */
    void check(HeadSet heads, Problems problems) {
        weights.forEach((head, weight) -> {
            String given = "\"" + head + "\", " + weight;
            if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
                problems.add(
                        "optHeadWeight",
                        given,
                        "a finite number of at least 0" + (weight > Float.MAX_VALUE ? ", in float32: up to 3e38" : ""));
            } else if (weight > 0 && weight.floatValue() == 0) {
                problems.add(
                        "optHeadWeight",
                        given,
                        "0 in float32, so the head would not learn; a greater number, or 0 if that is meant");
            }
        });
        classWeights.keySet().stream()
                .filter(head -> losses.get(head) != null && !(losses.get(head) instanceof FormulaLoss))
                .forEach(head -> problems.add("head '" + head
                        + "' has both optClassWeights and a loss of its own: weigh the categories in that loss,"
                        + " or take one of Losses, which heed the weights"));
        smoothings.keySet().stream()
                .filter(losses::containsKey)
                .forEach(head -> problems.add("head '" + head
                        + "' has both optLabelSmoothing and optLoss; smoothing is for Losses.crossEntropy"));
        problems.check("optLabelSmoothing", () -> Losses.crossEntropy(smoothing));
        layers.check(heads, problems);
        if (heads != null) {
            checkNames(heads, problems);
        }
    }

    private void checkNames(HeadSet heads, Problems problems) {
        if (Arrays.stream(HeadWeights.inOrder(heads, weights)).allMatch(weight -> (float) weight == 0)) {
            problems.add(
                    "optHeadWeight",
                    "every head of " + heads.names()
                            + " has the weight 0, so nothing would be learned; at least one above 0 is needed");
        }
        weights.keySet().forEach(head -> problems.check("optHeadWeight", () -> heads.get(head)));
        losses.forEach((head, loss) -> problems.check("optLoss", () -> requireFit(heads.get(head), loss)));
        smoothings.forEach((head, each) ->
                problems.check("optLabelSmoothing", () -> requireFit(heads.get(head), Losses.crossEntropy(each))));
        classWeights.forEach((head, given) -> problems.check(
                "optClassWeights", () -> given(heads.get(head), given).requireFit(heads.get(head))));
        auxiliary.forEach(head -> problems.check("optAuxiliaryHead", () -> heads.get(head)));
        if (auxiliary.containsAll(heads.names())) {
            problems.add(
                    "optAuxiliaryHead",
                    "every head of " + heads.names() + " is auxiliary; one that the model shall answer is needed");
        }
    }

    private static void requireFit(Head head, HeadLoss loss) {
        if (given(head, loss) instanceof FormulaLoss standard) {
            standard.requireFit(head);
        }
    }

    private static <T> T given(Head head, T value) {
        if (value == null) {
            throw new IllegalArgumentException("head '" + head.name() + "' is given null");
        }
        return value;
    }
}
