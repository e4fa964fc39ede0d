package io.github.multilabel.training.internal.loop;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.Metric;
import io.github.multilabel.training.internal.settings.MonitorRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;

/** What is found out about data before the first epoch, not after hours. */
public final class DataChecks {

    private static final Logger LOG = TrainingLog.LOG;

    private DataChecks() {}

    /**
     * Checks that there is something to learn from the images that can be used, and warns of heads and categories that
     * have none.
     *
     * @param headWeights in the order of the heads; one of weight 0 does not learn
     * @throws InvalidOptionsException if a head has no label, or no head has labels that differ
     */
    public static void requireLearnable(MultiLabelDataset training, List<Double> headWeights) {
        List<UsableLabels> all = UsableLabels.of(training);
        List<String> unlabelled = all.stream()
                .filter(labels -> labels.labelled() == 0)
                .map(labels -> labels.head().name())
                .toList();
        if (!unlabelled.isEmpty()) {
            throw new InvalidOptionsException("none of the " + images(training, "training") + " has a label for "
                    + (unlabelled.size() == 1 ? "head '" + unlabelled.get(0) + "'" : "the heads " + unlabelled)
                    + "; look at the column or rule that fills it, or leave the head out");
        }
        if (IntStream.range(0, all.size())
                .allMatch(h -> headWeights.get(h) == 0 || all.get(h).isConstant())) {
            throw new InvalidOptionsException("there is nothing to learn from the " + images(training, "training")
                    + ": all that are labelled have the same answer, "
                    + all.stream()
                            .map(labels -> labels.head().name() + " " + labels.categories(true))
                            .collect(Collectors.joining(", "))
                    + "; look at the images that were left out, or at the split");
        }
        all.forEach(labels -> warnOfGaps(training, labels));
    }

    private static void warnOfGaps(MultiLabelDataset training, UsableLabels labels) {
        List<String> absent = labels.categories(false);
        if (labels.isConstant() && labels.head().size() > 1) {
            LOG.warn(
                    "head '{}': all {} labelled ones of the {} have the same answer, {}; it cannot learn to distinguish it"
                            + " from others",
                    labels.head().name(),
                    labels.labelled(),
                    images(training, "training"),
                    labels.categories(true));
        } else if (!absent.isEmpty()) {
            LOG.warn(
                    "head '{}': {} of its {} categories have no image among the {}, so it cannot learn them: {}",
                    labels.head().name(),
                    absent.size(),
                    labels.head().size(),
                    images(training, "training"),
                    BatchGroup.first(absent));
        }
    }

    /** For example {@code 12 training images} or {@code 9 training images that can be used (of 12)}. */
    private static String images(MultiLabelDataset data, String role) {
        int leftOut = data.leftOut().size();
        return leftOut == 0
                ? data.size() + " " + role + " images"
                : (data.size() - leftOut) + " " + role + " images that can be used (of " + data.size() + ")";
    }

    /** Warns of main heads that validation cannot evaluate. */
    public static void warnOfUnlabelled(HeadSet mainHeads, MultiLabelDataset validation) {
        UsableLabels.of(validation).stream()
                .filter(labels -> labels.labelled() == 0
                        && mainHeads.names().contains(labels.head().name()))
                .forEach(labels -> LOG.warn(
                        "head '{}' is trained, but cannot be evaluated: none of the {} has a label for it that the training"
                                + " knows",
                        labels.head().name(),
                        images(validation, "validation")));
    }

    /**
     * Checks that the metric that chooses the best epoch is defined, as far as labels decide that.
     *
     * @param mainHeads the heads that it may be about
     * @param validation if there is some
     * @throws InvalidOptionsException if it is undefined however the model answers
     */
    public static void requireDefined(
            MonitorRule rule, HeadSet mainHeads, MultiLabelDataset training, Optional<MultiLabelDataset> validation) {
        if (rule.part().isEmpty()) {
            return;
        }
        boolean ofTraining = rule.part().get() == Metric.Part.TRAIN;
        MultiLabelDataset data = ofTraining ? training : validation.orElseThrow();
        List<Labels> labels =
                IntStream.range(0, data.size()).mapToObj(data::labels).toList();
        if (Double.isNaN(rule.metric().of(Evaluation.perfect(mainHeads, labels)))) {
            throw new InvalidOptionsException("the best epoch shall be chosen by '" + rule + "', which is not defined"
                    + " whatever the model answers: the " + images(data, ofTraining ? "training" : "validation")
                    + " lack labels for it. Label some, split anew, or choose by another metric with optMonitor, such as"
                    + " '" + Metric.Part.TRAIN.name(rule.metric().name()) + "'");
        }
    }
}
