package io.github.multilabel.cli.command;

import ai.djl.MalformedModelException;
import io.github.multilabel.cli.prediction.FigureImages;
import io.github.multilabel.cli.prediction.NewFile;
import io.github.multilabel.cli.prediction.PredictedImages;
import io.github.multilabel.cli.prediction.PredictionFile;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.StandardOutput;
import io.github.multilabel.cli.program.TerminalProgress;
import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.prediction.PredictionFailure;
import io.github.multilabel.model.prediction.PredictionResult;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
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
            "Predicts the labels of images with a saved model.",
            "It prints a line of JSON for each image, in order, or writes them or a table into a file.",
            "The exit code is 0 only if all could be read; the line of an image that could not be read has the reason."
        },
        footer = "  multilabel predict --model runs/cars/model photos --output predictions.csv")
public final class PredictCommand implements Callable<Integer> {

    /** Images of one call, so that the lines of many appear as they are ready, and memory stays as it is. */
    private static final int CHUNK = 64;

    @SuppressWarnings("NullAway.Init") // it is required
    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "A folder that train saved, such as runs/table/model.")
    private Path model;

    @Parameters(
            paramLabel = "IMAGE|DIR|TABLE",
            arity = "1..*",
            description = "Image files (JPEG, PNG, GIF, BMP, TIFF; WebP with its plug-in), folders, of which all images"
                    + " below them are taken, and tables (.csv, .tsv, .txt) with a header and a column of images.")
    private List<String> names = List.of();

    @Option(
            names = "--image-column",
            paramLabel = "COLUMN",
            description = "The column with the images in tables (default: the one whose values look like image files).")
    private Optional<String> imageColumn = Optional.empty();

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "The folder from which the paths in tables start (default: the folder of the table).")
    private Optional<Path> images = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Writes the predictions to a file in place of standard output: to a table if its name ends in"
                    + " .csv, to lines of JSON if in .jsonl.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--figure",
            paramLabel = "FILE",
            description =
                    "Also draws the first " + FigureImages.MOST + " images with their predictions as bars, a PNG.")
    private Optional<Path> figure = Optional.empty();

    @Option(
            names = "--overwrite",
            description = "Replaces --output and --figure when all predictions are made; without this option, a file"
                    + " that is there is refused.")
    private boolean overwrite;

    @Option(
            names = "--top-k",
            paramLabel = "N",
            description = "Writes the N most probable categories of each head, the most probable first (default: all in"
                    + " JSON, 1 in a table).")
    private Optional<Integer> top = Optional.empty();

    @Option(
            names = "--precision",
            paramLabel = "float32|bfloat16|float16|auto",
            description = "The data type of convolutions (default: float32).")
    private Precision precision = Precision.FLOAT32;

    private final FigureImages drawn = new FigureImages();

    @Override
    public Integer call() throws IOException, MalformedModelException {
        OptionalInt shown = top.map(OptionalInt::of).orElse(OptionalInt.empty());
        if (shown.isPresent() && shown.getAsInt() < 1) {
            throw new InvalidInputException("--top-k " + shown.getAsInt() + ": at least 1");
        }
        Optional<PredictionFile> kind = output.map(this::kind);
        figure.ifPresent(file -> FigureImages.requireWritable(file, overwrite));
        List<ImageSource> found = new PredictedImages(images, imageColumn).of(names);
        int failed;
        try (MultiLabelModel loaded = MultiLabelModel.load(model);
                MultiLabelPredictor predictor = loaded.newPredictor(precision)) {
            if (output.isEmpty()) {
                try (Writer text = StandardOutput.writer()) {
                    failed = predict(predictor, found, PredictionFile.JSON_LINES.to(text, loaded.heads(), shown), text);
                }
            } else {
                int[] failures = new int[1];
                AtomicOutput.file(output.get(), out -> {
                    Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                    failures[0] = predict(predictor, found, kind.orElseThrow().to(text, loaded.heads(), shown), text);
                });
                failed = failures[0];
            }
        }
        boolean isDrawn = figure.isPresent() && drawn.write(figure.get()) > 0;
        System.err.printf(
                Locale.ROOT,
                "%,d %s: %,d predicted, %,d could not be read%s%n",
                found.size(),
                found.size() == 1 ? "image" : "images",
                found.size() - failed,
                failed,
                output.map(file -> "; the predictions are in " + file).orElse("")
                        + (isDrawn ? "; the figure is " + figure.get() : ""));
        return failed == 0 ? 0 : 1;
    }

    /** What is written, after a look whether it can be. */
    private PredictionFile kind(Path file) {
        PredictionFile kind = PredictionFile.of(file)
                .orElseThrow(() -> new InvalidInputException("--output " + file
                        + ": its name says what is written: let it end in .csv for a table, or in .jsonl for lines of"
                        + " JSON"));
        NewFile.require("--output", file, overwrite);
        return kind;
    }

    /** Returns how many images could not be read. */
    private int predict(MultiLabelPredictor predictor, List<ImageSource> found, PredictionFile.Lines lines, Writer text)
            throws IOException {
        ProgressListener progress = TerminalProgress.besides(output.isEmpty());
        int failed = 0;
        for (int start = 0; start < found.size(); start += CHUNK) {
            int end = Math.min(start + CHUNK, found.size());
            List<ImageSource> chunk = found.subList(start, end);
            List<PredictionResult> results = predictor.predictAll(chunk);
            for (int i = 0; i < results.size(); i++) {
                lines.add(results.get(i));
                failed += results.get(i) instanceof PredictionFailure ? 1 : 0;
                if (figure.isPresent()) {
                    drawn.add(chunk.get(i), results.get(i));
                }
            }
            text.flush();
            progress.onProgress("predicting images", end, found.size());
        }
        return failed;
    }
}
