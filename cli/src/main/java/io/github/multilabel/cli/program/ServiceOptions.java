package io.github.multilabel.cli.program;

import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.serving.PredictionService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a program that serves models: which, and how they answer. */
@Section("Models")
public final class ServiceOptions {

    @SuppressWarnings("NullAway.Init") // it is required
    @Option(
            names = "--model",
            paramLabel = "[NAME=]DIR|FILE",
            required = true,
            description =
                    "A folder that train saved, or a file that export wrote, perhaps with the name under which it is"
                            + " served (default: that of the folder or file; of a folder 'model' that of the one above). Can be"
                            + " given several times; the first answers where a request names none.")
    private List<String> models;

    @Option(
            names = "--engine",
            paramLabel = "pytorch|onnxruntime|openvino|auto",
            description = "Who computes (default: pytorch for folders, onnxruntime for files); auto measures which is"
                    + " fastest here.")
    private Optional<String> engine = Optional.empty();

    @Option(
            names = "--precision",
            paramLabel = "float32|bfloat16|float16|auto",
            description = "The data type of convolutions (default: float32).")
    private Precision precision = Precision.FLOAT32;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description =
                    "Images of all requests that are computed at once (default: ${DEFAULT-VALUE}; 1 for no batches).")
    private int batchSize = 16;

    @Option(
            names = "--longest-wait",
            paramLabel = "MS",
            description = "Milliseconds that an image waits for others where the model is free (default:"
                    + " ${DEFAULT-VALUE}).")
    private int longestWait = 2;

    @Option(
            names = "--queue-size",
            paramLabel = "N",
            description = "Images that wait for each model; more are refused with 503 (default: ${DEFAULT-VALUE}).")
    private int queueSize = 256;

    @Option(
            names = "--pixel-limit",
            paramLabel = "N",
            description = "An image whose header declares more pixels is refused (default: ${DEFAULT-VALUE}; each image"
                    + " that is decoded takes up to 6 bytes of heap per pixel).")
    private long pixelLimit = 50_000_000;

    @Option(
            names = "--reload",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "How often to look whether a model was replaced (default: 10s).")
    private Duration reload = Duration.ofSeconds(10);

    /** A builder with these models and settings. */
    public PredictionService.Builder service() {
        PredictionService.Builder builder = PredictionService.builder()
                .optPrecision(precision)
                .optBatchSize(batchSize)
                .optLongestWait(Duration.ofMillis(longestWait))
                .optQueueSize(queueSize)
                .optPixelLimit(pixelLimit)
                .optReload(reload);
        engine.ifPresent(builder::optEngine);
        named().forEach((name, place) -> InvalidInputException.check(() -> builder.addModel(name, place)));
        return builder;
    }

    /** Each model by its name. */
    private Map<String, Path> named() {
        Map<String, Path> named = new LinkedHashMap<>();
        for (String given : models) {
            int end = given.indexOf('=');
            Path place = PathName.of("--model", given.substring(end + 1));
            String name = end < 0 ? nameOf(place.toAbsolutePath().normalize()) : given.substring(0, end);
            InvalidInputException.require(
                    named.putIfAbsent(name, place) == null,
                    "--model " + given + ": another is named '" + name + "'; give each a name, such as --model cars="
                            + place);
        }
        return named;
    }

    private static String nameOf(Path place) {
        String name = fileName(place);
        Path above = place.getParent();
        String given = name.equals("model") && above != null ? fileName(above) : name.replaceFirst("\\.onnx$", "");
        return given.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    }

    private static String fileName(Path place) {
        Path name = place.getFileName();
        return name == null ? "model" : name.toString();
    }
}
