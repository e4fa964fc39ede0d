package io.github.multilabel.examples;

import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.core.image.augment.Augmentation;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.Backbone;
import io.github.multilabel.model.Backbones;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import io.github.multilabel.training.TrainingResult;
import io.github.multilabel.training.metrics.Evaluation;
import io.github.multilabel.training.report.HistoryCsv;
import io.github.multilabel.training.report.LearningCurves;
import io.github.multilabel.training.report.MetricsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model with several heads on cars, and leaves it with its metrics in a folder. */
@Command(
        name = "TrainStanfordCars",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains one model that answers several questions about a photo of a car, prints how well it does, and"
                    + " writes metrics.json, history.csv, learning-curves.png and the model into a folder.",
            "Where the data has no labelled test photos, a fixed tenth of its training photos is held out to judge by."
        })
public final class TrainStanfordCars implements Callable<Integer> {

    private static final String SAMPLE_BACKBONE = "small";
    private static final String BACKBONE = "resnet34";
    private static final String NATIVE_THREADS = "ai.djl.pytorch.num_threads";
    private static final int SAMPLE_EPOCHS = 14;
    /** A small network that starts from nothing takes larger steps than one that is tuned. */
    private static final double SMALL_LEARNING_RATE = 5e-3;

    private static final int EPOCHS = 10;

    @Mixin
    private DataOptions source;

    @Option(
            names = "--backbone",
            paramLabel = "NAME",
            completionCandidates = BackboneNames.class,
            description = "one of ${COMPLETION-CANDIDATES} (default: small for the sample, otherwise resnet34)")
    private String backbone;

    @Option(
            names = "--weights",
            paramLabel = "none|pretrained|FILE",
            defaultValue = "none",
            description = "what the backbone starts from: none is random, pretrained fetches once what was published"
                    + " for it, FILE is safetensors or what PyTorch saves (default: ${DEFAULT-VALUE})")
    private String weights;

    @Option(
            names = "--image-size",
            paramLabel = "PIXELS",
            description = "height and width of the model's input (default: the backbone's, such as 64 for small and"
                    + " 224 for resnet34)")
    private Integer imageSize;

    @Mixin
    private CarsOptions cars;

    @Mixin
    private PhaseOptions phases;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "passes over the training photos (default: 14 for the sample, otherwise 10)")
    private Integer epochs;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            description = "the highest of the schedule (default: 0.005 for small, otherwise 0.001)")
    private Double learningRate;

    @Option(
            names = "--augmentation",
            paramLabel = "none|flip|light",
            description = "what training sees: flip mirrors every second photo, light crops at random too (default:"
                    + " flip for the sample, otherwise light)")
    private AugmentationOption augmentation;

    @Option(
            names = "--precision",
            paramLabel = "float32|bfloat16|auto",
            defaultValue = "float32",
            description = "the data type of convolutions; auto takes bfloat16 where the hardware has it (default:"
                    + " ${DEFAULT-VALUE})")
    private Precision precision;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "of weights, order and augmentation (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "build/cars",
            description = "where everything is written (default: ${DEFAULT-VALUE})")
    private Path output;

    /** What {@code --augmentation} takes. */
    enum AugmentationOption {
        NONE(Augmentation.none()),
        FLIP(Augmentation.horizontalFlip()),
        LIGHT(Augmentation.light());

        private final Augmentation augmentation;

        AugmentationOption(Augmentation augmentation) {
            this.augmentation = augmentation;
        }
    }

    /** Runs the program. */
    public static void main(String[] arguments) {
        Launcher.run(new TrainStanfordCars(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        Evaluation evaluation = run();
        System.out.println(evaluation.table());
        System.out.println("metrics.json, history.csv, learning-curves.png and model/ are in " + output);
        return 0;
    }

    /** Trains, evaluates and writes. */
    Evaluation run() throws IOException {
        Path saved = output.resolve("model");
        if (Files.exists(output) && !Files.isDirectory(output)) {
            throw new IOException("--output " + output + " is a file; name a folder");
        }
        MultiLabelModel.requireSavable(saved); // now, not after the last epoch
        Path root = source.folder(output);
        try (StanfordCars train = Photos.TRAIN
                        .select(cars.of(root).optHeads(source.heads()), root)
                        .optAugmentation(augmentation())
                        .build();
                StanfordCars validation = Photos.VALIDATION
                        .select(cars.of(root).optHeads(source.heads()), root)
                        .build();
                MultiLabelTrainer trainer = trainer(train, source.isSample())) {
            System.out.printf(
                    Locale.ROOT,
                    "training on %s, judging by %s%n%n%s%n",
                    count(train),
                    count(validation),
                    train.distribution());
            TrainingResult result = trainer.fit(train, validation);
            Evaluation evaluation = result.best().validation().orElseThrow();
            trainer.model().save(saved);
            MetricsJson.write(output.resolve("metrics.json"), evaluation, OptionalLong.of(train.size()));
            HistoryCsv.write(output.resolve("history.csv"), result.history());
            LearningCurves.write(output.resolve("learning-curves.png"), result.history());
            return evaluation;
        }
    }

    /** On small drawings a random crop often loses the badge that tells the brand. */
    private Augmentation augmentation() {
        AugmentationOption byDefault = source.isSample() ? AugmentationOption.FLIP : AugmentationOption.LIGHT;
        return (augmentation == null ? byDefault : augmentation).augmentation;
    }

    private static String count(StanfordCars cars) {
        String photos = String.format(Locale.ROOT, "%,d photos", cars.size());
        return cars.size() == cars.annotated()
                ? photos
                : photos + String.format(Locale.ROOT, " (of %,d annotated)", cars.annotated());
    }

    private MultiLabelTrainer trainer(StanfordCars train, boolean sample) throws IOException {
        Backbone chosen = backbone(sample);
        boolean small = chosen.name().equals(SAMPLE_BACKBONE);
        if (small) {
            // Its layers are so small that two threads mostly wait for each other, the more the busier the machine is;
            // the other cores decode. DJL reads the property when the engine is loaded.
            System.setProperty(NATIVE_THREADS, System.getProperty(NATIVE_THREADS, "1"));
        }
        MultiLabelTrainerBuilder builder = MultiLabelTrainer.builder()
                .setHeads(train.heads())
                .setBackbone(chosen)
                .optEpochs(epochs != null ? epochs : sample ? SAMPLE_EPOCHS : EPOCHS)
                .optPrecision(precision)
                .optSeed(seed)
                .addListener(System.out::println);
        phases.applyTo(builder);
        if (imageSize != null) {
            builder.optImageSize(imageSize);
        }
        if (learningRate != null) {
            builder.optLearningRate(learningRate);
        } else if (small) {
            builder.optLearningRate(SMALL_LEARNING_RATE);
        }
        return builder.build();
    }

    private Backbone backbone(boolean sample) {
        Backbone chosen = Backbones.byName(backbone != null ? backbone : sample ? SAMPLE_BACKBONE : BACKBONE);
        return switch (weights) {
            case "none" -> chosen;
            case "pretrained" -> chosen.pretrained();
            default -> chosen.pretrained(Path.of(weights));
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
