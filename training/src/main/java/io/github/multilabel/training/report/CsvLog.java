package io.github.multilabel.training.report;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.CsvLine;
import io.github.multilabel.core.internal.files.FileFailure;
import io.github.multilabel.evaluation.metrics.Metric;
import io.github.multilabel.training.event.EpochReport;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.event.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener that writes the history of a training to two CSV files, which are up to date at any time:
 *
 * <pre>{@code
 * builder.addListener(new CsvLog(Path.of("build/cars")));
 * }</pre>
 *
 * <ul>
 *   <li>{@code steps.csv} has a row per step: {@code step, epoch, batch, images, learning_rate, skipped, loss}, then
 *       the loss of each head, for example {@code brand_loss}.
 *   <li>{@code history.csv} has a row per epoch: {@code epoch, learning_rate, images_per_second, skipped_batches}, then
 *       {@code train_loss, train_mean_accuracy, train_exact_match} and for each head, for example,
 *       {@code train_brand_loss, train_brand_accuracy} and, where the head has it, {@code train_brand_top5}, or, of the
 *       finest head of a hierarchy, {@code train_model_full_path}, {@code train_model_broken} and
 *       {@code train_model_mistake_distance}; then the same for validation, {@code validation_loss} and so on.
 * </ul>
 *
 * <p>Metrics are named as {@link Metric} names them. Undefined values are empty cells. A training that is resumed
 * continues the same files: rows of steps after its checkpoint are removed, because these steps are repeated, and the
 * header is written anew.
 *
 * <p>If the files cannot be created, the training ends with an {@link UncheckedIOException} before its first step. If
 * they cannot be written later, for example because the disk is full, an error is logged and the training continues;
 * the missing rows are added as soon as writing succeeds again.
 *
 * <p>Use one log for one training at a time. It is called on the thread that trains.
 */
public final class CsvLog implements TrainingListener {

    private static final Logger LOG = LoggerFactory.getLogger(CsvLog.class);

    private final Path folder;
    private final Path steps;
    private final Path epochs;
    private final List<EpochReport> history = new ArrayList<>();
    /** Null until the training starts. */
    private @Nullable GrowingFile rows;

    private boolean isHistoryWritten;

    /**
     * Creates a log.
     *
     * @param folder where the files are written; created if it is missing
     */
    public CsvLog(Path folder) {
        this.folder = folder;
        this.steps = folder.resolve("steps.csv");
        this.epochs = folder.resolve("history.csv");
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started started) {
            try {
                start(started);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "the log in '" + folder + "' cannot be written: " + FileFailure.reason(e), e);
            }
        } else if (event instanceof TrainingEvent.StepDone step) {
            rows().append((row(step) + "\n").getBytes(StandardCharsets.UTF_8));
        } else if (event instanceof TrainingEvent.EpochDone epoch) {
            history.add(epoch.report());
            writeHistory();
        } else if (event instanceof TrainingEvent.Ended) {
            rows().flush();
            if (!isHistoryWritten) {
                writeHistory();
            }
        }
    }

    private void start(TrainingEvent.Started started) throws IOException {
        history.clear();
        history.addAll(started.history());
        List<String> lines = new ArrayList<>(List.of(header(started.heads())));
        if (started.step() > 0 && Files.exists(steps)) {
            try (Stream<String> earlier = Files.lines(steps)) {
                earlier.skip(1).filter(line -> isUpTo(started.step(), line)).forEach(lines::add);
            }
        }
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        AtomicOutput.file(steps, out -> out.write(text));
        rows = new GrowingFile(steps, text.length);
        if (history.isEmpty()) {
            Files.deleteIfExists(epochs); // from a training that ended before its first checkpoint
        } else {
            HistoryCsv.write(epochs, history);
        }
        isHistoryWritten = true;
    }

    private GrowingFile rows() {
        return Objects.requireNonNull(rows, "a training starts with TrainingEvent.Started");
    }

    private void writeHistory() {
        boolean wasWritten = isHistoryWritten;
        isHistoryWritten = false;
        try {
            HistoryCsv.write(epochs, history);
            isHistoryWritten = true;
        } catch (IOException e) {
            if (wasWritten) {
                LOG.error(
                        "the log '{}' cannot be written; the training continues, and the log is written as soon as that"
                                + " succeeds: {}",
                        epochs,
                        FileFailure.reason(e));
            }
        }
    }

    /** The last row may be cut short, if the process was killed. */
    private static boolean isUpTo(long step, String row) {
        int comma = row.indexOf(',');
        return comma > 0
                && row.substring(0, comma).matches("[0-9]{1,18}")
                && Long.parseLong(row.substring(0, comma)) <= step;
    }

    private static String header(HeadSet heads) {
        Stream<String> fixed = Stream.of("step", "epoch", "batch", "images", "learning_rate", "skipped", "loss");
        return CsvLine.of(Stream.concat(fixed, heads.names().stream().map(head -> Metric.nameOf(head, "loss")))
                .toList());
    }

    private static String row(TrainingEvent.StepDone step) {
        List<String> cells = new ArrayList<>(List.of(
                Long.toString(step.step()),
                Integer.toString(step.epoch()),
                Integer.toString(step.batch()),
                Integer.toString(step.images()),
                HistoryCsv.number(step.learningRate()),
                Boolean.toString(step.skipped()),
                HistoryCsv.number(step.loss())));
        step.losses().values().forEach(loss -> cells.add(HistoryCsv.number(loss)));
        return String.join(",", cells);
    }
}
