package io.github.multilabel.cli.command;

import ai.djl.MalformedModelException;
import io.github.multilabel.cli.config.ConfigFile;
import io.github.multilabel.cli.config.RunFile;
import io.github.multilabel.cli.config.RunWriter;
import io.github.multilabel.cli.config.TypedWords;
import io.github.multilabel.cli.program.CarOptions;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.PhotoOptions;
import io.github.multilabel.cli.program.SourceOptions;
import io.github.multilabel.cli.program.SplitOptions;
import io.github.multilabel.cli.program.TrainingDefaults;
import io.github.multilabel.cli.program.TrainingOptions;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.model.SavedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a model with several heads, and leaves it with its metrics in a folder. */
@Command(
        name = TrainCommand.NAME,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains one model with several heads on labelled images.",
            "It prints its metrics, and writes metrics.json, history.csv, learning-curves.png,"
                    + " validation-samples.png and the model into a folder, with checkpoints and a log for TensorBoard.",
            "The images are those of a table with a column for each head (--csv), of folders named after categories"
                    + " (--folders), or of a data set that is known by its name (--dataset)."
        },
        footer = {
            "  multilabel train --dataset stanford-cars --data sample",
            "  multilabel train --csv labels.csv --images photos --head brand --head 'tags:multi=|'"
        })
public final class TrainCommand implements Callable<Integer> {

    /** As it is typed. */
    public static final String NAME = "train";

    /** The option that names a file of options, which count where they are not typed. */
    public static final String CONFIG = "--config";

    private static final String HEAD = "head";
    private static final String OUTPUT = "output";
    private static final String VALIDATION = "validation";

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

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

    @Option(
            names = CONFIG,
            paramLabel = "FILE",
            description = "Options from a file of YAML or JSON, whose keys are their names without dashes, or from the"
                    + " run.json that a training left; what is typed wins. Relative paths in it start from the current"
                    + " folder, as they do here.")
    private Optional<Path> config = Optional.empty();

    @Override
    public Integer call() throws IOException, MalformedModelException {
        try (training) {
            return train();
        }
    }

    private int train() throws IOException, MalformedModelException {
        training.requireConsistent();
        Optional<HeadSet> known = training.saved().map(SavedModel::heads);
        if (source.isCars()) {
            List<String> given = source.table().heads();
            List<String> heads = given.isEmpty() ? known.map(HeadSet::names).orElse(CarOptions.HEADS) : given;
            Path folder = output.orElse(Path.of("runs", "cars"));
            describe(Map.of(HEAD, heads, OUTPUT, List.of(folder.toString())));
            return new CarTraining(source.cars(), heads, photos, training).run(folder);
        }
        Path folder = output.orElse(Path.of("runs", "table"));
        source.table().requireOutside(folder);
        if (source.table().namesHeads()) { // or the columns are listed
            InvalidInputException.require(
                    training.images(photos.images(ImageDataset.builder()), TrainingDefaults.PHOTOS)::requireUsable);
            training.requireUsable(InvalidInputException.check(source.table()::expected), TrainingDefaults.PHOTOS);
        }
        if (split.folds().isPresent()) {
            training.requireForFolds();
        }
        boolean labelIssues = split.labelIssues();
        double drawn = split.drawn(source.table());
        if (source.table().namesHeads() || known.isPresent()) { // or the columns are listed
            training.requireFree(folder, split.folds());
        }
        describe(Map.of(
                OUTPUT,
                List.of(folder.toString()),
                VALIDATION,
                drawn == 0 ? List.of() : List.of(Double.toString(drawn))));
        ImageTable table = known.isPresent()
                ? split.read(source.table(), known.get(), training.seed())
                : split.read(source.table(), training.seed());
        if (drawn != 0) {
            training.warnOfSeenImages();
        }
        return split.folds().isPresent()
                ? new FoldedTraining(table, photos, training, labelIssues).run(folder)
                : new TableTraining(table, photos, training).run(folder);
    }

    /** Has run.json written when the training begins. */
    private void describe(Map<String, List<String>> resolved) {
        Optional<TypedWords> words = Optional.of(spec.root().userObject())
                .filter(TypedWords.class::isInstance)
                .map(TypedWords.class::cast);
        List<String> typed = words.map(TypedWords::typed).orElse(List.of());
        Optional<RunFile> repeated =
                config.flatMap(file -> words.flatMap(TypedWords::config)).flatMap(ConfigFile::run);
        training.setWriter(new RunWriter(spec, typed, resolved, repeated));
    }
}
