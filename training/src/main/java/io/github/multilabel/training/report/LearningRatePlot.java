package io.github.multilabel.training.report;

import static io.github.multilabel.training.report.ChartStyle.COLOURS;

import io.github.multilabel.core.internal.files.PngFile;
import io.github.multilabel.training.event.LearningRateFinderResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;

/**
 * Draws a learning rate range test as a PNG: the loss of each step and the smoothed loss over the learning rate, on a
 * logarithmic axis, and a dot at the suggested rate. Losses far above the loss at the lowest rates are cut off.
 */
public final class LearningRatePlot {

    /** How much of the rise at the end is shown. */
    private static final double HEADROOM = 1.5;

    private LearningRatePlot() {}

    /**
     * Writes a PNG. An existing file is replaced when the new one is complete.
     *
     * @param file the file to write; its folder is created if it is missing
     * @param range with at least two rates that have a finite loss
     * @throws IllegalArgumentException if there are fewer
     * @throws IOException if the chart cannot be drawn, for example on a machine without fonts, or not be written
     */
    public static void write(Path file, LearningRateFinderResult range) throws IOException {
        int finite = (int) range.losses().stream().filter(Double::isFinite).count();
        if (finite < 2) {
            throw new IllegalArgumentException("there is no curve to draw: " + range);
        }
        PngFile.write(file, () -> BitmapEncoder.getBufferedImage(chart(range, finite)));
    }

    private static XYChart chart(LearningRateFinderResult range, int finite) {
        List<Double> rates = range.rates().subList(0, finite);
        List<Double> smoothed = range.smoothedLosses().subList(0, finite);
        XYChart chart = ChartStyle.chart("Loss of all heads", "learning rate");
        chart.getStyler().setXAxisLogarithmic(true).setXAxisDecimalPattern("0.#E0");
        if (smoothed.get(0) > 0) {
            chart.getStyler().setYAxisMax(HEADROOM * smoothed.get(0));
        }
        ChartStyle.line(chart, "each step", rates, range.losses().subList(0, finite), COLOURS.get(5))
                .setLineWidth(1);
        ChartStyle.line(chart, "smoothed", rates, smoothed, COLOURS.get(0));
        range.suggestion().ifPresent(rate -> {
            String name = String.format(Locale.ROOT, "suggested: %.1e", rate);
            List<Double> loss = List.of(smoothed.get(rates.indexOf(rate)));
            ChartStyle.line(chart, name, List.of(rate), loss, COLOURS.get(1));
        });
        return chart;
    }
}
