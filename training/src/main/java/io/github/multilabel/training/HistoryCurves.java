package io.github.multilabel.training;

import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.evaluation.report.LearningCurve;
import io.github.multilabel.training.event.EpochReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The loss and the accuracy of each head over the epochs, for a report. */
final class HistoryCurves {

    private HistoryCurves() {}

    /** @param history at least one epoch */
    static List<LearningCurve> of(List<EpochReport> history) {
        List<LearningCurve> curves = new ArrayList<>();
        curves.add(curve(history, "loss of all heads", false, Evaluation::loss));
        for (HeadMetrics head : history.get(0).training().heads()) {
            String name = head.head().name();
            curves.add(curve(
                    history,
                    "accuracy of " + name,
                    true,
                    evaluation -> evaluation.headSet().names().contains(name)
                            ? evaluation.head(name).accuracy()
                            : Double.NaN)); // an auxiliary head is not evaluated
        }
        return curves;
    }

    private static LearningCurve curve(
            List<EpochReport> history, String metric, boolean isShare, ToDoubleFunction<Evaluation> value) {
        List<Double> validation = history.stream()
                .map(epoch -> epoch.validation().map(value::applyAsDouble).orElse(Double.NaN))
                .toList();
        return new LearningCurve(
                metric,
                isShare,
                history.stream()
                        .map(epoch -> value.applyAsDouble(epoch.training()))
                        .toList(),
                validation.stream().allMatch(number -> number.isNaN()) ? List.of() : validation);
    }
}
