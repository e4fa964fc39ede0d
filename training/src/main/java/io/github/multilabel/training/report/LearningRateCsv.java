package io.github.multilabel.training.report;

import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.training.event.LearningRateRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A learning-rate range test as CSV, a row per step: {@code learning_rate, loss, smoothed_loss}. What is not finite is
 * an empty cell.
 */
public final class LearningRateCsv {

    private LearningRateCsv() {}

    /**
     * Writes the file; an earlier one is replaced when the new one is complete.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, LearningRateRange range) throws IOException {
        StringBuilder text = new StringBuilder("learning_rate,loss,smoothed_loss\n");
        List<Double> smoothed = range.smoothedLosses();
        for (int i = 0; i < smoothed.size(); i++) {
            text.append(HistoryCsv.number(range.rates().get(i)))
                    .append(',')
                    .append(HistoryCsv.number(range.losses().get(i)))
                    .append(',')
                    .append(HistoryCsv.number(smoothed.get(i)))
                    .append('\n');
        }
        AtomicOutput.file(file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
