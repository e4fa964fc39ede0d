package io.github.multilabel.cli.program;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import io.github.multilabel.cars.StanfordCarsBuilder;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.data.ImageDatasetBuilder;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.SavedModel;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.heads.KeptHeads;
import io.github.multilabel.model.weights.PretrainedWeights;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import io.github.multilabel.training.event.TrainingListener;
import io.github.multilabel.training.internal.settings.ModelSettings;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every program that trains: the model, and how it is trained. */
@Section("Model and training")
public final class TrainingOptions implements AutoCloseable {

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

    @Option(
            names = "--image-size",
            paramLabel = "SIDE|HEIGHTxWIDTH",
            converter = ImageSizeText.class,
            description = "The size of the model's input in pixels: 224 is a square, 184x272 is 184 high and 272 wide"
                    + " (default: the backbone's, such as 64 for small and 224 for resnet34).")
    private Optional<ImageSize> imageSize = Optional.empty();

    @Option(
            names = "--aspect-ratio",
            paramLabel = "median|RATIO",
            converter = AspectRatio.Text.class,
            description = "Gives the model's input another shape with as many pixels: its width divided by its height;"
                    + " median is that of the training images, seen whole with --crop-mode squash or pad (default: the"
                    + " shape of --image-size; median with --fine-tune).")
    private Optional<AspectRatio> aspectRatio = Optional.empty();

    @Option(
            names = "--crop-mode",
            paramLabel = "center|squash|pad",
            description = "How an image of another shape becomes the model's input: center crops its centre, squash"
                    + " resizes all of it and changes its proportions, pad keeps all of it and its proportions between"
                    + " borders (default: the backbone's, center for published weights; squash with --fine-tune).")
    private Optional<CropMode> cropMode = Optional.empty();

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

    /** The defaults that depend on the data. */
    public enum Defaults {
        /**
         * A small network that starts from random weights takes larger steps and more epochs; on small drawings a
         * random crop often loses what distinguishes one car from another.
         */
        DRAWINGS(SMALL, 14, OptionalDouble.of(5e-3), Augmentation.horizontalFlip()),
        /** Those of the library. */
        PHOTOS("resnet34", 10, OptionalDouble.empty(), Augmentation.light());

        private final String backbone;
        private final int epochs;
        private final OptionalDouble learningRate;
        private final Augmentation augmentation;

        Defaults(String backbone, int epochs, OptionalDouble learningRate, Augmentation augmentation) {
            this.backbone = backbone;
            this.epochs = epochs;
            this.learningRate = learningRate;
            this.augmentation = augmentation;
        }
    }

    /** The saved model to go on with, read once; null until somebody asks. */
    private @Nullable SavedModel saved;
    /** The same with its weights. */
    private @Nullable MultiLabelModel loaded;

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
    public StanfordCarsBuilder cars(StanfordCarsBuilder builder, Defaults defaults) {
        return images.cars(builder, defaults.augmentation);
    }

    /** Other training images as these options want them. */
    public ImageDatasetBuilder images(ImageDatasetBuilder builder, Defaults defaults) {
        return images.images(builder, defaults.augmentation);
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
     * Checks that these options suit a cross validation.
     *
     * @throws InvalidInputException if they do not
     */
    public void requireForFolds() {
        if (from.isPresent()) {
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
    public void requireUsable(HeadSet heads, Defaults defaults) throws IOException, MalformedModelException {
        images.requireHeads(heads.names());
        begin(defaults, start -> {
            OptionalDouble given = aspectRatio.map(AspectRatio::given).orElse(OptionalDouble.empty());
            InvalidInputException.require(builder(start, heads, defaults, given)::requireUsable);
            return heads;
        });
    }

    /**
     * The trainer of these options.
     *
     * @param output gets its logs and checkpoints
     * @param median the aspect ratio of the training images, asked for if it is needed
     */
    public MultiLabelTrainer trainer(HeadSet heads, Defaults defaults, TrainingOutput output, DoubleSupplier median)
            throws IOException, MalformedModelException {
        Optional<AspectRatio> wanted =
                aspectRatio.or(() -> takesShapeOfImages() ? Optional.of(AspectRatio.MEDIAN) : Optional.empty());
        OptionalDouble shape =
                wanted.map(ratio -> OptionalDouble.of(ratio.of(median))).orElse(OptionalDouble.empty());
        try (this) { // the weights of a saved model are needed no longer
            MultiLabelTrainer trainer = begin(defaults, start -> {
                MultiLabelTrainerBuilder builder = builder(start, heads, defaults, shape);
                control.writeTo(output, builder);
                return InvalidInputException.check(builder::build);
            });
            if (wanted.isPresent()) {
                System.out.printf(
                        Locale.ROOT,
                        "the model's input is %s pixels, height x width, for images of aspect ratio %.2f%s%n",
                        trainer.model().preprocessing().size(),
                        shape.orElseThrow(),
                        aspectRatio.isPresent() ? "" : "; --image-size sets another");
            }
            return trainer;
        }
    }

    /** A saved model and whoever names a size keep theirs. */
    private boolean takesShapeOfImages() {
        return fineTune && imageSize.isEmpty() && from.isEmpty();
    }

    /** Frees the saved model that the training goes on with; a trainer has a copy. */
    @Override
    public void close() {
        if (loaded != null) {
            loaded.close();
            loaded = null;
        }
    }

    /** Makes something of a builder that knows what the training begins with: a backbone, or a saved model. */
    private <T> T begin(Defaults defaults, Start<T> start) throws IOException, MalformedModelException {
        Optional<SavedModel> begun = saved();
        if (begun.isEmpty()) {
            Backbone chosen = backbone(defaults);
            setThreads(chosen.name());
            return start.with(MultiLabelTrainer.builder().setBackbone(chosen));
        }
        setThreads(begun.get().backbone());
        MultiLabelModel model =
                loaded == null ? MultiLabelModel.load(begun.get().folder(), Device.cpu()) : loaded;
        loaded = model;
        return start.with(MultiLabelTrainer.builder().setModel(model));
    }

    /** What is made of a builder. */
    @FunctionalInterface
    private interface Start<T> {
        T with(MultiLabelTrainerBuilder builder) throws IOException;
    }

    /**
     * The saved model that the training goes on with, if there is one.
     *
     * @throws InvalidInputException if a backbone is given too
     */
    public Optional<SavedModel> saved() throws IOException, MalformedModelException {
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

    private static void setThreads(String backbone) {
        if (backbone.equals(SMALL)) {
            // Its layers are so small that two threads mostly wait for each other, the more the busier the machine is;
            // the other cores decode. DJL reads the property when the engine is loaded.
            System.setProperty(NATIVE_THREADS, System.getProperty(NATIVE_THREADS, "1"));
        }
    }

    private MultiLabelTrainerBuilder builder(
            MultiLabelTrainerBuilder builder, HeadSet heads, Defaults defaults, OptionalDouble shape) {
        builder.setHeads(heads)
                .optPrecision(precision)
                .optSeed(seed)
                .addListener(TrainingListener.onEpoch(System.out::println));
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
        imageSize.ifPresent(size -> builder.optImageSize(size.height(), size.width()));
        shape.ifPresent(builder::optAspectRatio);
        cropMode.ifPresent(builder::optCropMode);
        device.ifPresent(builder::optDevice);
        return builder;
    }

    /** The default rate of drawings is that of their default backbone and optimizer. */
    private OptionalDouble usualLearningRate(Defaults defaults) {
        boolean isUsual =
                !fineTune && from.isEmpty() && backbone.orElse(SMALL).equals(SMALL) && !learning.isOptimizerGiven();
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
            Defaults defaults,
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
        return output.train(
                trainer,
                train,
                validation,
                (file, timed) -> writer.write(file, new StartedTraining(settings, resolved, train, validation, timed)));
    }

    /** Prints what a training goes on with, and how good that is. */
    private void show(KeptHeads kept, Evaluation before) {
        String accuracies = before.heads().stream()
                .map(head -> String.format(Locale.ROOT, " %s %.4f", head.head().name(), head.accuracy()))
                .collect(Collectors.joining());
        System.out.printf(
                Locale.ROOT,
                "going on with %s: %s%nbefore the first epoch: validation accuracy%s%n",
                from.orElseThrow(),
                kept,
                accuracies);
    }

    /** What a training does where these options were not given, by their names. */
    private Map<String, List<String>> resolved(TrainingSettings settings, Defaults defaults) {
        ModelSettings model = settings.model();
        Map<String, List<String>> resolved = new LinkedHashMap<>();
        if (from.isEmpty()) {
            resolved.put("backbone", List.of(model.backbone().name()));
            resolved.put("weights", List.of(start()));
        }
        resolved.put("image-size", List.of(model.preprocessing().size().toString()));
        resolved.put(
                "crop-mode", List.of(model.preprocessing().cropMode().name().toLowerCase(Locale.ROOT)));
        resolved.put("epochs", List.of(Integer.toString(settings.optimisation().epochs())));
        resolved.putAll(PhaseOptions.resolved(settings.optimisation().phases()));
        resolved.putAll(learning.resolved(settings.optimisation(), settings.loss()));
        resolved.put("augmentation", TrainingImageOptions.named(defaults.augmentation));
        return resolved;
    }

    private String start() {
        return weights.orElse(fineTune ? "pretrained" : "none");
    }

    private Backbone backbone(Defaults defaults) {
        return InvalidInputException.check(() -> {
            Backbone chosen = withWeights(
                    Backbones.byName(backbone.orElse(defaults.backbone).toLowerCase(Locale.ROOT)));
            return stochasticDepth.isPresent()
                    ? InvalidInputException.ofOption(
                            "--stochastic-depth", stochasticDepth.get(), chosen::withStochasticDepth)
                    : chosen;
        });
    }

    private Backbone withWeights(Backbone chosen) {
        String start = start();
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
