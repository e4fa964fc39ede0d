package io.github.multilabel.examples.program;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.weights.PretrainedWeights;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import io.github.multilabel.training.event.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that every program that trains has: what is trained, and how. */
public final class TrainingOptions {

    private static final String SMALL = "small";
    /** A small network that starts from nothing takes larger steps than one that is tuned. */
    private static final double SMALL_LEARNING_RATE = 5e-3;

    private static final String NATIVE_THREADS = "ai.djl.pytorch.num_threads";

    @Option(
            names = "--backbone",
            paramLabel = "NAME",
            completionCandidates = BackboneNames.class,
            description = "one of ${COMPLETION-CANDIDATES} (default: resnet34; small for drawings)")
    private String backbone;

    @Option(
            names = "--weights",
            paramLabel = "none|pretrained|FILE",
            description = "what the backbone starts from: none is random, pretrained fetches once what was published"
                    + " for it, FILE is safetensors or what PyTorch saves (default: none; pretrained with"
                    + " --fine-tune)")
    private String weights;

    @Option(
            names = "--image-size",
            paramLabel = "PIXELS",
            description = "height and width of the model's input (default: the backbone's, such as 64 for small and"
                    + " 224 for resnet34)")
    private Integer imageSize;

    @Option(
            names = "--crop-mode",
            paramLabel = "center|squash",
            description =
                    "how a photo becomes a square: center keeps its centre and its proportions, squash keeps all of"
                            + " it (default: the backbone's, center for published weights; squash with --fine-tune)")
    private CropMode cropMode;

    @Option(
            names = "--tta",
            description = "the trained model answers by the mean of a photo and its mirror image, which takes twice as"
                    + " long and is a little better where left and right mean the same")
    private boolean testTimeFlip;

    @Option(
            names = "--fine-tune",
            description = "a recipe for pretrained weights, short for --weights pretrained, --freeze-epochs 1,"
                    + " --schedule one-cycle, --learning-rate 0.003, --backbone-learning-rate-factor 0.33, --label-smoothing 0.05 and"
                    + " --crop-mode squash; each of these may be given beside it, and wins")
    private boolean fineTune;

    @Mixin
    private PhaseOptions phases;

    @Mixin
    private LearningOptions learning;

    @Mixin
    private ControlOptions control;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "passes over the training photos (default: 10; 14 for drawings)")
    private Integer epochs;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            description = "the highest of the schedule (default: 0.005 for small, otherwise the"
                    + " optimizer's, such as 0.001 for adamw)")
    private Double learningRate;

    @Option(
            names = "--find-learning-rate",
            description = "trains for 100 steps at rates from 1e-7 to 10, as the first of the epochs would, prints the"
                    + " rate that it suggests for --learning-rate, draws learning-rate.png, and stops; nothing else is"
                    + " written")
    private boolean findLearningRate;

    @Option(
            names = "--augmentation",
            paramLabel = "none|flip|light|strong",
            converter = AugmentationName.class,
            description = "what training sees: flip mirrors every second photo, light crops at random too, strong also"
                    + " changes colours and shape and covers parts; ShowStanfordCars draws it (default: light; flip"
                    + " for drawings)")
    private Augmentation augmentation;

    @Option(
            names = "--precision",
            paramLabel = "float32|bfloat16|float16|auto",
            defaultValue = "float32",
            description = "the data type of convolutions; auto takes the 16 bits that the hardware has, where a short"
                    + " measurement finds them faster (default: ${DEFAULT-VALUE})")
    private Precision precision;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "of weights, order and augmentation (default: ${DEFAULT-VALUE})")
    private long seed;

    /** What is taken where the user says nothing. */
    public enum Defaults {
        /** On small drawings a random crop often loses what tells one from the other. */
        DRAWINGS(SMALL, 14, Augmentation.horizontalFlip()),
        PHOTOS("resnet34", 10, Augmentation.light());

        private final String backbone;
        private final int epochs;
        private final Augmentation augmentation;

        Defaults(String backbone, int epochs, Augmentation augmentation) {
            this.backbone = backbone;
            this.epochs = epochs;
            this.augmentation = augmentation;
        }
    }

    public long seed() {
        return seed;
    }

    /** The heads to learn: those that are asked for, then the auxiliary ones. */
    public List<String> heads(List<String> asked) {
        return learning.heads(asked);
    }

    public Augmentation augmentation(Defaults defaults) {
        return augmentation == null ? defaults.augmentation : augmentation;
    }

    /**
     * Takes a folder for what these options ask for.
     *
     * @throws IllegalStateException if another process has it, or it holds a training that is neither gone on with nor
     *     replaced
     */
    public TrainingOutput output(Path folder) throws IOException {
        if (folder.toString().isBlank()) { // such as a variable of the shell that is not set
            throw new IllegalArgumentException("--output is empty: name a folder, or '.' for the one you are in");
        }
        return new TrainingOutput(findLearningRate ? RunFolder.beside(folder) : control.take(folder));
    }

    /**
     * The trainer of these options.
     *
     * @param output gets its logs and checkpoints
     */
    public MultiLabelTrainer trainer(HeadSet heads, Defaults defaults, TrainingOutput output) throws IOException {
        Backbone chosen = backbone(defaults);
        boolean small = chosen.name().equals(SMALL);
        if (small) {
            // Its layers are so small that two threads mostly wait for each other, the more the busier the machine is;
            // the other cores decode. DJL reads the property when the engine is loaded.
            System.setProperty(NATIVE_THREADS, System.getProperty(NATIVE_THREADS, "1"));
        }
        MultiLabelTrainerBuilder builder = MultiLabelTrainer.builder()
                .setHeads(heads)
                .setBackbone(chosen)
                .optPrecision(precision)
                .optSeed(seed)
                .optTestTimeFlip(testTimeFlip)
                .addListener(TrainingListener.onEpoch(System.out::println));
        int passes = epochs != null ? epochs : defaults.epochs;
        if (fineTune) {
            builder.optFineTuning(passes); // what follows wins
        }
        builder.optEpochs(passes);
        control.applyTo(builder, output);
        phases.applyTo(builder);
        learning.applyTo(builder, heads);
        if (imageSize != null) {
            builder.optImageSize(imageSize);
        }
        if (cropMode != null) {
            builder.optCropMode(cropMode);
        }
        if (learningRate != null) {
            builder.optLearningRate(learningRate);
        } else if (small && !fineTune) {
            builder.optLearningRate(SMALL_LEARNING_RATE);
        }
        return builder.build();
    }

    /**
     * Does with a trainer what these options ask for.
     *
     * @return the exit code
     */
    public int run(
            MultiLabelTrainer trainer, MultiLabelDataset train, MultiLabelDataset validation, TrainingOutput output)
            throws IOException {
        return findLearningRate ? output.findLearningRate(trainer, train) : output.train(trainer, train, validation);
    }

    private Backbone backbone(Defaults defaults) {
        Backbone chosen = Backbones.byName(backbone != null ? backbone : defaults.backbone);
        String start = weights != null ? weights : fineTune ? "pretrained" : "none";
        return switch (start) {
            case "none" -> chosen;
            case "pretrained" -> chosen.pretrained(PretrainedWeights.of(chosen.name()), TerminalProgress.listener());
            default -> chosen.pretrained(Path.of(start));
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
