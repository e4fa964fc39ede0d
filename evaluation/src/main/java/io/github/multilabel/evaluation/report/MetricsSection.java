package io.github.multilabel.evaluation.report;

import io.github.multilabel.evaluation.internal.page.Cell;
import io.github.multilabel.evaluation.internal.page.Figures;
import io.github.multilabel.evaluation.internal.page.Section;
import io.github.multilabel.evaluation.internal.page.Table;
import io.github.multilabel.evaluation.scoring.Interval;
import io.github.multilabel.evaluation.scoring.PredictionMetric;
import io.github.multilabel.evaluation.scoring.PredictionMetrics;
import java.util.ArrayList;
import java.util.List;

/** All metrics by the names that options, files and the API have for them. */
final class MetricsSection {

    private MetricsSection() {}

    static Section of(PredictionMetrics metrics) {
        List<List<Cell>> rows = new ArrayList<>();
        PredictionMetric.all(metrics.headSet()).forEach((name, metric) -> {
            Interval interval = metrics.interval(name);
            rows.add(List.of(
                    Cell.text(name),
                    number(interval.value()),
                    number(interval.low()),
                    number(interval.high()),
                    Cell.text(metric.higherIsBetter() ? "higher" : "lower")));
        });
        return new Section(
                "All metrics",
                List.of(new Table("Metrics by name", List.of("metric", "value", "from", "to", "better"), rows)
                        .withNote(
                                metrics.intervals().isEmpty()
                                        ? ""
                                        : "From and to: the interval of the bootstrap, n/a where it is not known.")));
    }

    private static Cell number(double value) {
        return Cell.number(Figures.number(value), value);
    }
}
