package io.github.multilabel.cli.command;

import io.github.multilabel.cli.program.CarOptions;
import io.github.multilabel.cli.program.PhotoOptions;
import io.github.multilabel.cli.program.SourceOptions;
import io.github.multilabel.cli.program.SplitOptions;
import io.github.multilabel.cli.program.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model with several heads, and leaves it with its metrics in a folder. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains one model with several heads on labelled images.",
            "It prints its metrics, and writes metrics.json, history.csv,"
                    + " learning-curves.png and the model into a folder, with checkpoints and a log for TensorBoard.",
            "The images are those of a table with a column for each head (--csv), of folders named after categories"
                    + " (--folders), or of a data set that is known by its name (--dataset)."
        },
        footer = {
            "  multilabel train --dataset stanford-cars --data sample",
            "  multilabel train --csv labels.csv --images photos --head brand --head 'tags:multi=|'"
        })
public final class TrainCommand implements Callable<Integer> {

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Mixin
    private final SplitOptions split = new SplitOptions();

    @Mixin
    private final PhotoOptions photos = new PhotoOptions();

    @Mixin
    private final TrainingOptions training = new TrainingOptions();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "The folder for all results (default: runs/table, or runs/cars for cars).")
    private Optional<Path> output = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (source.isCars()) {
            List<String> heads = source.table().heads();
            return new CarTraining(source.cars(), heads.isEmpty() ? CarOptions.HEADS : heads, photos, training)
                    .run(output.orElse(Path.of("runs", "cars")));
        }
        return new TableTraining(split.read(source.table(), training.seed()), photos, training)
                .run(output.orElse(Path.of("runs", "table")));
    }
}
