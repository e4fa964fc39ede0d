package io.github.multilabel.examples;

import ai.djl.MalformedModelException;
import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.cars.StanfordCarsBuilder;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.data.Split;
import io.github.multilabel.evaluation.Evaluator;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.examples.program.EvaluationOutput;
import io.github.multilabel.examples.program.Launcher;
import io.github.multilabel.examples.program.PhotoOptions;
import io.github.multilabel.model.MultiLabelModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges a saved model on photos that it has not seen. */
@Command(
        name = "EvaluateStanfordCars",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Judges a saved model on photos, prints how well it does per head and category, and writes"
                + " metrics.json into a folder.")
public final class EvaluateStanfordCars implements Callable<Integer> {

    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "a folder that TrainStanfordCars saved")
    private Path model;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "a folder that has the photos in any usual layout of Stanford Cars")
    private Path data;

    @Option(
            names = "--split",
            paramLabel = "train|validation|test",
            split = ",",
            description = "The photos to evaluate on, several with commas between them; validation are those that"
                    + " TrainStanfordCars validated on (default: test where the folder has labelled test photos,"
                    + " otherwise all).")
    private List<Split> splits = List.of();

    @Mixin
    private PhotoOptions photoOptions;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "build/evaluation",
            description = "where metrics.json is written (default: ${DEFAULT-VALUE})")
    private Path output;

    @Option(
            names = "--overwrite",
            description = "replaces a metrics.json that is in --output already. Without it, such a folder is refused")
    private boolean overwrite;

    /** Runs the program. */
    public static void main(String[] arguments) {
        Launcher.run(new EvaluateStanfordCars(), arguments);
    }

    @Override
    public Integer call() throws IOException, MalformedModelException {
        try (EvaluationOutput result = EvaluationOutput.take(output, overwrite)) {
            Evaluation evaluation = evaluate();
            System.out.println(evaluation.table());
            result.write(evaluation);
            System.out.println("metrics.json is in " + output);
            return 0;
        }
    }

    private Evaluation evaluate() throws IOException, MalformedModelException {
        List<Split> asked = asked();
        try (MultiLabelModel loaded = MultiLabelModel.load(model);
                StanfordCars judged = asked(loaded.heads())
                        .optSplit(asked.toArray(Split[]::new))
                        .build()) {
            System.out.printf(
                    Locale.ROOT,
                    "judging %s on %,d photos (%s)%n",
                    loaded,
                    judged.size(),
                    asked.stream().map(Split::part).collect(Collectors.joining(", ")));
            return Evaluator.evaluate(loaded, judged);
        }
    }

    private List<Split> asked() throws IOException {
        if (!splits.isEmpty()) {
            return splits;
        }
        return StanfordCars.hasLabelledTest(data) ? List.of(Split.TEST) : List.of(Split.values());
    }

    /** The model's questions, with its brands, whatever brands are frequent among these photos. */
    private StanfordCarsBuilder asked(HeadSet heads) {
        StanfordCarsBuilder builder = photoOptions.cars(data).optHeads(heads.names());
        for (Head head : heads) {
            if (head.name().equals("brand")) {
                List<String> brands = head.categories().stream()
                        .filter(category -> !category.equals("Other"))
                        .toList();
                builder.optBrands(brands);
            }
        }
        return builder;
    }
}
