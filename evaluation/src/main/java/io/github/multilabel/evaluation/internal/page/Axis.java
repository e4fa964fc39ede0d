package io.github.multilabel.evaluation.internal.page;

import java.util.ArrayList;
import java.util.List;

/**
 * An axis of a {@link Chart}.
 *
 * @param name what is on it
 * @param least at its beginning
 * @param most at its end, more than the least
 * @param ticks the numbers that are written at it
 */
public record Axis(String name, double least, double most, boolean isUpward, List<Tick> ticks) {

    private static final int TICKS = 5;

    /**
     * A number at an axis.
     *
     * @param value where it stands
     * @param text what is written
     */
    public record Tick(double value, String text) {}

    /** Copies the list. */
    public Axis {
        ticks = List.copyOf(ticks);
    }

    /** An axis of shares from 0 to 1, in percent. */
    public static Axis shares(String name, boolean isUpward) {
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i <= 4; i++) {
            ticks.add(new Tick(i / 4.0, i * 25 + "\u00a0%"));
        }
        return new Axis(name, 0, 1, isUpward, ticks);
    }

    /** An axis upward of shares from 0 to at least the highest, in percent. */
    public static Axis sharesTo(String name, double most) {
        Axis percent = values(name, 0, Math.max(1, 100 * most));
        return new Axis(
                name,
                0,
                percent.most() / 100,
                true,
                percent.ticks().stream()
                        .map(tick -> new Tick(tick.value() / 100, tick.text() + "\u00a0%"))
                        .toList());
    }

    /** An axis of whole numbers from 1. */
    public static Axis numbers(String name, long most) {
        double step = Math.max(1, step(most - 1.0));
        List<Tick> ticks = new ArrayList<>();
        ticks.add(new Tick(1, "1"));
        for (long i = (long) step; i <= most; i += (long) step) {
            if (i > 1 && (step == 1 || i - 1 >= step / 2)) {
                ticks.add(new Tick(i, Figures.count(i)));
            }
        }
        return new Axis(name, 1, Math.max(2, most), false, ticks);
    }

    /** An axis upward from 0, or from below where a value is. */
    public static Axis values(String name, double least, double most) {
        double low = Double.isFinite(least) ? Math.min(0, least) : 0;
        double high = Double.isFinite(most) && most > low ? most : low + 1;
        double step = step(high - low);
        double start = Math.floor(low / step) * step;
        double end = Math.ceil(high / step - 1e-9) * step;
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; start + i * step <= end + step / 2; i++) {
            double value = start + i * step;
            ticks.add(new Tick(value, Figures.number(Math.abs(value) < step / 2 ? 0 : value)));
        }
        return new Axis(name, start, end, true, ticks);
    }

    /** 1, 2 or 5 times a power of ten, so that there are at most so many ticks. */
    private static double step(double range) {
        double rough = Math.max(range, Double.MIN_NORMAL) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double times = rough / power;
        return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
    }

    /** Where a value is, in the units of the picture. */
    double at(double value) {
        double share = Math.max(0, Math.min(1, (value - least) / (most - least)));
        return isUpward
                ? Chart.BOTTOM - share * (Chart.BOTTOM - Chart.TOP)
                : Chart.LEFT + share * (Chart.RIGHT - Chart.LEFT);
    }

    String place(Tick tick) {
        return Chart.place(at(tick.value()));
    }
}
