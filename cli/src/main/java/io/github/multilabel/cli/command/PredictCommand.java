package io.github.multilabel.cli.command;

import ai.djl.MalformedModelException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.prediction.PredictionFailure;
import io.github.multilabel.model.prediction.PredictionResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Predicts the labels of images with a saved model. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Predicts the labels of images with a saved model, and prints one line of JSON for each, in order.",
            "The exit code is 0 only if all could be read; the line of an image that could not be read has the reason."
        })
public final class PredictCommand implements Callable<Integer> {

    /** Images of one call, so that the lines of many appear as they are ready. */
    private static final int CHUNK = 64;

    @SuppressWarnings("NullAway.Init") // it is required
    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "A folder that train saved, such as runs/table/model.")
    private Path model;

    @Option(
            names = "--precision",
            paramLabel = "float32|bfloat16|float16|auto",
            description = "The data type of convolutions (default: float32).")
    private Precision precision = Precision.FLOAT32;

    @Parameters(
            paramLabel = "IMAGE",
            arity = "1..*",
            description = "Images: JPEG, PNG, GIF, BMP, TIFF; WebP with its plug-in.")
    private List<String> images = List.of();

    @Override
    public Integer call() throws IOException, MalformedModelException {
        boolean all = true;
        Path here = Path.of("");
        try (MultiLabelModel loaded = MultiLabelModel.load(model);
                MultiLabelPredictor predictor = loaded.newPredictor(precision)) {
            for (int start = 0; start < images.size(); start += CHUNK) {
                List<ImageSource> chunk = images.subList(start, Math.min(start + CHUNK, images.size())).stream()
                        .map(image -> ImageSource.of(here, image))
                        .toList();
                for (PredictionResult result : predictor.predictAll(chunk)) {
                    System.out.println(result.toJson());
                    all &= !(result instanceof PredictionFailure);
                }
            }
        }
        return all ? 0 : 1;
    }
}
