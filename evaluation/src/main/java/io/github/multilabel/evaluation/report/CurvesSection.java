package io.github.multilabel.evaluation.report;

import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.evaluation.internal.page.Axis;
import io.github.multilabel.evaluation.internal.page.Chart;
import io.github.multilabel.evaluation.internal.page.Chart.Line;
import io.github.multilabel.evaluation.internal.page.Charts;
import io.github.multilabel.evaluation.internal.page.Figures;
import io.github.multilabel.evaluation.internal.page.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How metrics went over the epochs. */
final class CurvesSection {

    private CurvesSection() {}

    static Optional<Section> of(List<LearningCurve> curves) {
        return curves.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section(
                        "Learning curves",
                        List.of(new Charts(
                                curves.stream().map(CurvesSection::chart).toList()))));
    }

    private static Chart chart(LearningCurve curve) {
        List<Line> lines = new ArrayList<>();
        add(lines, "training", 1, curve.training());
        add(lines, "validation", 0, curve.validation());
        double[] finite = Stream.concat(curve.training().stream(), curve.validation().stream())
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        Axis upward = curve.isShare()
                ? Axis.shares("", true)
                : Axis.values(
                        "",
                        finite.length == 0 ? Double.NaN : finite[0],
                        finite.length == 0 ? Double.NaN : finite[finite.length - 1]);
        return new Chart(
                Excerpt.of(curve.metric()),
                "over " + Figures.count(curve.epochs(), "epoch") + ": " + words(curve),
                Axis.numbers("epoch", curve.epochs()),
                upward,
                lines,
                List.of());
    }

    private static void add(List<Line> lines, String name, int style, List<Double> values) {
        if (!values.isEmpty()) {
            lines.add(new Line(
                    name,
                    style,
                    IntStream.rangeClosed(1, values.size())
                            .mapToObj(epoch -> (double) epoch)
                            .toList(),
                    values));
        }
    }

    private static String words(LearningCurve curve) {
        List<String> words = new ArrayList<>();
        if (!curve.training().isEmpty()) {
            words.add("training " + ends(curve, curve.training()));
        }
        if (!curve.validation().isEmpty()) {
            words.add("validation " + ends(curve, curve.validation()));
        }
        return String.join(", ", words);
    }

    private static String ends(LearningCurve curve, List<Double> values) {
        return "from " + word(curve, values.get(0)) + " to " + word(curve, values.get(values.size() - 1));
    }

    private static String word(LearningCurve curve, double value) {
        return curve.isShare() ? Figures.share(value) : Figures.number(value);
    }
}
