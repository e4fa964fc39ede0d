package io.github.multilabel.cli.info;

import ai.djl.MalformedModelException;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.StartedTraining;
import io.github.multilabel.model.SavedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what is there: on the machine, in a model, in a file of weights, in the folder of a training. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says what a file or folder is: a saved model, the folder of a training, of a cross validation or of an"
                    + " evaluation, a checkpoint, or a file of weights (safetensors, or PyTorch's .pt and .pth). Without one, it says"
                    + " what this machine has: versions, the native library, processors and precisions, caches.",
            "Nothing is downloaded, and nothing is changed. The exit code is 1 if a model or checkpoint is damaged."
        },
        footer = {"  multilabel info", "  multilabel info runs/cars/model"})
public final class InfoCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "PATH", description = "The file or folder (default: this machine).")
    private Optional<Path> path = Optional.empty();

    @Option(names = "--json", description = "Prints the same as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, MalformedModelException {
        JsonObject report = path.isPresent() ? report(path.get()) : MachineReport.of();
        System.out.println(
                json
                        ? new GsonBuilder()
                                .setPrettyPrinting()
                                .disableHtmlEscaping()
                                .create()
                                .toJson(report)
                        : ReportText.of(report));
        return ModelReport.isOfDamaged(report) ? 1 : 0;
    }

    private static JsonObject report(Path path) throws IOException, MalformedModelException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        if (Files.isDirectory(path)) {
            return ofFolder(path);
        }
        String name = String.valueOf(path.getFileName());
        return switch (name) {
            case "model.json" -> ofFolder(folderOf(path));
            case "checkpoint.json", "checksums.json", "state.safetensors" -> ofFile(path);
            case StartedTraining.FILE -> RunReport.ofFile(path);
            default -> WeightsReport.of(path);
        };
    }

    private static JsonObject ofFile(Path path) throws IOException {
        return CheckpointReport.isOne(folderOf(path)) ? CheckpointReport.of(folderOf(path)) : WeightsReport.of(path);
    }

    private static JsonObject ofFolder(Path folder) throws IOException, MalformedModelException {
        if (SavedModel.isOne(folder)) {
            return ModelReport.of(folder);
        }
        if (CheckpointReport.isOne(folder)) {
            return CheckpointReport.of(folder);
        }
        if (CheckpointReport.areIn(folder)) {
            return CheckpointReport.ofAll(folder);
        }
        if (RunReport.isOfEvaluation(folder)) {
            return RunReport.ofEvaluation(folder);
        }
        if (RunReport.isOne(folder)) {
            return RunReport.of(folder);
        }
        if (FoldsReport.isOne(folder)) {
            return FoldsReport.of(folder);
        }
        throw new InvalidInputException(
                "'" + folder + "' is neither a saved model (it has no model.json) nor the folder"
                        + " of a training (it has no run.json, metrics.json or checkpoints) nor of a cross validation"
                        + " or an evaluation, nor a checkpoint; name one of these, or a file of weights");
    }

    private static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }
}
