package io.github.multilabel.spark.internal.training;

import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.Launcher;
import io.github.multilabel.cli.program.PhotoOptions;
import io.github.multilabel.cli.program.TrainingDefaults;
import io.github.multilabel.cli.program.TrainingOptions;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.ImageDatasetBuilder;
import io.github.multilabel.model.weights.PretrainedWeights;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
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
            "--from", "a training on a cluster begins with pretrained weights, see --weights",
            "--limit", "limit the rows of the data frame",
            "--all-probabilities", "it writes no table of predictions; transform does");

    private static final String WEIGHTS = "--weights";
    private static final String NONE = "none";
    private static final String PRETRAINED = "pretrained";

    private final Words words = new Words();
    private final CommandLine.ParseResult parsed;

    /**
     * Reads options as they are typed.
     *
     * @param typed such as {@code --epochs 5}, each word by itself
     * @throws IllegalArgumentException if there is no such option, it has no such value, or is not of a cluster
     */
    public ShareOptions(List<String> typed) {
        CommandLine command = Launcher.commandLine(words);
        try {
            parsed = command.parseArgs(typed.toArray(String[]::new));
            REFUSED.forEach((option, reason) -> {
                if (parsed.hasMatchedOption(option)) {
                    throw new IllegalArgumentException("the option " + option + ": " + reason);
                }
            });
        } catch (ParameterException e) {
            throw new IllegalArgumentException(Launcher.words(e), e);
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
     * The file of the weights that the backbone starts with, which is downloaded if the published ones are wanted and
     * not there; empty for random ones.
     */
    public Optional<String> weights() throws IOException {
        String weights = typed(WEIGHTS).orElse(parsed.hasMatchedOption("--fine-tune") ? PRETRAINED : NONE);
        return switch (weights) {
            case NONE -> Optional.empty();
            case PRETRAINED ->
                Optional.of(PretrainedWeights.of(typed("--backbone").orElse(DEFAULTS.backbone()))
                        .fetch()
                        .toString());
            default -> Optional.of(weights);
        };
    }

    private Optional<String> typed(String option) {
        return parsed.hasMatchedOption(option)
                ? Optional.of(parsed.matchedOption(option).stringValues().get(0))
                : Optional.empty();
    }

    /** The same words with another file of weights, or none. */
    static List<String> withWeights(List<String> typed, Optional<String> weights) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < typed.size(); i++) {
            if (typed.get(i).equals(WEIGHTS)) {
                i++; // and its value
            } else if (!typed.get(i).startsWith(WEIGHTS + "=")) {
                words.add(typed.get(i));
            }
        }
        words.addAll(List.of(WEIGHTS, weights.orElse(NONE)));
        return words;
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
    public void close() {
        words.training.close();
    }
}
