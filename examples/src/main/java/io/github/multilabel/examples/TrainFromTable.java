package io.github.multilabel.examples;

import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.check.DataReport;
import io.github.multilabel.data.split.DataSplit;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.examples.program.Flags;
import io.github.multilabel.examples.program.Launcher;
import io.github.multilabel.examples.program.PhotoOptions;
import io.github.multilabel.examples.program.TableOptions;
import io.github.multilabel.examples.program.TrainingOptions;
import io.github.multilabel.examples.program.TrainingOutput;
import io.github.multilabel.training.MultiLabelTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model with several heads on any images and a table of their labels. */
@Command(
        name = "TrainFromTable",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains one model that answers several questions about an image, from a CSV file with a column for each,"
                    + " prints how well it does, and writes metrics.json, history.csv, learning-curves.png and the model"
                    + " into a folder, with checkpoints and a log for TensorBoard.",
            "An empty cell is a missing label: it adds nothing to loss and metrics of its question."
        })
public final class TrainFromTable implements Callable<Integer> {

    private static final String TRAIN = "train";

    @Mixin
    private TableOptions source;

    @Option(
            names = "--check",
            description = "looks at every image and label, prints what would stop or spoil a training, and stops; the"
                    + " exit code is 0 if training can run")
    private boolean check;

    @Option(
            names = "--findings",
            paramLabel = "FILE",
            description =
                    "where --check writes all that it finds with all images concerned: as JSON if the name ends in"
                            + " .json, otherwise as CSV")
    private Path findings;

    @Mixin
    private PhotoOptions photoOptions;

    @Mixin
    private TrainingOptions training;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "build/table",
            description = "where everything is written (default: ${DEFAULT-VALUE})")
    private Path output;

    /** Runs the program. */
    public static void main(String[] arguments) {
        Launcher.run(new TrainFromTable(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        if (findings != null && !check) {
            throw new IllegalArgumentException("--findings " + findings + " needs --check, which finds them");
        }
        ImageTable table = source.table(training.seed());
        System.out.println(Flags.of(table.summary()));
        if (check) {
            DataReport report = table.check();
            System.out.println(Flags.of(report.table()));
            if (findings != null) {
                report.write(findings);
                System.out.println("all findings are in " + findings);
            }
            return report.isUsable() ? 0 : 1;
        }
        return train(table);
    }

    /** Trains, evaluates and writes. */
    private int train(ImageTable table) throws IOException {
        TrainingOptions.Defaults defaults = TrainingOptions.Defaults.PHOTOS;
        String judging = judging(table.split());
        try (TrainingOutput result = training.output(output);
                ImageDataset train = photoOptions
                        .photos(table.dataset(TRAIN))
                        .optAugmentation(training.augmentation(defaults))
                        .build();
                ImageDataset validation =
                        photoOptions.photos(table.dataset(judging)).build();
                MultiLabelTrainer trainer = training.trainer(table.heads(), defaults, result)) {
            System.out.printf(
                    Locale.ROOT,
                    "training on %,d images, judging by %,d (%s)%n",
                    train.size(),
                    validation.size(),
                    judging);
            return training.run(trainer, train, validation, result);
        }
    }

    /** The rows for validation; where the table has none, those for a test. */
    private static String judging(Optional<DataSplit> split) {
        List<String> parts = split.orElseThrow(
                        () -> new IllegalArgumentException(
                                "--validation 0 leaves nothing to judge"
                                        + " by: name a fraction above 0, such as 0.2, or a --split-column whose rows say validation"))
                .parts();
        return Stream.of("validation", "test")
                .filter(parts::contains)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the table is split into " + parts
                        + ", but nothing is there to judge by: rows must say validation or test"));
    }
}
