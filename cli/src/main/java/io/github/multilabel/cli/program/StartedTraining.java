package io.github.multilabel.cli.program;

import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A training that has just begun, or goes on.
 *
 * @param settings all of them
 * @param resolved what options are that were not given, and whose default depends on others: by the name of the option
 *     without dashes, its values as one would type them
 * @param timed what there is time for, if that is limited
 * @param started when it began
 */
public record StartedTraining(
        TrainingSettings settings,
        Map<String, List<String>> resolved,
        MultiLabelDataset training,
        MultiLabelDataset validation,
        Optional<TrainingEvent.TimePlanned> timed,
        Instant started) {

    /** The name of the file that says what a training is, in its folder. */
    public static final String FILE = "run.json";

    /** Writes down what a training is. */
    @FunctionalInterface
    public interface Writer {

        /** A writer that writes nothing. */
        Writer NONE = (file, training) -> {};

        /** Writes it into a file in the folder of the training. */
        void write(Path file, StartedTraining training) throws IOException;
    }
}
