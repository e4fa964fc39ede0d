package io.github.multilabel.benchmarks;

import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.cars.synthetic.SyntheticCars;
import io.github.multilabel.data.Split;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.training.CheckpointOptions;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import io.github.multilabel.training.event.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The memory of the process (resident, heap and native together) over one long training with evaluation, checkpoints,
 * averaged weights and a listener, and over many trainers made and closed one after the other. Linux only. Hold the
 * heap to one size ({@code -Xms512m -Xmx512m -XX:+AlwaysPreTouch}), so that what grows is native.
 */
@Command(name = "TrainingMemory", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class TrainingMemory implements Callable<Integer> {

    private static final int BATCH = 16;

    @Option(names = "--epochs", defaultValue = "20", description = "of the long training")
    private int epochs;

    @Option(names = "--steps", defaultValue = "100", description = "of each epoch")
    private int steps;

    @Option(names = "--trainers", defaultValue = "20", description = "of one epoch each")
    private int trainers;

    @Option(names = "--backbone", description = "of docs/backbones.md")
    private String backbone = "small";

    @Option(names = "--size", defaultValue = "64", description = "pixels")
    private int size;

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.exit(new CommandLine(new TrainingMemory()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("training-memory");
        Path drawings = folder.resolve("stanford_cars");
        SyntheticCars.builder()
                .optTrain(BATCH * steps)
                .optTest(10 * BATCH)
                .build()
                .writeTo(drawings);
        try (StanfordCars train = cars(drawings, Split.TRAIN);
                StanfordCars test = cars(drawings, Split.TEST)) {
            ResidentMemory during = new ResidentMemory();
            try (MultiLabelTrainer trainer = trainer(train, epochs)
                    .optEmaDecay(0.99)
                    .optCheckpoints(
                            CheckpointOptions.in(folder.resolve("checkpoints")).everySteps(steps / 2))
                    .addListener(TrainingListener.onEpoch(report -> during.note()))
                    .build()) {
                trainer.fit(train, test);
            }
            during.print("after each epoch of " + steps + " steps");
            ResidentMemory between = new ResidentMemory();
            for (int i = 0; i < trainers; i++) {
                try (MultiLabelTrainer trainer = trainer(train, 1).build()) {
                    trainer.fit(train, test);
                }
                between.note();
            }
            between.print("after each of " + trainers + " trainers");
        }
        return 0;
    }

    private MultiLabelTrainerBuilder trainer(StanfordCars train, int epochs) {
        return MultiLabelTrainer.builder()
                .setHeads(train.heads())
                .setBackbone(Backbones.byName(backbone))
                .optImageSize(size)
                .optProgress(false)
                .optEpochs(epochs);
    }

    private static StanfordCars cars(Path drawings, Split split) throws IOException {
        return StanfordCars.builder()
                .optRoot(drawings)
                .optSplit(split)
                .optBatchSize(BATCH)
                .optShuffle(split == Split.TRAIN)
                .build();
    }
}
