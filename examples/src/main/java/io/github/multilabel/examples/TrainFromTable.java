package io.github.multilabel.examples;

import io.github.multilabel.cli.program.Flags;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.Launcher;
import io.github.multilabel.cli.program.PhotoOptions;
import io.github.multilabel.cli.program.TableOptions;
import io.github.multilabel.cli.program.TrainingOptions;
import io.github.multilabel.cli.program.TrainingOutput;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.ImageDatasetBuilder;
import io.github.multilabel.data.check.DataReport;
import io.github.multilabel.data.split.DataSplit;
import io.github.multilabel.data.table.ImageTable;
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
            "Trains one model with several heads on the images of a CSV file that has a column of labels for each head,"
                    + " prints its metrics, and writes metrics.json, history.csv, learning-curves.png and the model into"
                    + " a folder, with checkpoints and a log for TensorBoard.",
            "An empty cell is a missing label, which adds nothing to the loss and the metrics of its head."
        })
public final class TrainFromTable implements Callable<Integer> {

    private static final String TRAIN = "train";

    @Mixin
    private final TableOptions source = new TableOptions();

    @Option(
            names = "--check",
            description = "Instead of training, checks all images and labels and prints what would stop or spoil a"
                    + " training; the exit code is 0 if training can run.")
    private boolean check;

    @Option(
            names = "--findings",
            paramLabel = "FILE",
            description =
                    "The file to which --check writes all findings with their images: JSON if its name ends in .json,"
                            + " otherwise CSV.")
    private Optional<Path> findings = Optional.empty();

    @Mixin
    private final PhotoOptions photoOptions = new PhotoOptions();

    @Mixin
    private final TrainingOptions training = new TrainingOptions();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "The folder for all results (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("build/table");

    /** Runs the program. */
    public static void main(String[] arguments) {
        Launcher.run(new TrainFromTable(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        if (findings.isPresent() && !check) {
            throw new InvalidInputException("--findings " + findings.get() + " needs --check, which finds them");
        }
        ImageTable table = source.table(training.seed());
        System.out.println(Flags.of(table.summary()));
        if (check) {
            DataReport report = table.check();
            System.out.println(Flags.of(report.table()));
            if (findings.isPresent()) {
                report.write(findings.get());
                System.out.println("all findings are in " + findings.get());
            }
            return report.isUsable() ? 0 : 1;
        }
        return train(table);
    }

    /** Trains, evaluates and writes. */
    private int train(ImageTable table) throws IOException {
        TrainingOptions.Defaults defaults = TrainingOptions.Defaults.PHOTOS;
        evaluated(table.split()); // before a folder is made
        try (TrainingOutput result = training.output(output)) {
            return train(result.split(table), defaults, result);
        }
    }

    private int train(ImageTable table, TrainingOptions.Defaults defaults, TrainingOutput result) throws IOException {
        String evaluated = evaluated(table.split());
        ImageDatasetBuilder trained = training.images(photoOptions.images(table.dataset(TRAIN)), defaults);
        try (ImageDataset train = InvalidInputException.check(trained::build);
                ImageDataset validation =
                        photoOptions.images(table.dataset(evaluated)).build();
                MultiLabelTrainer trainer = training.trainer(table.heads(), defaults, result)) {
            System.out.printf(
                    Locale.ROOT,
                    "training on %,d images, evaluating on %,d (%s)%n",
                    train.size(),
                    validation.size(),
                    evaluated);
            return training.run(trainer, train, validation, result);
        }
    }

    /** The part of the split that evaluates the model: validation, or test where the table has none. */
    private static String evaluated(Optional<DataSplit> split) {
        List<String> parts = split.orElseThrow(
                        () -> new InvalidInputException("--validation 0 leaves no rows for evaluation: name a fraction"
                                + " above 0, such as 0.2, or a --split-column whose rows say validation"))
                .parts();
        return Stream.of("validation", "test")
                .filter(parts::contains)
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("the table is split into " + parts
                        + ", but no rows are there for evaluation: rows must say validation or test"));
    }
}
