package io.github.multilabel.evaluation.report;

import io.github.multilabel.evaluation.calibration.AbstentionChoice;
import io.github.multilabel.evaluation.calibration.ReliabilityCurve;
import io.github.multilabel.evaluation.calibration.RiskCoverage;
import io.github.multilabel.evaluation.internal.page.Axis;
import io.github.multilabel.evaluation.internal.page.Chart;
import io.github.multilabel.evaluation.internal.page.Chart.Bar;
import io.github.multilabel.evaluation.internal.page.Chart.Line;
import io.github.multilabel.evaluation.internal.page.Charts;
import io.github.multilabel.evaluation.internal.page.Figures;
import io.github.multilabel.evaluation.scoring.HeadConfidence;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Whether the probabilities of a head can be trusted, see {@link HeadConfidence}. */
final class TrustCharts {

    private final HeadConfidence confidence;
    private final String answers;

    private TrustCharts(HeadConfidence confidence) {
        this.confidence = confidence;
        answers = switch (confidence.head().kind()) {
            case SINGLE_LABEL -> "images";
            case MULTI_LABEL -> "decisions on tags";
        };
    }

    /** Of a head with at least one labelled image. */
    static Charts of(HeadConfidence confidence) {
        TrustCharts charts = new TrustCharts(confidence);
        return new Charts(List.of(charts.reliability(), charts.riskCoverage()));
    }

    private Chart reliability() {
        ReliabilityCurve curve = confidence.equalWidth();
        int most = curve.bins().stream()
                .mapToInt(ReliabilityCurve.Bin::answers)
                .max()
                .orElse(1);
        double width = 1.0 / ReliabilityCurve.BINS;
        List<Bar> bars = curve.bins().stream()
                .map(bin -> {
                    double left = Math.max(0, Math.ceil(bin.probability() / width - 1e-9) - 1) * width;
                    return new Bar(left, left + width, (double) bin.answers() / most);
                })
                .toList();
        return new Chart(
                "How often it is right where it is so sure",
                "expected calibration error " + Figures.number(curve.expectedError()) + " over "
                        + Figures.count(confidence.answers()) + " " + answers
                        + ". Grey bars: how many there are. On the dotted line, it is right as often as it says",
                Axis.shares("probability of the answer", false),
                Axis.shares("", true),
                List.of(
                        line("right", 0, curve.bins(), ReliabilityCurve.Bin::probability, ReliabilityCurve.Bin::right),
                        new Line("as often as it says", Line.GUIDE, List.of(0.0, 1.0), List.of(0.0, 1.0))),
                bars);
    }

    private Chart riskCoverage() {
        List<RiskCoverage.Point> points = confidence.riskCoverage();
        double most =
                points.stream().mapToDouble(RiskCoverage.Point::risk).max().orElse(0);
        return new Chart(
                "Mistakes if it answers only the surest",
                "area under the curve " + Figures.number(confidence.riskArea()) + ", with all answers "
                        + Figures.share(points.get(points.size() - 1).risk()) + " are wrong"
                        + confidence.abstention().map(TrustCharts::words).orElse(""),
                Axis.shares("answered", false),
                Axis.sharesTo("", most),
                List.of(line("wrong", 1, points, RiskCoverage.Point::coverage, RiskCoverage.Point::risk)),
                List.of());
    }

    private static <T> Line line(String name, int style, List<T> points, ToDoubleFunction<T> x, ToDoubleFunction<T> y) {
        return new Line(
                name,
                style,
                points.stream().map(x::applyAsDouble).toList(),
                points.stream().map(y::applyAsDouble).toList());
    }

    /** What "unknown" is worth. */
    private static String words(AbstentionChoice choice) {
        return ". Below " + Figures.score(choice.threshold()) + " it answers unknown: "
                + Figures.share(choice.coverage()) + " are answered, of which " + Figures.share(choice.precision())
                + " are right, with 95 % confidence at least " + Figures.share(choice.leastPrecision());
    }
}
