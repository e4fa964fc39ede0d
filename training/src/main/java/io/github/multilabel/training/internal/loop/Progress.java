package io.github.multilabel.training.internal.loop;

import io.github.multilabel.evaluation.internal.EvaluationLoop;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.evaluation.metrics.Evaluation;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** A bar on standard error with the time left, the speed, and the running loss of each head; or nothing. */
final class Progress implements EvaluationLoop.Watch, AutoCloseable {

    /** Reading the counts waits for the device: as often as a person can see, not more. */
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

    /** Null if nothing is shown. */
    private final @Nullable ProgressBar bar;

    private long shown = System.nanoTime() - INTERVAL;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /**
     * Starts at 0.
     *
     * @param images as many as there will be
     */
    static Progress of(boolean wanted, String task, int images) {
        if (!wanted) {
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(images)
                .setUnit("", 1) // short, so that the heads fit into 80 columns
                .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build());
    }

    /** So many images more. */
    void step(int images, EvaluationAccumulator accumulator) {
        step(images, () -> message(accumulator.evaluation()));
    }

    @Override
    public void onBatch(int images, EvaluationAccumulator current) {
        step(images, current);
    }

    /** So much more. */
    void step(int more, Supplier<String> message) {
        if (bar == null || more == 0) {
            return;
        }
        bar.stepBy(more);
        if (System.nanoTime() - shown >= INTERVAL) {
            shown = System.nanoTime();
            bar.setExtraMessage(message.get());
        }
    }

    private static String message(Evaluation evaluation) {
        return evaluation.heads().stream()
                .map(head -> String.format(Locale.ROOT, "%s %.2f", head.head().name(), head.loss()))
                .collect(Collectors.joining(", ", " loss ", ""));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
