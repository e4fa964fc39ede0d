package io.github.multilabel.evaluation.report;

import io.github.multilabel.evaluation.calibration.ReliabilityCurve;
import io.github.multilabel.evaluation.calibration.RiskCoverage;
import io.github.multilabel.evaluation.internal.page.Axis;
import io.github.multilabel.evaluation.internal.page.Chart;
import io.github.multilabel.evaluation.internal.page.Chart.Bar;
import io.github.multilabel.evaluation.internal.page.Chart.Line;
import io.github.multilabel.evaluation.internal.page.Charts;
import io.github.multilabel.evaluation.internal.page.Figures;
import io.github.multilabel.evaluation.predictions.MultiLabelPredictions;
import io.github.multilabel.evaluation.predictions.PredictedHead;
import io.github.multilabel.evaluation.predictions.SingleLabelPredictions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Whether the probabilities of a head can be trusted: how often it is right where it says how sure it is, and how many
 * mistakes are left if it answers only where it is surest. An answer of a single-label head is its most probable
 * category; of a multi-label head, each tag of each image is an answer.
 */
final class TrustCharts {

    /** Points of a line. */
    private static final int POINTS = 200;

    private final double[] probabilities;
    private final boolean[] right;
    private final String answers;

    private TrustCharts(double[] probabilities, boolean[] right, String answers) {
        this.probabilities = probabilities;
        this.right = right;
        this.answers = answers;
    }

    /** Of a head with at least one labelled image. */
    static Charts of(PredictedHead head) {
        TrustCharts charts = head.when(TrustCharts::single, TrustCharts::multi);
        return new Charts(List.of(charts.reliability(), charts.riskCoverage()));
    }

    private static TrustCharts single(SingleLabelPredictions head) {
        int[] rows = labelled(head);
        double[] probabilities = new double[rows.length];
        boolean[] right = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int best = head.best(rows[i]);
            probabilities[i] = Math.exp(head.logProbability(rows[i], best));
            right[i] = head.isRight(rows[i], best);
        }
        return new TrustCharts(probabilities, right, "images");
    }

    private static TrustCharts multi(MultiLabelPredictions head) {
        int[] rows = labelled(head);
        int tags = head.head().size();
        double[] probabilities = new double[rows.length * tags];
        boolean[] right = new boolean[probabilities.length];
        for (int i = 0; i < probabilities.length; i++) {
            int row = rows[i / tags];
            double yes = head.probability(row, i % tags);
            probabilities[i] = Math.max(yes, 1 - yes);
            right[i] = head.isRight(row, i % tags) == yes > 0.5;
        }
        return new TrustCharts(probabilities, right, "decisions on tags");
    }

    private static int[] labelled(PredictedHead head) {
        return IntStream.range(0, head.size())
                .filter(row -> !head.isMissing(row))
                .toArray();
    }

    private Chart reliability() {
        ReliabilityCurve curve = ReliabilityCurve.equalWidth(probabilities, right, ReliabilityCurve.BINS);
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
                        + Figures.count(right.length) + " " + answers
                        + ". Grey bars: how many there are. On the dotted line, it is right as often as it says",
                Axis.shares("probability of the answer", false),
                Axis.shares("", true),
                List.of(
                        line("right", 0, curve.bins(), ReliabilityCurve.Bin::probability, ReliabilityCurve.Bin::right),
                        new Line("as often as it says", Line.GUIDE, List.of(0.0, 1.0), List.of(0.0, 1.0))),
                bars);
    }

    private Chart riskCoverage() {
        RiskCoverage curve = RiskCoverage.of(probabilities, right);
        List<RiskCoverage.Point> points = thinned(curve.points());
        double most =
                points.stream().mapToDouble(RiskCoverage.Point::risk).max().orElse(0);
        return new Chart(
                "Mistakes if it answers only the surest",
                "area under the curve " + Figures.number(curve.area()) + ", with all answers "
                        + Figures.share(points.get(points.size() - 1).risk()) + " are wrong",
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

    private static <T> List<T> thinned(List<T> points) {
        int step = (points.size() + POINTS - 1) / POINTS;
        List<T> thinned = new ArrayList<>();
        for (int i = points.size() - 1; i >= 0; i -= step) { // the last one tells of all answers
            thinned.add(0, points.get(i));
        }
        return thinned;
    }
}
