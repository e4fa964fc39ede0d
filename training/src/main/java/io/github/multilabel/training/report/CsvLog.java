package io.github.multilabel.training.report;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.FileFailure;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The course of a training as two CSV files that are up to date at any time: {@code steps.csv} with a row per step
 * ({@code step, epoch, batch, images, learning_rate, skipped, loss}, then {@code HEAD_loss} of each head), and
 * {@code history.csv} with a row per epoch ({@code epoch, learning_rate, images_per_second, skipped_batches}, then for
 * training and validation {@code train_loss, train_mean_accuracy, train_exact_match}, and per head
 * {@code train_HEAD_loss, train_HEAD_accuracy}). What is undefined is an empty cell. A training that is resumed goes on
 * in the same files; the rows of steps after its checkpoint are dropped, since they come again.
 *
 * <p>A log that cannot be begun is an {@link UncheckedIOException} before the first step. One that cannot be written
 * later is an error in the log of the program: the training goes on, and what is missing is added when that works
 * again.
 *
 * <p>For one training at a time; it is called on the thread that trains.
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

    /** A log in a folder, which is made if it is missing. */
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
            Files.deleteIfExists(epochs); // of a training that did not come far enough to be gone on with
        } else {
            HistoryCsv.write(epochs, history);
        }
        isHistoryWritten = true;
    }

    private GrowingFile rows() {
        return Objects.requireNonNull(rows, "a training starts with TrainingEvent.Started");
    }

    private void writeHistory() {
        boolean worked = isHistoryWritten;
        isHistoryWritten = false;
        try {
            HistoryCsv.write(epochs, history);
            isHistoryWritten = true;
        } catch (IOException e) {
            if (worked) {
                LOG.error(
                        "the log '{}' cannot be written, the training goes on, and it is written when that works"
                                + " again: {}",
                        epochs,
                        FileFailure.reason(e));
            }
        }
    }

    /** A kill can leave a last row that is cut. */
    private static boolean isUpTo(long step, String row) {
        int comma = row.indexOf(',');
        return comma > 0
                && row.substring(0, comma).matches("[0-9]{1,18}")
                && Long.parseLong(row.substring(0, comma)) <= step;
    }

    private static String header(HeadSet heads) {
        Stream<String> fixed = Stream.of("step", "epoch", "batch", "images", "learning_rate", "skipped", "loss");
        return Stream.concat(fixed, heads.names().stream().map(head -> head + "_loss"))
                .map(HistoryCsv::quoted)
                .collect(Collectors.joining(","));
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
