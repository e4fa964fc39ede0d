package io.github.multilabel.benchmarks;

import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a training step costs with a hundred heads, beside three heads of as many categories each. */
@Command(name = "ManyHeads", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class ManyHeads implements Callable<Integer> {

    private static final int FEW = 3;
    private static final int MANY = 100;

    @Option(names = "--backbone")
    private String backbone = "resnet34";

    @Option(names = "--size", defaultValue = "128", description = "pixels")
    private int size;

    @Option(names = "--batch", defaultValue = "16", description = "images a step")
    private int batch;

    @Option(names = "--rounds", defaultValue = "7", description = "after one of warm-up")
    private int rounds;

    @Option(names = "--steps", defaultValue = "4", description = "of each contender a round")
    private int steps;

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ManyHeads()).execute(args));
    }

    @Override
    public Integer call() {
        Backbone chosen = Backbones.byName(backbone);
        List<Contender> contenders = List.of(heads(chosen, FEW), heads(chosen, MANY));
        Rounds.run(contenders, batch, rounds, steps);
        contenders.forEach(Contender::close);
        return 0;
    }

    private Contender heads(Backbone chosen, int count) {
        SyntheticWork work = SyntheticWork.manyHeads(count, size, batch);
        return TrainingSteps.library(count + " heads", chosen, work, Precision.FLOAT32);
    }
}
