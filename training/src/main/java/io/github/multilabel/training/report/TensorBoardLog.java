package io.github.multilabel.training.report;

import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.FileFailure;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import io.github.multilabel.training.event.EpochReport;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.event.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The course of a training as files that TensorBoard shows:
 *
 * <pre>{@code
 * builder.addListener(new TensorBoardLog(Path.of("build/cars/tensorboard")));
 * // tensorboard --logdir build/cars/tensorboard
 * }</pre>
 *
 * <p>Of every step: {@code learning_rate}, {@code total_loss}, {@code loss/HEAD}. Of every epoch, for training and
 * validation: {@code total_loss/validation}, {@code mean_accuracy/validation}, {@code exact_match/validation},
 * {@code loss/validation/HEAD}, {@code accuracy/validation/HEAD}, {@code macro_f1/validation/HEAD}; and
 * {@code images_per_second}. The horizontal axis is the number of steps. What is undefined is left out. A training that
 * is resumed goes on in a file of its own in the same folder, and TensorBoard drops what the earlier one had beyond the
 * checkpoint.
 *
 * <p>A log that cannot be begun is an {@link UncheckedIOException} before the first step. One that cannot be written
 * later is an error in the log of the program: the training goes on, and what is missing is added when that works
 * again.
 *
 * <p>For one training at a time; it is called on the thread that trains.
 */
public final class TensorBoardLog implements TrainingListener {

    private final Path folder;
    private final Clock clock;
    /** Null until the training starts. */
    private @Nullable TensorBoardFile file;

    /** A log in a folder, which is made if it is missing. */
    public TensorBoardLog(Path folder) {
        this(folder, Clock.systemUTC());
    }

    TensorBoardLog(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started started) {
            try {
                start(started.step());
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "the log in '" + folder + "' cannot be written: " + FileFailure.reason(e), e);
            }
        } else if (event instanceof TrainingEvent.StepDone step) {
            write(step.step(), numbers(step));
        } else if (event instanceof TrainingEvent.EpochDone epoch) {
            write(epoch.step(), numbers(epoch.report()));
        } else if (event instanceof TrainingEvent.Ended) {
            file().flush();
        }
    }

    private void start(long step) throws IOException {
        AtomicOutput.makeFolder(folder);
        double now = seconds();
        Path path;
        int number = 0;
        do {
            // TensorBoard reads the files of a folder in the order of their names
            path = folder.resolve(String.format(Locale.ROOT, "events.out.tfevents.%010d.%03d", (long) now, number++));
        } while (Files.exists(path));
        file = new TensorBoardFile(path, now);
        file.start(now, step + 1);
    }

    private void write(long step, Map<String, Double> values) {
        values.values().removeIf(value -> !Double.isFinite(value));
        file().scalars(seconds(), step, values);
    }

    private TensorBoardFile file() {
        return Objects.requireNonNull(file, "a training starts with TrainingEvent.Started");
    }

    private double seconds() {
        return clock.millis() / 1000.0;
    }

    private static Map<String, Double> numbers(TrainingEvent.StepDone step) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("learning_rate", step.learningRate());
        numbers.put("total_loss", step.loss());
        step.losses().forEach((head, loss) -> numbers.put("loss/" + head, loss));
        return numbers;
    }

    private static Map<String, Double> numbers(EpochReport report) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("images_per_second", report.imagesPerSecond());
        add(numbers, "training", report.training());
        report.validation().ifPresent(validation -> add(numbers, "validation", validation));
        return numbers;
    }

    private static void add(Map<String, Double> numbers, String part, Evaluation evaluation) {
        numbers.put("total_loss/" + part, evaluation.loss());
        numbers.put("mean_accuracy/" + part, evaluation.meanAccuracy());
        numbers.put("exact_match/" + part, evaluation.exactMatch());
        for (HeadMetrics head : evaluation.heads()) {
            String name = part + "/" + head.head().name();
            numbers.put("loss/" + name, head.loss());
            numbers.put("accuracy/" + name, head.accuracy());
            numbers.put("macro_f1/" + name, head.macro().f1());
        }
    }
}
