package io.github.multilabel.training.report;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The style of all charts. */
final class ChartStyle {

    static final int WIDTH = 640;
    static final int HEIGHT = 420;
    /** Okabe and Ito's colours, which can be distinguished by most people with colour blindness. */
    static final List<Color> COLOURS = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xE69F00),
            new Color(0x56B4E9),
            new Color(0x000000));

    private ChartStyle() {}

    /** A chart without lines. */
    static XYChart chart(String title, String horizontal) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(horizontal)
                .build();
        chart.getStyler()
                .setLocale(Locale.ROOT)
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setChartTitleBoxVisible(false)
                .setLegendBorderColor(Color.WHITE);
        chart.getStyler().setYAxisDecimalPattern("0.##");
        return chart;
    }

    /** Adds a line, or a dot where it is one point. */
    static XYSeries line(
            XYChart chart, String name, List<? extends Number> across, List<? extends Number> up, Color colour) {
        XYSeries series = chart.addSeries(name, across, up);
        series.setLineColor(colour);
        series.setMarkerColor(colour);
        series.setMarker(up.size() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        return series;
    }
}
