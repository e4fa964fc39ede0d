package io.github.multilabel.cli.command;

import ai.djl.MalformedModelException;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.ReportOutput;
import io.github.multilabel.cli.program.RunHistory;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.report.EvaluationReport;
import io.github.multilabel.evaluation.report.Thumbnails;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.SavedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the report of a training or an evaluation anew. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes the report of a training or an evaluation anew.",
            "It is one HTML file with all figures, from the predictions.safetensors that train and evaluate leave in"
                    + " their folder: nothing is predicted again. Images are shown whose files are still there; with a"
                    + " model, also where it looks."
        },
        footer = "  multilabel report runs/table --title \"Cars, second try\"")
public final class ReportCommand implements Callable<Integer> {

    private static final String PREDICTIONS = "predictions.safetensors";

    @SuppressWarnings("NullAway.Init") // it is required
    @Parameters(paramLabel = "DIR", description = "The folder of a training, a cross validation or an evaluation.")
    private Path folder;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The HTML file, which is replaced if it is there (default: report.html in DIR).")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--title", paramLabel = "TEXT", description = "What stands above it (default: the name of DIR).")
    private Optional<String> title = Optional.empty();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "The model that shows where it looks (default: model in DIR if it is there).")
    private Optional<Path> model = Optional.empty();

    @Override
    public Integer call() throws IOException, MalformedModelException {
        Path file = folder.resolve(PREDICTIONS);
        InvalidInputException.require(
                Files.exists(file),
                "'" + folder + "' has no " + PREDICTIONS + ": name the folder of a training that came to its end, or"
                        + " of an evaluation; earlier releases left none, there evaluate makes one");
        Path page = output.orElse(folder.resolve(ReportOutput.FILE));
        EvaluationReport.Builder report = EvaluationReport.builder()
                .optTitle(title.orElse(
                        String.valueOf(folder.toAbsolutePath().normalize().getFileName())));
        Predictions predictions = Predictions.read(file);
        RunHistory.of(folder, predictions.heads()).forEach(report::addCurve);
        RunSettings.add(report, folder);
        Optional<Path> saved =
                model.or(() -> Optional.of(folder.resolve("model")).filter(SavedModel::isOne));
        if (saved.isEmpty()) {
            ReportOutput.write(page, report, predictions, Thumbnails::file, Optional.empty());
        } else {
            try (MultiLabelModel loaded = MultiLabelModel.load(saved.get())) {
                InvalidInputException.require(
                        loaded.heads().equals(predictions.heads()),
                        "the model in " + saved.get() + " has the heads "
                                + loaded.heads().names()
                                + ", the predictions are of "
                                + predictions.heads().names()
                                + ", or their categories differ; name the model that gave them by --model");
                report.addEnvironment("model", loaded.toString());
                ReportOutput.write(page, report, predictions, Thumbnails::file, Optional.of(loaded));
            }
        }
        System.out.println("the report of " + predictions + " is " + page);
        return 0;
    }
}
