package io.github.multilabel.training.report;

import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.CsvLine;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.Metric;
import io.github.multilabel.training.event.EpochReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The history of a training as CSV, a row per epoch: {@code epoch, learning_rate, images_per_second, skipped_batches},
 * then for training and validation {@code train_loss, train_mean_accuracy, train_exact_match}, and per head
 * {@code train_brand_loss, train_brand_accuracy, train_brand_top5} (the last of heads that have it), and of the finest
 * head of a hierarchy {@code train_model_full_path, train_model_broken, train_model_mistake_distance}, named as
 * {@link Metric} names them. Undefined values are empty cells.
 */
final class HistoryCsv {

    /** Of those that it has. */
    private static final List<String> OF_A_HEAD =
            List.of("loss", "accuracy", "top5", "full_path", "broken", "mistake_distance");

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
        metrics(first.training()).forEach(metric -> cells.add(Metric.Part.TRAIN.name(metric.name())));
        first.validation().ifPresent(validation -> metrics(validation)
                .forEach(metric -> cells.add(Metric.Part.VALIDATION.name(metric.name()))));
        return CsvLine.of(cells);
    }

    private static String row(EpochReport epoch) {
        List<String> cells = new ArrayList<>(List.of(
                Integer.toString(epoch.epoch()),
                number(epoch.learningRate()),
                number(epoch.imagesPerSecond()),
                Integer.toString(epoch.skippedBatches())));
        Stream.concat(Stream.of(epoch.training()), epoch.validation().stream())
                .forEach(evaluation -> metrics(evaluation).forEach(metric -> cells.add(number(metric.of(evaluation)))));
        return String.join(",", cells);
    }

    /** The columns of an evaluation, in their order. */
    private static Stream<Metric> metrics(Evaluation evaluation) {
        Stream<String> ofAllHeads = Stream.of("loss", "mean_accuracy", "exact_match");
        Stream<String> ofEachHead = evaluation.headSet().names().stream()
                .flatMap(head -> OF_A_HEAD.stream().map(metric -> Metric.nameOf(head, metric)));
        Map<String, Metric> all = Metric.all(evaluation.headSet());
        return Stream.concat(ofAllHeads, ofEachHead).flatMap(name -> Stream.ofNullable(all.get(name)));
    }

    static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }
}
