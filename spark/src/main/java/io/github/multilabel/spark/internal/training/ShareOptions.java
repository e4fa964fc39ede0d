package io.github.multilabel.spark.internal.training;

import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.Launcher;
import io.github.multilabel.cli.program.PhotoOptions;
import io.github.multilabel.cli.program.TrainingDefaults;
import io.github.multilabel.cli.program.TrainingOptions;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.ImageDatasetBuilder;
import io.github.multilabel.model.weights.PretrainedWeights;
import io.github.multilabel.spark.internal.ModelFiles;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/**
 * The options of a training on a cluster: those of {@code multilabel train} that are not about files or one machine.
 */
public final class ShareOptions implements AutoCloseable {

    private static final TrainingDefaults DEFAULTS = TrainingDefaults.PHOTOS;

    /** Why an option of {@code multilabel train} is refused here. */
    private static final Map<String, String> REFUSED = Map.of(
            "--resume", "a training on a cluster goes on from its work folder, see setResume",
            "--overwrite", "the work folder is emptied before a training that does not go on with it",
            "--checkpoint-every", "checkpoints are saved when weights are averaged, see setCheckpointInterval",
            "--time-limit", "tasks would measure different times",
            "--find-learning-rate", "look for it on one machine, by multilabel train --find-learning-rate",
            "--limit", "leave rows out of the table or data frame",
            "--all-probabilities", "it writes no table of predictions; transform does");

    /** What other options of {@code multilabel train} are here. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "--head", "setLabelCols",
            "--parent", "setParents",
            "--validation", "setValidationIndicatorCol",
            "--split-column", "setValidationIndicatorCol",
            "--images", "setImageCol",
            "--tasks", "setNumTasks",
            "--output", "setWorkFolder, and write() of the model");

    private static final String PRETRAINED = "pretrained";

    private final Words words = new Words();
    private final CommandLine.ParseResult parsed;
    /** Deleted in the end. */
    private final Optional<Path> fetched;

    private ShareOptions(List<String> typed, Optional<Path> fetched) {
        this.fetched = fetched;
        CommandLine command = Launcher.commandLine(words);
        try {
            parsed = command.parseArgs(typed.toArray(String[]::new));
            REFUSED.forEach((option, reason) -> {
                if (parsed.hasMatchedOption(option)) {
                    throw new IllegalArgumentException("the option " + option + ": " + reason);
                }
            });
        } catch (ParameterException e) {
            throw new IllegalArgumentException(Launcher.words(e) + hint(typed), e);
        }
    }

    private static String hint(List<String> typed) {
        if (typed.stream().anyMatch(word -> word.startsWith("--") && word.contains(" "))) {
            return "; give each word by itself, such as setOptions(\"--epochs\", \"5\")";
        }
        return typed.stream()
                .filter(ELSEWHERE::containsKey)
                .map(option -> "; for " + option + " see " + ELSEWHERE.get(option))
                .collect(Collectors.joining());
    }

    /**
     * Reads options as they are typed.
     *
     * @param typed such as {@code --epochs 5}, each word by itself
     * @throws IllegalArgumentException if there is no such option, it has no such value, or is not of a cluster
     */
    public ShareOptions(List<String> typed) {
        this(typed, Optional.empty());
    }

    /**
     * Reads options as they are typed to the driver: a saved model that {@code --from} names by a URI is brought to
     * this machine until these are closed.
     *
     * @throws IllegalArgumentException see the constructor
     * @throws IOException if the saved model cannot be read
     */
    public static ShareOptions ofDriver(List<String> typed, Configuration hadoop) throws IOException {
        ShareOptions options = new ShareOptions(typed);
        Optional<String> from = options.typed(Start.FROM);
        if (from.isEmpty() || Files.exists(Path.of(from.get()))) {
            return options;
        }
        Path folder = Files.createTempDirectory("multilabel-from");
        try {
            Path place = ModelFiles.read(new org.apache.hadoop.fs.Path(from.get()), hadoop)
                    .files()
                    .unpackInto(folder);
            return new ShareOptions(
                    Start.replaced(typed, Optional.of(new Start(Start.FROM, place))), Optional.of(folder));
        } catch (IOException | RuntimeException e) {
            AtomicOutput.delete(folder);
            throw e;
        }
    }

    /** Only its mixins are used. */
    @Command(name = "train")
    private static final class Words implements Callable<Integer> {

        @Mixin
        private final PhotoOptions photos = new PhotoOptions();

        @Mixin
        private final TrainingOptions training = new TrainingOptions();

        @Override
        public Integer call() {
            throw new IllegalStateException("these options are read, not run");
        }
    }

    /**
     * What the training begins with; the published weights are downloaded if they are wanted and not there. Empty for
     * random weights.
     */
    public Optional<Start> start() throws IOException {
        Optional<String> from = typed(Start.FROM);
        if (from.isPresent()) {
            return Optional.of(new Start(Start.FROM, Path.of(from.get())));
        }
        String weights = typed(Start.WEIGHTS).orElse(parsed.hasMatchedOption("--fine-tune") ? PRETRAINED : Start.NONE);
        return switch (weights) {
            case Start.NONE -> Optional.empty();
            case PRETRAINED -> {
                String backbone = typed("--backbone").orElse(DEFAULTS.backbone());
                yield Optional.of(
                        new Start(Start.WEIGHTS, PretrainedWeights.of(backbone).fetch()));
            }
            default -> {
                Path file = Path.of(weights);
                if (!Files.isRegularFile(file)) {
                    throw new IllegalArgumentException(
                            Start.WEIGHTS + " " + weights + ": there is no such file on the machine of the driver");
                }
                yield Optional.of(new Start(Start.WEIGHTS, file));
            }
        };
    }

    /** Whether the learning rate is one of these, rather than that of one machine. */
    public boolean hasLearningRate() {
        return parsed.hasMatchedOption("--learning-rate");
    }

    private Optional<String> typed(String option) {
        return parsed.hasMatchedOption(option)
                ? Optional.of(parsed.matchedOption(option).stringValues().get(0))
                : Optional.empty();
    }

    /**
     * Checks all that needs no image.
     *
     * @throws IllegalArgumentException if an option cannot be used
     */
    public void requireUsable(HeadSet heads) throws IOException {
        try {
            training(ImageDataset.builder()).requireUsable();
            words.training.requireUsable(heads, DEFAULTS);
        } catch (InvalidInputException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (ai.djl.MalformedModelException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Images to learn from. */
    ImageDatasetBuilder training(ImageDatasetBuilder builder) {
        return words.training.images(words.photos.images(builder), DEFAULTS).optShuffle(true);
    }

    /** Images to evaluate. */
    ImageDatasetBuilder validation(ImageDatasetBuilder builder) {
        return words.photos.images(builder);
    }

    /**
     * The trainer.
     *
     * @param median the aspect ratio of the training images, asked for if it is needed
     * @param own what is set after these options
     */
    MultiLabelTrainer trainer(HeadSet heads, DoubleSupplier median, Consumer<MultiLabelTrainerBuilder> own)
            throws IOException {
        try {
            return words.training.trainer(heads, DEFAULTS, median, own);
        } catch (ai.djl.MalformedModelException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        words.training.close();
        if (fetched.isPresent()) {
            AtomicOutput.delete(fetched.get());
        }
    }
}
