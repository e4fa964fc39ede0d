package io.github.multilabel.training.report;

import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.FileFailure;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.Metric;
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
 * A listener that writes the history of a training to files for TensorBoard:
 *
 * <pre>{@code
 * builder.addListener(new TensorBoardLog(Path.of("build/cars/tensorboard")));
 * // tensorboard --logdir build/cars/tensorboard
 * }</pre>
 *
 * <p>Tags after each step: {@code learning_rate}, {@code loss} and the loss of each head, for example
 * {@code brand_loss}. Tags after each epoch: {@code images_per_second}, and every {@link Metric} of the training and
 * the validation images, for example {@code train_loss}, {@code validation_mean_accuracy} and
 * {@code validation_brand_accuracy}. The horizontal axis is the number of steps. Undefined values are left out.
 *
 * <p>A training that is resumed writes another file in the same folder, and TensorBoard drops what the earlier file has
 * of steps after the checkpoint.
 *
 * <p>If the file cannot be created, the training ends with an {@link UncheckedIOException} before its first step. If it
 * cannot be written later, for example because the disk is full, an error is logged and the training continues; what is
 * missing is added as soon as writing succeeds again.
 *
 * <p>Use one log for one training at a time. It is called on the thread that trains.
 */
public final class TensorBoardLog implements TrainingListener {

    private final Path folder;
    private final Clock clock;
    /** Null until the training starts. */
    private @Nullable TensorBoardFile file;

    /**
     * Creates a log.
     *
     * @param folder where the files are written; created if it is missing
     */
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
        numbers.put("loss", step.loss());
        step.losses().forEach((head, loss) -> numbers.put(Metric.nameOf(head, "loss"), loss));
        return numbers;
    }

    private static Map<String, Double> numbers(EpochReport report) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("images_per_second", report.imagesPerSecond());
        add(numbers, Metric.Part.TRAIN, report.training());
        report.validation().ifPresent(validation -> add(numbers, Metric.Part.VALIDATION, validation));
        return numbers;
    }

    private static void add(Map<String, Double> numbers, Metric.Part part, Evaluation evaluation) {
        Metric.all(evaluation.headSet()).forEach((name, metric) -> numbers.put(part.name(name), metric.of(evaluation)));
    }
}
