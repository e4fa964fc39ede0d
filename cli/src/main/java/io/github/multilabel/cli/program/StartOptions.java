package io.github.multilabel.cli.program;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.SavedModel;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.weights.PretrainedWeights;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a training begins with: a backbone and its weights, or a saved model. */
@Section("Model and training")
final class StartOptions implements AutoCloseable {

    private static final String SMALL = "small";
    private static final String NATIVE_THREADS = "ai.djl.pytorch.num_threads";

    @Option(
            names = "--backbone",
            paramLabel = "NAME",
            completionCandidates = BackboneNames.class,
            description = "The backbone, one of ${COMPLETION-CANDIDATES} (default: resnet34; small for drawings).")
    private Optional<String> backbone = Optional.empty();

    @Option(
            names = "--weights",
            paramLabel = "none|pretrained|FILE",
            description =
                    "The weights that the backbone starts with: none are random, pretrained downloads the published"
                            + " ones once, FILE is safetensors or a file of PyTorch (default: none; pretrained with"
                            + " --fine-tune).")
    private Optional<String> weights = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "Goes on with a saved model, such as runs/table/model: with its backbone, preprocessing and"
                    + " heads. Heads and categories of the same name keep their weights, others start anew; without"
                    + " --head, the heads are the model's, with the categories that the images have besides.")
    private Optional<Path> from = Optional.empty();

    @Option(
            names = "--stochastic-depth",
            paramLabel = "RATE",
            description =
                    "The fraction of training images for which the last residual block of the backbone is skipped,"
                            + " less for earlier blocks, such as 0.1 (default: 0).")
    private Optional<Double> stochasticDepth = Optional.empty();

    /** The saved model to go on with, read once; null until somebody asks. */
    private @Nullable SavedModel saved;
    /** The same with its weights. */
    private @Nullable MultiLabelModel loaded;

    /** What is made of a builder. */
    @FunctionalInterface
    interface Use<T> {
        T with(MultiLabelTrainerBuilder builder) throws IOException;
    }

    /** The folder of the saved model, if the training goes on with one. */
    Optional<Path> from() {
        return from;
    }

    /** Whether the backbone is the default one of drawings. */
    boolean isSmall() {
        return from.isEmpty() && backbone.orElse(SMALL).equals(SMALL);
    }

    /**
     * The saved model that the training goes on with, if there is one.
     *
     * @throws InvalidInputException if a backbone is given too
     */
    Optional<SavedModel> saved() throws IOException, MalformedModelException {
        if (from.isEmpty()) {
            return Optional.empty();
        }
        if (backbone.isPresent() || weights.isPresent() || stochasticDepth.isPresent()) {
            throw new InvalidInputException("--from goes on with the backbone and the weights of the model: leave out"
                    + " --backbone, --weights and --stochastic-depth");
        }
        SavedModel known = saved == null ? SavedModel.read(from.get()) : saved;
        saved = known;
        return Optional.of(known);
    }

    /**
     * Makes something of a builder that knows what the training begins with.
     *
     * @param usual the backbone, unless these options name one
     * @param usualWeights its weights, as they are typed, unless these options name some
     */
    <T> T begin(String usual, String usualWeights, Use<T> use) throws IOException, MalformedModelException {
        Optional<SavedModel> begun = saved();
        if (begun.isEmpty()) {
            Backbone chosen = backbone(usual, weights.orElse(usualWeights));
            setThreads(chosen.name());
            return use.with(MultiLabelTrainer.builder().setBackbone(chosen));
        }
        setThreads(begun.get().backbone());
        MultiLabelModel model =
                loaded == null ? MultiLabelModel.load(begun.get().folder(), Device.cpu()) : loaded;
        loaded = model;
        return use.with(MultiLabelTrainer.builder().setModel(model));
    }

    /** What a training begins with where these options were not given, by their names. */
    Map<String, List<String>> resolved(String trained, String usualWeights) {
        Map<String, List<String>> resolved = new LinkedHashMap<>();
        if (from.isEmpty()) {
            resolved.put("backbone", List.of(trained));
            resolved.put("weights", List.of(weights.orElse(usualWeights)));
        }
        return resolved;
    }

    /** Frees the saved model; a trainer has a copy. */
    @Override
    public void close() {
        if (loaded != null) {
            loaded.close();
            loaded = null;
        }
    }

    private static void setThreads(String backbone) {
        if (backbone.equals(SMALL)) {
            // Its layers are so small that two threads mostly wait for each other, the more the busier the machine is;
            // the other cores decode. DJL reads the property when the engine is loaded.
            System.setProperty(NATIVE_THREADS, System.getProperty(NATIVE_THREADS, "1"));
        }
    }

    private Backbone backbone(String usual, String start) {
        return InvalidInputException.check(() -> {
            Backbone chosen =
                    withWeights(Backbones.byName(backbone.orElse(usual).toLowerCase(Locale.ROOT)), start);
            return stochasticDepth.isPresent()
                    ? InvalidInputException.ofOption(
                            "--stochastic-depth", stochasticDepth.get(), chosen::withStochasticDepth)
                    : chosen;
        });
    }

    private static Backbone withWeights(Backbone chosen, String start) {
        return switch (start.toLowerCase(Locale.ROOT)) {
            case "none" -> chosen;
            case "pretrained" -> chosen.pretrained(PretrainedWeights.of(chosen.name()), TerminalProgress.listener());
            default -> chosen.pretrained(PathName.of("--weights", start));
        };
    }

    /** For the help. */
    static final class BackboneNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Backbones.names().iterator();
        }
    }
}
