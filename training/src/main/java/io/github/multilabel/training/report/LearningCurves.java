package io.github.multilabel.training.report;

import static io.github.multilabel.training.report.ChartStyle.COLOURS;
import static io.github.multilabel.training.report.ChartStyle.HEIGHT;
import static io.github.multilabel.training.report.ChartStyle.WIDTH;

import io.github.multilabel.core.internal.files.PngFile;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.training.event.EpochReport;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.lines.SeriesLines;

/**
 * Draws the learning curves of a training as a PNG: the loss, the accuracy of each head, and the learning rate of the
 * last step of each epoch, side by side. Training is dashed, validation solid.
 */
public final class LearningCurves {

    private LearningCurves() {}

    /**
     * Writes a PNG. An existing file is replaced when the new one is complete.
     *
     * @param file the file to write; its folder is created if it is missing
     * @param history at least one epoch
     * @throws IOException if the chart cannot be drawn, for example on a machine without fonts, or not be written
     */
    public static void write(Path file, List<EpochReport> history) throws IOException {
        PngFile.write(file, () -> draw(history));
    }

    private static BufferedImage draw(List<EpochReport> history) {
        BufferedImage losses = BitmapEncoder.getBufferedImage(losses(history));
        BufferedImage accuracies = BitmapEncoder.getBufferedImage(accuracies(history));
        BufferedImage rates = BitmapEncoder.getBufferedImage(rates(history));
        BufferedImage all = new BufferedImage(3 * WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = all.createGraphics();
        graphics.drawImage(losses, 0, 0, null);
        graphics.drawImage(accuracies, WIDTH, 0, null);
        graphics.drawImage(rates, 2 * WIDTH, 0, null);
        graphics.dispose();
        return all;
    }

    private static XYChart rates(List<EpochReport> history) {
        XYChart chart = chart("Learning rate");
        chart.getStyler().setYAxisDecimalPattern("0.##E0");
        ChartStyle.line(
                chart,
                "rate",
                history.stream().map(EpochReport::epoch).toList(),
                history.stream().map(EpochReport::learningRate).toList(),
                COLOURS.get(0));
        return chart;
    }

    private static XYChart losses(List<EpochReport> history) {
        XYChart chart = chart("Loss of all heads");
        both(chart, history, "", Evaluation::loss, COLOURS.get(0));
        return chart;
    }

    private static XYChart accuracies(List<EpochReport> history) {
        XYChart chart = chart("Accuracy per head");
        chart.getStyler().setYAxisMax(1.0);
        List<HeadMetrics> heads = history.get(0).training().heads();
        for (int i = 0; i < heads.size(); i++) {
            String head = heads.get(i).head().name();
            both(
                    chart,
                    history,
                    head + " ",
                    evaluation -> evaluation.head(head).accuracy(),
                    COLOURS.get(i % COLOURS.size()));
        }
        return chart;
    }

    private static XYChart chart(String title) {
        XYChart chart = ChartStyle.chart(title, "epoch");
        chart.getStyler().setYAxisMin(0.0).setXAxisDecimalPattern("0");
        return chart;
    }

    private static void both(
            XYChart chart, List<EpochReport> history, String name, ToDoubleFunction<Evaluation> value, Color colour) {
        line(chart, history, name + "training", epoch -> Optional.of(epoch.training()), value, colour, true);
        line(chart, history, name + "validation", EpochReport::validation, value, colour, false);
    }

    private static void line(
            XYChart chart,
            List<EpochReport> history,
            String name,
            Function<EpochReport, Optional<Evaluation>> part,
            ToDoubleFunction<Evaluation> value,
            Color colour,
            boolean dashed) {
        List<Integer> epochs = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (EpochReport epoch : history) {
            Optional<Double> number =
                    part.apply(epoch).map(value::applyAsDouble).filter(Double::isFinite);
            if (number.isPresent()) {
                epochs.add(epoch.epoch());
                values.add(number.get());
            }
        }
        if (!epochs.isEmpty()) {
            ChartStyle.line(chart, name, epochs, values, colour)
                    .setLineStyle(dashed ? SeriesLines.DASH_DASH : SeriesLines.SOLID);
        }
    }
}
