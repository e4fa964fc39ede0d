package io.github.multilabel.examples;

import ai.djl.MalformedModelException;
import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.cars.StanfordCarsBuilder;
import io.github.multilabel.cli.program.EvaluationOutput;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.Launcher;
import io.github.multilabel.cli.program.PhotoOptions;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.data.Split;
import io.github.multilabel.evaluation.Evaluator;
import io.github.multilabel.evaluation.metrics.Evaluation;
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

/** Evaluates a saved model on photos that it has not seen. */
@Command(
        name = "EvaluateStanfordCars",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Evaluates a saved model on photos of cars, prints its metrics per head and category, and writes"
                + " metrics.json into a folder.")
public final class EvaluateStanfordCars implements Callable<Integer> {

    @SuppressWarnings("NullAway.Init") // it is required
    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "A folder that TrainStanfordCars saved.")
    private Path model;

    @SuppressWarnings("NullAway.Init") // it is required
    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "A folder that has the photos in any usual layout of Stanford Cars.")
    private Path data;

    @Option(
            names = "--split",
            split = ",",
            paramLabel = "train|validation|test",
            description =
                    "The photos to evaluate on, several separated by commas; validation are those that TrainStanfordCars"
                            + " validates on (default: test where the folder has labelled test photos, otherwise all).")
    private List<Split> splits = List.of();

    @Mixin
    private final PhotoOptions photoOptions = new PhotoOptions();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "The folder for metrics.json (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("build/evaluation");

    @Option(
            names = "--overwrite",
            description = "Replaces the metrics.json in --output; without this option, such a folder is refused.")
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
        List<Split> evaluated = evaluatedSplits();
        try (MultiLabelModel loaded = MultiLabelModel.load(model);
                StanfordCars cars = InvalidInputException.check(
                        labelled(loaded.heads()).optSplit(evaluated.toArray(Split[]::new))::build)) {
            System.out.printf(
                    Locale.ROOT,
                    "evaluating %s on %,d photos (%s)%n",
                    loaded,
                    cars.size(),
                    evaluated.stream().map(Split::part).collect(Collectors.joining(", ")));
            return Evaluator.evaluate(loaded, cars);
        }
    }

    private List<Split> evaluatedSplits() throws IOException {
        if (!splits.isEmpty()) {
            return splits;
        }
        return StanfordCars.hasLabelledTest(data) ? List.of(Split.TEST) : List.of(Split.values());
    }

    /** Photos with labels for the model's heads and their brands, whatever brands are frequent among these photos. */
    private StanfordCarsBuilder labelled(HeadSet heads) {
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
