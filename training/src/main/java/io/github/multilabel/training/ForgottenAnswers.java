package io.github.multilabel.training;

import io.github.multilabel.core.Hierarchy;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.combination.Combinations;
import io.github.multilabel.model.heads.SureAnswers;
import io.github.multilabel.training.internal.settings.AnswerSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Ways to answer of the model that a training begins with which the trained one will not have. They were chosen for
 * other weights, and heads and categories may be others now, so they are asked for anew.
 */
final class ForgottenAnswers {

    private ForgottenAnswers() {}

    /**
     * A sentence for each.
     *
     * @param begun the model that the training begins with
     * @param wished of the trained one
     */
    static List<String> of(MultiLabelModel begun, AnswerSettings wished) {
        Optional<String> combinations = begun.combinations()
                .filter(each -> wished.rules().isEmpty()
                        && wasAskedFor(each, begun.heads().hierarchy()))
                .map(ForgottenAnswers::told);
        Optional<String> sure = begun.sureAnswers().stream()
                .findFirst()
                .filter(each -> wished.surePrecision().isEmpty())
                .map(ForgottenAnswers::told);
        Optional<String> unusual = begun.unusualThreshold()
                .filter(any -> wished.unusualRate().isEmpty())
                .map(each -> "the model that the training begins with tells of unusual images, the trained one will not"
                        + " unless asked for with optUnusualRate(" + each.rate() + ")");
        return Stream.of(combinations, sure, unusual).flatMap(Optional::stream).toList();
    }

    /** Heads of hierarchies are answered together unasked, also by the trained model. */
    private static boolean wasAskedFor(Combinations combinations, Hierarchy hierarchy) {
        Set<String> others = new HashSet<>(combinations.heads().names());
        hierarchy.links().forEach(link -> others.removeAll(List.of(link.child(), link.parent())));
        return !combinations.rules().isEmpty() || !others.isEmpty();
    }

    private static String told(Combinations combinations) {
        return combinations.rules().isEmpty()
                ? "the model that the training begins with answers all heads together, the trained one will not unless"
                        + " asked for with optCombinations()"
                : "the model that the training begins with never answers what its rules forbid, "
                        + Excerpt.of(combinations.rules())
                        + "; the trained one will not know them unless they are given again with optCombinations";
    }

    private static String told(SureAnswers sure) {
        return "the model that the training begins with tells of what it is sure, the trained one will not unless asked"
                + " for with optSurePrecision(" + sure.precision() + ")";
    }
}
