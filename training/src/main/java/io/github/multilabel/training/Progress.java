package io.github.multilabel.training;

import io.github.multilabel.training.metrics.Evaluation;
import io.github.multilabel.training.metrics.EvaluationAccumulator;
import io.github.multilabel.training.metrics.HeadMetrics;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar on standard error with the running loss and accuracy of each head; or nothing. */
final class Progress implements AutoCloseable {

    /** Reading the counts waits for the device: as often as a person can see, not more. */
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

    /** Null if nothing is shown. */
    private final ProgressBar bar;

    private long shown = System.nanoTime() - INTERVAL;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    static Progress of(TrainingSettings settings, String task, int batches) {
        return new Progress(
                settings.progress()
                        ? new ProgressBarBuilder()
                                .setTaskName(task)
                                .setInitialMax(batches)
                                .setUnit(" batches", 1)
                                .showSpeed()
                                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                                .build()
                        : null);
    }

    /** One batch more. */
    void step(EvaluationAccumulator accumulator) {
        if (bar == null) {
            return;
        }
        bar.step();
        if (System.nanoTime() - shown >= INTERVAL) {
            shown = System.nanoTime();
            bar.setExtraMessage(message(accumulator.evaluation()));
        }
    }

    private static String message(Evaluation evaluation) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "loss %.3f", evaluation.loss()));
        for (HeadMetrics head : evaluation.heads()) {
            text.append(String.format(Locale.ROOT, " %s %.2f", head.head().name(), head.accuracy()));
        }
        return text.toString();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
