package io.github.multilabel.benchmarks;

import ai.djl.Device;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Images per second of every backbone at its own size, prediction and training, in float32 and in what
 * {@code Precision.AUTO} is here; printed as rows for {@code docs/backbones.md}.
 */
@Command(name = "BackboneSpeed", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class BackboneSpeed implements Callable<Integer> {

    @Option(names = "--backbones", split = ",", description = "all unless named")
    private List<String> names = Backbones.names();

    @Option(names = "--batch", defaultValue = "16", description = "images a call")
    private int batch;

    @Option(names = "--steps", defaultValue = "5", description = "counted, after two of warm-up; the median is printed")
    private int steps;

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new BackboneSpeed()).execute(args));
    }

    @Override
    public Integer call() {
        Precision auto = Precision.AUTO.resolve(Device.cpu());
        System.out.printf(
                Locale.ROOT,
                "| backbone | predicting, float32 | predicting, %s | training, float32 | training, %s |%n|---|---|---|---|---|%n",
                auto,
                auto);
        for (String name : names) {
            Backbone backbone = Backbones.byName(name);
            SyntheticWork work =
                    SyntheticWork.cars(backbone.preprocessing().size().height(), batch);
            Function<Precision, Contender> predicting =
                    precision -> PredictionSteps.library(name, backbone, work, precision);
            Function<Precision, Contender> training =
                    precision -> TrainingSteps.library(name, backbone, work, precision);
            System.out.printf(
                    Locale.ROOT,
                    "| `%s` | %.1f | %.1f | %.1f | %.1f |%n",
                    name,
                    imagesPerSecond(predicting.apply(Precision.FLOAT32)),
                    imagesPerSecond(predicting.apply(auto)),
                    imagesPerSecond(training.apply(Precision.FLOAT32)),
                    imagesPerSecond(training.apply(auto)));
        }
        return 0;
    }

    private double imagesPerSecond(Contender contender) {
        try (contender) {
            contender.steps(2);
            double[] seconds = contender.steps(steps);
            Arrays.sort(seconds);
            return batch / seconds[steps / 2];
        }
    }
}
