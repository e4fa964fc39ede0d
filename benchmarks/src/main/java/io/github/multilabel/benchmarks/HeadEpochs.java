package io.github.multilabel.benchmarks;

import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.cars.synthetic.SyntheticCars;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.data.Split;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.event.TrainingListener;
import io.github.multilabel.training.schedule.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What epochs of the heads cost over a frozen backbone, with kept features and without, from JPEG files on. */
@Command(name = "HeadEpochs", mixinStandardHelpOptions = true)
public final class HeadEpochs implements Callable<Integer> {

    @Option(names = "--backbone", description = "its name (default: ${DEFAULT-VALUE})")
    private String backbone = "resnet34";

    @Option(names = "--images", defaultValue = "512", description = "training photos (default: ${DEFAULT-VALUE})")
    private int images;

    @Option(names = "--epochs", defaultValue = "4", description = "at least 2 (default: ${DEFAULT-VALUE})")
    private int epochs;

    @Option(names = "--precision", description = "of both (default: ${DEFAULT-VALUE})")
    private Precision precision = Precision.FLOAT32;

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new HeadEpochs())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Path drawings = Files.createTempDirectory("head-epochs").resolve("stanford_cars");
        SyntheticCars.builder()
                .optTrain(images)
                .optTest(1)
                .optImageSize(256)
                .build()
                .writeTo(drawings);
        try (StanfordCars train = StanfordCars.builder()
                .optRoot(drawings)
                .optSplit(Split.TRAIN)
                .optBatchSize(32)
                .optAugmentation(Augmentation.none())
                .build()) {
            double without = seconds(train, false);
            double with = seconds(train, true);
            System.out.printf(
                    Locale.ROOT,
                    "an epoch of the heads over %s: %.3f s, with kept features %.4f s: %.0f times as fast%n",
                    backbone,
                    without,
                    with,
                    without / with);
        }
        return 0;
    }

    /** Of an epoch after the first, in which the features are computed. */
    private double seconds(StanfordCars train, boolean cache) throws IOException {
        List<Double> seconds = new ArrayList<>();
        try (MultiLabelTrainer trainer = MultiLabelTrainer.builder()
                .setHeads(train.heads())
                .setBackbone(Backbones.byName(backbone))
                .optPrecision(precision)
                .optFeatureCache(cache)
                .optProgress(false)
                .addPhase(Phase.heads(epochs))
                .addListener(TrainingListener.onEpoch(report -> seconds.add(images / report.imagesPerSecond())))
                .build()) {
            trainer.fit(train);
        }
        System.out.println((cache ? "with" : "without") + " kept features, seconds of each epoch: " + seconds);
        return seconds.stream().skip(1).mapToDouble(each -> each).average().orElseThrow();
    }
}
