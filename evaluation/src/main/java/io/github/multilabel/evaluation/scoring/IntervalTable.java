package io.github.multilabel.evaluation.scoring;

import io.github.multilabel.evaluation.metrics.HeadMetrics;
import java.util.Locale;
import java.util.Map;

/** Metrics with intervals as text of fixed width, the same in every locale. */
final class IntervalTable {

    private IntervalTable() {}

    static String of(PredictionMetrics metrics) {
        StringBuilder text = new StringBuilder();
        long samples = metrics.evaluation().samples();
        for (HeadMetrics head : metrics.evaluation().heads()) {
            text.append(String.format(
                    Locale.ROOT, "%s: %,d of %,d images labelled%n", head.head().name(), head.support(), samples));
        }
        text.append(String.format(
                Locale.ROOT,
                "all heads: %,d of %,d images labelled%n",
                metrics.evaluation().completelyLabelled(),
                samples));
        metrics.resampling().ifPresent(text::append);
        Map<String, PredictionMetric> all = PredictionMetric.all(metrics.headSet());
        int width = all.keySet().stream()
                .mapToInt(name -> name.codePointCount(0, name.length()))
                .max()
                .orElse(0);
        all.keySet().forEach(name -> text.append(name)
                .append(" ".repeat(width - name.codePointCount(0, name.length()) + 1))
                .append(metrics.intervals().isEmpty() ? number(metrics.value(name)) : metrics.interval(name))
                .append(System.lineSeparator()));
        metrics.errors().forEach(pair -> text.append(pair).append(System.lineSeparator()));
        return text.toString();
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.3f", value);
    }
}
