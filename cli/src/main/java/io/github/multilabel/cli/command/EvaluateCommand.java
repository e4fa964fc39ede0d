package io.github.multilabel.cli.command;

import ai.djl.MalformedModelException;
import io.github.multilabel.cli.prediction.AnyModelOption;
import io.github.multilabel.cli.prediction.OpenedPredictor;
import io.github.multilabel.cli.program.EvaluationOutput;
import io.github.multilabel.cli.program.PhotoOptions;
import io.github.multilabel.cli.program.SourceOptions;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.data.Split;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.Metric;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.scoring.Bootstrap;
import io.github.multilabel.evaluation.scoring.PredictionMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Evaluates a saved model or an exported file on images that it has not seen. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Evaluates a saved model, or a file that export wrote, on labelled images.",
            "It prints its metrics per head and category, and writes metrics.json and, with a line for each image,"
                    + " predictions.csv and, for programs, predictions.safetensors into a folder.",
            "The images are those of a table (--csv), of folders named after categories (--folders), or of a data set"
                    + " that is known by its name (--dataset). Labels that the model does not know are left out."
        },
        footer = "  multilabel evaluate --model runs/table/model --csv labels.csv --split-file runs/table/split.csv")
public final class EvaluateCommand implements Callable<Integer> {

    @Mixin
    private final AnyModelOption model = new AnyModelOption();

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Option(
            names = "--split",
            split = ",",
            paramLabel = "train|validation|test",
            description = "The images to evaluate on, several parts separated by commas (default: test where there are"
                    + " such, then validation for a table, otherwise all).")
    private List<Split> splits = List.of();

    @Option(
            names = "--split-file",
            paramLabel = "FILE",
            description = "The split.csv that a training of the same table left in its folder: evaluates on images that"
                    + " the model was not trained on.")
    private Optional<Path> splitFile = Optional.empty();

    @Mixin
    private final PhotoOptions photos = new PhotoOptions();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description =
                    "The folder for metrics.json, predictions.csv and predictions.safetensors (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("runs", "evaluation");

    @Option(
            names = "--overwrite",
            description =
                    "Replaces an earlier evaluation in --output; without this option, such a folder is" + " refused.")
    private boolean overwrite;

    @Option(
            names = "--all-probabilities",
            description = "Writes the probability of each category into predictions.csv, in columns HEAD.p.CATEGORY.")
    private boolean allProbabilities;

    @Option(
            names = "--label-issues",
            description =
                    "Writes the labels that are probably wrong into label-issues.csv, for somebody who corrects them,"
                            + " and draws the most doubtful as label-issues.png. Of images that the model was trained on it finds few:"
                            + " it has learned their labels, also the wrong ones.")
    private boolean labelIssues;

    @Override
    public Integer call() throws IOException, MalformedModelException {
        Evaluated evaluated = source.isCars()
                ? new EvaluatedCars(source.cars(), output, splits, photos)
                : new EvaluatedTable(source.table(), splits, splitFile, photos);
        try (EvaluationOutput result = EvaluationOutput.take(output, overwrite, labelIssues);
                OpenedPredictor opened = model.open(Precision.FLOAT32, ImageDecoder.strict());
                Evaluated.Images images = evaluated.images(opened.predictor().heads())) {
            System.out.printf(
                    Locale.ROOT,
                    "evaluating %s on %,d images (%s)%n",
                    opened,
                    images.dataset().size(),
                    String.join(", ", images.parts()));
            if (images.parts().equals(EvaluatedTable.ALL)) {
                warnOfTraining(model.place().resolveSibling("split.csv"));
            }
            Predictions predictions = result.predict(opened.predictor(), images.dataset(), allProbabilities);
            PredictionMetrics metrics = PredictionMetrics.of(predictions, Bootstrap.seeded(0));
            Evaluation evaluation = metrics.evaluation();
            System.out.println(evaluation.table());
            System.out.println(intervals(metrics));
            result.write(metrics);
            boolean isReported = result.writeReport(
                    "Evaluation on " + String.join(", ", images.parts()),
                    opened.toString(),
                    opened.model(),
                    predictions,
                    metrics,
                    images.sources());
            System.out.println("metrics.json, predictions.csv" + (isReported ? ", report.html" : "")
                    + " and predictions.safetensors are in " + output);
            if (labelIssues) {
                result.writeLabelIssues(predictions, images.sources());
            }
            if (evaluation.heads().stream().allMatch(head -> head.support() == 0)) {
                System.err.println("nothing was measured: no image has a label that the model knows");
                return 1;
            }
            return 0;
        }
    }

    private static String intervals(PredictionMetrics metrics) {
        Stream<String> ofHeads = metrics.headSet().names().stream().map(head -> Metric.nameOf(head, "accuracy"));
        return Stream.concat(ofHeads, Stream.of("mean_accuracy", "exact_match"))
                .map(name -> name + " " + metrics.interval(name))
                .collect(Collectors.joining(", ", "with 95 % confidence: ", ""));
    }

    /** Images that the model was trained on say little about others. */
    private static void warnOfTraining(Path split) {
        if (Files.exists(split)) {
            System.out.println("these are all rows of the table, and if the model was trained on them, it knows most of"
                    + " the answers: --split-file " + split + " evaluates on those that were held out");
        }
    }
}
