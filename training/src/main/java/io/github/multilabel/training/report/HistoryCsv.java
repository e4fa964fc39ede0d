package io.github.multilabel.training.report;

import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.training.event.EpochReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The course of a training as CSV, a row per epoch: {@code epoch, learning_rate, images_per_second, skipped_batches},
 * then for training and validation {@code train_loss, train_mean_accuracy, train_exact_match}, and per head
 * {@code train_brand_loss, train_brand_accuracy}. What is undefined is an empty cell.
 */
final class HistoryCsv {

    private HistoryCsv() {}

    /**
     * Writes the file; an earlier one is replaced when the new one is complete.
     *
     * @param history at least one epoch
     * @throws IOException if it cannot be written
     */
    static void write(Path file, List<EpochReport> history) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(header(history.get(0))).append('\n');
        history.forEach(epoch -> text.append(row(epoch)).append('\n'));
        AtomicOutput.file(file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String header(EpochReport first) {
        List<String> cells = new ArrayList<>(List.of("epoch", "learning_rate", "images_per_second", "skipped_batches"));
        cells.addAll(names("train", first.training()));
        first.validation().ifPresent(validation -> cells.addAll(names("validation", validation)));
        return cells.stream().map(HistoryCsv::quoted).collect(Collectors.joining(","));
    }

    private static List<String> names(String part, Evaluation evaluation) {
        List<String> names = new ArrayList<>(List.of(part + "_loss", part + "_mean_accuracy", part + "_exact_match"));
        for (HeadMetrics head : evaluation.heads()) {
            String prefix = part + "_" + head.head().name();
            names.add(prefix + "_loss");
            names.add(prefix + "_accuracy");
        }
        return names;
    }

    private static String row(EpochReport epoch) {
        List<String> cells = new ArrayList<>(List.of(
                Integer.toString(epoch.epoch()),
                number(epoch.learningRate()),
                number(epoch.imagesPerSecond()),
                Integer.toString(epoch.skippedBatches())));
        cells.addAll(numbers(epoch.training()));
        epoch.validation().ifPresent(validation -> cells.addAll(numbers(validation)));
        return String.join(",", cells);
    }

    private static List<String> numbers(Evaluation evaluation) {
        List<String> numbers = new ArrayList<>(
                List.of(number(evaluation.loss()), number(evaluation.meanAccuracy()), number(evaluation.exactMatch())));
        for (HeadMetrics head : evaluation.heads()) {
            numbers.add(number(head.loss()));
            numbers.add(number(head.accuracy()));
        }
        return numbers;
    }

    static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }

    /** A head may be named with commas or quotes. */
    static String quoted(String cell) {
        return cell.matches("[^\",\\r\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
