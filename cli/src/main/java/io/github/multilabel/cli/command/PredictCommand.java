package io.github.multilabel.cli.command;

import ai.djl.MalformedModelException;
import io.github.multilabel.cli.prediction.AnyModelOption;
import io.github.multilabel.cli.prediction.EmbeddedImages;
import io.github.multilabel.cli.prediction.FigureImages;
import io.github.multilabel.cli.prediction.NewFile;
import io.github.multilabel.cli.prediction.NumpyFile;
import io.github.multilabel.cli.prediction.OpenedPredictor;
import io.github.multilabel.cli.prediction.PredictedImages;
import io.github.multilabel.cli.prediction.PredictionFile;
import io.github.multilabel.cli.prediction.PredictionRun;
import io.github.multilabel.cli.program.InferenceOptions;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.StandardOutput;
import io.github.multilabel.cli.program.StopSignals;
import io.github.multilabel.cli.program.TerminalProgress;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.model.ImageEmbedder;
import io.github.multilabel.model.MultiLabelModel;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin
    private final AnyModelOption model = new AnyModelOption();

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
            names = "--embeddings",
            paramLabel = "FILE.npy",
            description = "Also writes what the backbone finds in each image, float32 of shape (images, features), in"
                    + " NumPy's format; the row of an image that could not be read is NaN. Images are read once more.")
    private Optional<Path> embeddings = Optional.empty();

    @Option(
            names = "--overwrite",
            description =
                    "Replaces --output, --figure and --embeddings when all predictions are made; without this option, a file"
                            + " that is there is refused.")
    private boolean overwrite;

    @Option(
            names = "--top-k",
            paramLabel = "N",
            description = "Writes the N most probable categories of each head, the most probable first (default: all in"
                    + " JSON, 1 in a table).")
    private Optional<Integer> top = Optional.empty();

    @Option(
            names = "--all-probabilities",
            description = "Writes the probability of each category into a table, in columns HEAD.p.CATEGORY.")
    private boolean allProbabilities;

    @Mixin
    private final InferenceOptions inference = new InferenceOptions();

    @Override
    public Integer call() throws IOException, MalformedModelException {
        OptionalInt shown = top.map(OptionalInt::of).orElse(OptionalInt.empty());
        if (shown.isPresent() && shown.getAsInt() < 1) {
            throw new InvalidInputException("--top-k " + shown.getAsInt() + ": at least 1");
        }
        Optional<PredictionFile> kind = output.map(this::kind);
        figure.ifPresent(file -> FigureImages.requireWritable(file, overwrite));
        embeddings.ifPresent(this::requireNumpy);
        requireFitOfModel();
        ImageDecoder decoder = inference.images().decoder();
        FigureImages drawn = new FigureImages(decoder);
        List<ImageSource> found = new PredictedImages(inference.images().tables())
                .of(inference.images().names());
        requireNoInput(found);
        PredictionRun run =
                new PredictionRun(found, figure.map(file -> drawn), TerminalProgress.besides(output.isEmpty()));
        try (OpenedPredictor opened = model.open(inference.precision(), decoder)) {
            if (output.isEmpty()) {
                try (Writer text = StandardOutput.writer()) {
                    run.write(
                            opened.predictor(),
                            PredictionFile.JSON_LINES.to(
                                    text, opened.predictor().answers(), shown, allProbabilities),
                            text);
                }
            } else {
                try (StopSignals signals =
                        new StopSignals("it ends after these images, and no file is written", run::stop)) {
                    write(
                            run,
                            text -> run.write(
                                    opened.predictor(),
                                    kind.orElseThrow()
                                            .to(text, opened.predictor().answers(), shown, allProbabilities),
                                    text));
                    if (run.isStopped()) {
                        return signals.exitCode();
                    }
                }
            }
            if (embeddings.isPresent()) {
                embed(opened.model().orElseThrow(), decoder, found, embeddings.get());
            }
        }
        boolean isDrawn = figure.isPresent() && drawn.write(figure.get()) > 0;
        System.err.println(run
                + output.map(file -> "; the predictions are in " + file).orElse("")
                + (isDrawn ? "; the figure is " + figure.get() : "")
                + embeddings.map(file -> "; the embeddings are in " + file).orElse("")
                + problem(run));
        return run.isComplete() ? 0 : 1;
    }

    /** Writes lines to {@code --output}. */
    @FunctionalInterface
    private interface Content {
        void writeTo(Writer text) throws IOException;
    }

    /** Leaves no file where nothing could be read, or somebody stopped it. */
    private void write(PredictionRun run, Content content) throws IOException {
        try {
            AtomicOutput.file(output.orElseThrow(), out -> {
                NewFile.require("--output", output.orElseThrow(), overwrite); // another run may have made it meanwhile
                content.writeTo(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)));
                if (run.isEmpty()) {
                    throw new IOException(run + "; " + output.orElseThrow() + " is not written" + problem(run));
                }
            });
        } catch (InterruptedIOException e) {
            if (!run.isStopped()) {
                throw e;
            }
            System.err.println(e.getMessage() + "; " + output.orElseThrow() + " is not written");
        }
    }

    private String problem(PredictionRun run) {
        if (run.isComplete()) {
            return "";
        }
        boolean isFolderUnsaid = run.isEmpty()
                && !inference.images().tables().namesImages()
                && inference.images().names().stream().anyMatch(PredictedImages::isTable);
        return "; the first: " + run.problem()
                + (isFolderUnsaid ? ". Paths in a table start from its folder; --images names another" : "")
                + PredictedImages.hint(inference.images().names())
                        .map(hint -> ". " + hint)
                        .orElse("");
    }

    private void requireNoInput(List<ImageSource> found) throws IOException {
        List<String> read = Stream.concat(
                        inference.images().names().stream(), found.stream().map(ImageSource::name))
                .toList();
        if (output.isPresent()) {
            NewFile.requireNoInput("--output", output.get(), read.stream());
        }
        if (figure.isPresent()) {
            NewFile.requireNoInput("--figure", figure.get(), read.stream());
        }
    }

    private void requireFitOfModel() {
        InvalidInputException.require(
                embeddings.isEmpty() || !model.isFile(),
                "--embeddings needs the folder of a saved model; " + model.place()
                        + " is a file, which has answers alone");
    }

    private void requireNumpy(Path file) {
        InvalidInputException.require(
                file.toString().toLowerCase(Locale.ROOT).endsWith(".npy"),
                "--embeddings " + file + ": it is in NumPy's format, so let its name end in .npy");
        NewFile.require("--embeddings", file, overwrite);
    }

    private void embed(MultiLabelModel loaded, ImageDecoder decoder, List<ImageSource> found, Path file)
            throws IOException {
        int size = loaded.block().featureCount();
        EmbeddedImages images = new EmbeddedImages(found, TerminalProgress.besides(false));
        try (ImageEmbedder embedder = ImageEmbedder.builder(loaded)
                .optPrecision(inference.precision())
                .optDecoder(decoder)
                .build()) {
            NumpyFile.write(
                    file,
                    found.size(),
                    size,
                    rows -> images.embed(embedder, result -> rows.add(EmbeddedImages.row(result, size))));
        }
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
}
