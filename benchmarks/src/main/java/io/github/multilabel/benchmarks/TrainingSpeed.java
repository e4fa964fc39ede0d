package io.github.multilabel.benchmarks;

import ai.djl.Device;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.backbone.Backbones;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Training images per second of ResNet34 with three heads, beside PyTorch and DJL's own blocks. */
@Command(name = "TrainingSpeed", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class TrainingSpeed implements Callable<Integer> {

    @Option(
            names = "--python",
            description = "an interpreter with torch 2.7.1, torchvision and timm; without it no peer")
    private @Nullable String python;

    @Option(names = "--backbone", description = "of docs/backbones.md")
    private String backbone = "resnet34";

    @Option(names = "--size", defaultValue = "128", description = "pixels")
    private int size;

    @Option(names = "--batch", defaultValue = "16", description = "images a step")
    private int batch;

    @Option(names = "--rounds", defaultValue = "5", description = "after one of warm-up")
    private int rounds;

    @Option(names = "--steps", defaultValue = "4", description = "of each contender a round")
    private int steps;

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new TrainingSpeed()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        SyntheticWork work = SyntheticWork.cars(size, batch);
        List<Contender> contenders = new ArrayList<>();
        try (PyTorchPeer peer = python == null ? null : new PyTorchPeer(python)) {
            boolean half = Precision.AUTO.resolve(Device.cpu()) == Precision.BFLOAT16;
            if (peer != null) {
                contenders.add(peer.contender("train", backbone, "float32", size, batch));
                contenders.add(peer.contender("train", backbone, "channels-last", size, batch));
                if (half) {
                    contenders.add(peer.contender("train", backbone, "bfloat16", size, batch));
                }
            }
            if (backbone.equals("resnet34")) {
                contenders.add(TrainingSteps.djlBlocks(work));
            }
            contenders.add(
                    TrainingSteps.library("this library float32", Backbones.byName(backbone), work, Precision.FLOAT32));
            if (half) {
                contenders.add(TrainingSteps.library(
                        "this library bfloat16", Backbones.byName(backbone), work, Precision.BFLOAT16));
            }
            Rounds.run(contenders, batch, rounds, steps);
            contenders.forEach(Contender::close);
        }
        return 0;
    }
}
