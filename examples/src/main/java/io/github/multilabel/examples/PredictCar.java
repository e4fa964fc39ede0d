package io.github.multilabel.examples;

import ai.djl.MalformedModelException;
import io.github.multilabel.cli.program.Launcher;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.prediction.PredictionFailure;
import io.github.multilabel.model.prediction.PredictionResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Predicts the labels of photos with a saved model. */
@Command(
        name = "PredictCar",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Predicts the labels of photos with a saved model, and prints one line of JSON for each, in order.",
            "The exit code is 0 only if all could be read; the line of a photo that could not be read has the reason."
        })
public final class PredictCar implements Callable<Integer> {

    /** Photos of one call, so that the lines of many appear as they are ready. */
    private static final int CHUNK = 64;

    @SuppressWarnings("NullAway.Init") // it is required
    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "A folder that TrainStanfordCars or TrainFromTable saved.")
    private Path model;

    @Option(
            names = "--precision",
            paramLabel = "float32|bfloat16|float16|auto",
            description = "The data type of convolutions (default: float32).")
    private Precision precision = Precision.FLOAT32;

    @Parameters(
            paramLabel = "IMAGE",
            arity = "1..*",
            description = "Photos: JPEG, PNG, GIF, BMP, TIFF; WebP with its plug-in.")
    private List<String> images = List.of();

    /** Runs the program. */
    public static void main(String[] arguments) {
        Launcher.run(new PredictCar(), arguments);
    }

    @Override
    public Integer call() throws IOException, MalformedModelException {
        return run(new PrintStream(System.out, true, StandardCharsets.UTF_8)) ? 0 : 1;
    }

    /** Prints a line for each image; whether all could be read. */
    boolean run(PrintStream out) throws IOException, MalformedModelException {
        boolean all = true;
        Path here = Path.of("");
        try (MultiLabelModel loaded = MultiLabelModel.load(model);
                MultiLabelPredictor predictor = loaded.newPredictor(precision)) {
            for (int start = 0; start < images.size(); start += CHUNK) {
                List<ImageSource> chunk = images.subList(start, Math.min(start + CHUNK, images.size())).stream()
                        .map(image -> ImageSource.of(here, image))
                        .toList();
                for (PredictionResult result : predictor.predictAll(chunk)) {
                    out.println(result.toJson());
                    all &= !(result instanceof PredictionFailure);
                }
            }
        }
        return all;
    }
}
