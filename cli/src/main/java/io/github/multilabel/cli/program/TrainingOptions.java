package io.github.multilabel.cli.program;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import io.github.multilabel.cars.StanfordCarsBuilder;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.data.ImageDatasetBuilder;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.model.SavedModel;
import io.github.multilabel.model.heads.KeptHeads;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import io.github.multilabel.training.event.TrainingListener;
import io.github.multilabel.training.internal.settings.ModelSettings;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every program that trains: the model, and how it is trained. */
@Section("Model and training")
public final class TrainingOptions implements AutoCloseable {

    @Mixin
    private final StartOptions start = new StartOptions();

    @Mixin
    private final InputOptions input = new InputOptions();

    @Option(
            names = "--tta",
            description = "The trained model predicts the mean over an image and its mirror image, which takes twice as"
                    + " long and is a little better where left and right mean the same.")
    private boolean testTimeFlip;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description =
                    "The number of passes over the training images, those of --freeze-epochs included (default: 10;"
                            + " 14 for drawings).")
    private Optional<Integer> epochs = Optional.empty();

    @Option(
            names = "--fine-tune",
            description =
                    "A recipe for pretrained weights, short for --weights pretrained --freeze-epochs 1 --optimizer"
                            + " adamw --schedule one-cycle --learning-rate 0.003 --backbone-learning-rate-factor 0.33"
                            + " --label-smoothing 0.05 --crop-mode squash --aspect-ratio median; any of these that is given"
                            + " too wins, and so does --image-size.")
    private boolean fineTune;

    @Mixin
    private final PhaseOptions phases = new PhaseOptions();

    @Mixin
    private final LearningOptions learning = new LearningOptions();

    @Mixin
    private final HeadFlags headFlags = new HeadFlags();

    @Mixin
    private final AnswerOptions answers = new AnswerOptions();

    @Mixin
    private final TrainingImageOptions images = new TrainingImageOptions();

    @Mixin
    private final ControlOptions control = new ControlOptions();

    @Option(
            names = "--find-learning-rate",
            description = "Instead of training, tries learning rates from 1e-7 to 10 for 100 steps, suggests one for"
                    + " --learning-rate, and draws learning-rate.png.")
    private boolean findLearningRate;

    @Option(
            names = "--all-probabilities",
            description = "Writes the probability of each category into predictions.csv, in columns HEAD.p.CATEGORY.")
    private boolean allProbabilities;

    @Option(
            names = "--precision",
            paramLabel = "float32|bfloat16|float16|auto",
            description = "The data type of convolutions; auto takes a 16-bit type if the hardware has one and a short"
                    + " measurement finds it faster (default: float32).")
    private Precision precision = Precision.FLOAT32;

    @Option(
            names = "--device",
            paramLabel = "cpu|gpu|gpuN",
            converter = DeviceName.class,
            description = "The device to train on (default: a GPU if PyTorch sees one, otherwise the CPU).")
    private Optional<Device> device = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The random seed for weights, shuffling, augmentation and the split of a table (default:"
                    + " ${DEFAULT-VALUE}).")
    private long seed;

    private StartedTraining.Writer writer = StartedTraining.Writer.NONE;

    /** Sets who writes down what a training is when it has begun; nobody by default. */
    public void setWriter(StartedTraining.Writer writer) {
        this.writer = writer;
    }

    public long seed() {
        return seed;
    }

    /** The heads to train: the main ones, then the auxiliary ones. */
    public List<String> heads(List<String> main) {
        return headFlags.heads(main);
    }

    /** Training photos of cars as these options want them. */
    public StanfordCarsBuilder cars(StanfordCarsBuilder builder, TrainingDefaults defaults) {
        return images.cars(builder, defaults.augmentation);
    }

    /** Other training images as these options want them. */
    public ImageDatasetBuilder images(ImageDatasetBuilder builder, TrainingDefaults defaults) {
        return images.images(builder, defaults.augmentation);
    }

    /**
     * Checks, before a table is read, that a folder is not one that {@link #output} or {@link #folds} refuses.
     *
     * @param folds of a cross validation; empty for one training
     * @throws IOException if it is no folder, or another process has it
     */
    public void requireFree(Path folder, Optional<Integer> folds) throws IOException {
        if (!findLearningRate) {
            control.requireFree(folder, folds);
        }
    }

    /**
     * Takes a folder for the files of a training, or of a search for a learning rate.
     *
     * @throws IOException if it cannot be written, another process has it, or it holds a training that is neither
     *     resumed nor replaced
     */
    public TrainingOutput output(Path folder) throws IOException {
        return new TrainingOutput(findLearningRate ? RunFolder.beside(folder) : control.take(folder), allProbabilities);
    }

    /**
     * Checks that these options suit each other, as far as that needs no images.
     *
     * @throws InvalidInputException if they do not
     */
    public void requireConsistent() {
        if (findLearningRate && control.isTimeLimited()) {
            throw new InvalidInputException("--find-learning-rate makes 100 steps and trains nothing that --time-limit"
                    + " could limit; leave one of them out");
        }
    }

    /**
     * Checks that these options suit a cross validation.
     *
     * @throws InvalidInputException if they do not
     */
    public void requireForFolds() {
        if (start.from().isPresent()) {
            throw new InvalidInputException(
                    "--folds and --from: the model may know the images that are held out; leave one of them out");
        }
        if (findLearningRate) {
            throw new InvalidInputException("--folds trains, --find-learning-rate does not; leave one of them out");
        }
    }

    /**
     * Takes a folder for the trainings of a cross validation, which share the limit of time equally.
     *
     * @throws IOException if it cannot be written or another process has it
     */
    public FoldsOutput folds(Path folder, int folds) throws IOException {
        return control.takeFolds(folder, folds);
    }

    /**
     * Checks these options before anything that takes long, such as a download; {@link #trainer} does the same again.
     *
     * @param heads those of the model, with whatever categories
     * @throws InvalidInputException if an option cannot be used
     */
    public void requireUsable(HeadSet heads, TrainingDefaults defaults) throws IOException, MalformedModelException {
        images.requireHeads(heads.names());
        start.begin(defaults.backbone, usualWeights(), builder -> {
            OptionalDouble given = input.shape(false).map(AspectRatio::given).orElse(OptionalDouble.empty());
            set(builder, heads, defaults, given);
            InvalidInputException.require(builder::requireUsable);
            return heads;
        });
    }

    /**
     * The trainer of these options.
     *
     * @param output gets its logs and checkpoints
     * @param median the aspect ratio of the training images, asked for if it is needed
     */
    public MultiLabelTrainer trainer(
            HeadSet heads, TrainingDefaults defaults, TrainingOutput output, DoubleSupplier median)
            throws IOException, MalformedModelException {
        return trainer(heads, defaults, median, builder -> {
            builder.addListener(TrainingListener.onEpoch(System.out::println));
            control.writeTo(output, builder);
        });
    }

    /**
     * The trainer of these options for a program that keeps checkpoints and logs in its own way.
     *
     * @param median the aspect ratio of the training images, asked for if it is needed
     * @param own what the program sets, after these options
     */
    public MultiLabelTrainer trainer(
            HeadSet heads, TrainingDefaults defaults, DoubleSupplier median, Consumer<MultiLabelTrainerBuilder> own)
            throws IOException, MalformedModelException {
        boolean ofImages = fineTune && start.from().isEmpty(); // a saved model keeps its shape
        OptionalDouble shape = input.shape(ofImages)
                .map(ratio -> OptionalDouble.of(ratio.of(median)))
                .orElse(OptionalDouble.empty());
        try (this) { // the weights of a saved model are needed no longer
            MultiLabelTrainer trainer = start.begin(defaults.backbone, usualWeights(), builder -> {
                set(builder, heads, defaults, shape);
                answers.applyTo(builder); // not before categories and hierarchies are known
                own.accept(builder);
                return InvalidInputException.check(builder::build);
            });
            shape.ifPresent(ratio -> System.out.println(
                    input.told(trainer.model().preprocessing().size(), ratio)));
            return trainer;
        }
    }

    /** Frees the saved model that the training goes on with; a trainer has a copy. */
    @Override
    public void close() {
        start.close();
    }

    /** Warns that a new split may put images into validation that the saved model was trained on. */
    public void warnOfSeenImages() {
        start.from()
                .map(model -> model.resolveSibling(RunFolder.SPLIT))
                .filter(Files::exists)
                .ifPresent(split -> System.err.println(
                        "a new split is drawn, so images for validation may be ones that the model was trained on, and"
                                + " metrics too good: --split-file " + split + " keeps those that were held out"));
    }

    /** The saved model that the training goes on with, if there is one. */
    public Optional<SavedModel> saved() throws IOException, MalformedModelException {
        return start.saved();
    }

    private String usualWeights() {
        return fineTune ? "pretrained" : "none";
    }

    private void set(MultiLabelTrainerBuilder builder, HeadSet heads, TrainingDefaults defaults, OptionalDouble shape) {
        builder.setHeads(heads).optPrecision(precision).optSeed(seed);
        if (testTimeFlip) {
            builder.optTestTimeFlip(true);
        }
        int passes = epochs.orElse(defaults.epochs);
        if (fineTune) {
            builder.optFineTuning(passes); // what follows wins
        } else {
            builder.optEpochs(passes);
        }
        phases.applyTo(builder);
        learning.applyTo(builder, usualLearningRate(defaults));
        headFlags.applyTo(builder, heads);
        control.applyTo(builder);
        input.applyTo(builder, shape);
        device.ifPresent(builder::optDevice);
    }

    /** The default rate of drawings is that of their default backbone and optimizer. */
    private OptionalDouble usualLearningRate(TrainingDefaults defaults) {
        boolean isUsual = !fineTune && start.isSmall() && !learning.isOptimizerGiven();
        return isUsual ? defaults.learningRate : OptionalDouble.empty();
    }

    /**
     * Does with a trainer what these options ask for.
     *
     * @param defaults that the trainer was made with
     * @return the exit code
     */
    public int run(
            MultiLabelTrainer trainer,
            TrainingDefaults defaults,
            MultiLabelDataset train,
            MultiLabelDataset validation,
            TrainingOutput output)
            throws IOException {
        if (findLearningRate) {
            return output.findLearningRate(trainer, train);
        }
        TrainingSettings settings = trainer.settings();
        if (trainer.keptHeads().isPresent() && !output.isResumed()) {
            show(trainer.keptHeads().get(), trainer.evaluate(validation));
        }
        Map<String, List<String>> resolved = resolved(settings, defaults);
        Instant started = Instant.now();
        return output.train(
                trainer,
                train,
                validation,
                (file, timed) ->
                        writer.write(file, new StartedTraining(settings, resolved, train, validation, timed, started)));
    }

    /** Prints what a training goes on with, and how good that is. */
    private void show(KeptHeads kept, Evaluation before) {
        String accuracies = before.heads().stream()
                .map(head -> String.format(Locale.ROOT, " %s %.4f", head.head().name(), head.accuracy()))
                .collect(Collectors.joining());
        System.out.printf(
                Locale.ROOT,
                "going on with %s: %s%nbefore the first epoch: validation accuracy%s%n",
                start.from().orElseThrow(),
                kept,
                accuracies);
    }

    /** What a training does where these options were not given, by their names. */
    private Map<String, List<String>> resolved(TrainingSettings settings, TrainingDefaults defaults) {
        ModelSettings model = settings.model();
        Map<String, List<String>> resolved = new LinkedHashMap<>();
        resolved.putAll(start.resolved(model.backbone().name(), usualWeights()));
        resolved.putAll(InputOptions.resolved(model.preprocessing()));
        resolved.put("epochs", List.of(Integer.toString(settings.optimisation().epochs())));
        resolved.putAll(PhaseOptions.resolved(settings.optimisation().phases()));
        resolved.putAll(learning.resolved(settings.optimisation(), settings.loss()));
        resolved.put("augmentation", TrainingImageOptions.named(defaults.augmentation));
        return resolved;
    }
}
