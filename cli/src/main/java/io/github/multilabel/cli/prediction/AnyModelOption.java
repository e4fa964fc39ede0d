package io.github.multilabel.cli.prediction;

import ai.djl.MalformedModelException;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.onnx.EnginePredictor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every program that predicts with the folder of a saved model or with an exported file. */
public final class AnyModelOption {

    @SuppressWarnings("NullAway.Init") // it is required
    @Option(
            names = "--model",
            paramLabel = "DIR|FILE",
            required = true,
            description = "A folder that train saved, such as runs/table/model, or a file that export wrote, such as"
                    + " cars.onnx.")
    private Path place;

    @Option(
            names = "--engine",
            paramLabel = "pytorch|onnxruntime|openvino|auto",
            description =
                    "Who computes; auto measures which is fastest here (default: pytorch for a folder, onnxruntime"
                            + " for a file). Others than pytorch are given a folder by way of a temporary file.")
    private Optional<String> engine = Optional.empty();

    /** Where it is. */
    public Path place() {
        return place;
    }

    /** Whether it is an exported file. */
    public boolean isFile() {
        return EnginePredictor.isFile(place);
    }

    /** Loads it, and prints what was measured; to be closed by the caller. */
    public OpenedPredictor open(Precision precision, ImageDecoder decoder) throws IOException, MalformedModelException {
        if (isFile()) {
            return new OpenedPredictor(
                    place, build(EnginePredictor.builder(place), precision, decoder), Optional.empty());
        }
        MultiLabelModel model = MultiLabelModel.load(place);
        boolean isReady = false;
        try {
            EnginePredictor predictor = build(EnginePredictor.builder(model), precision, decoder);
            isReady = true;
            return new OpenedPredictor(place, predictor, Optional.of(model));
        } finally {
            if (!isReady) {
                model.close();
            }
        }
    }

    private EnginePredictor build(EnginePredictor.Builder builder, Precision precision, ImageDecoder decoder)
            throws IOException {
        builder.optPrecision(precision).optDecoder(decoder);
        engine.ifPresent(builder::optEngine);
        try {
            EnginePredictor predictor = builder.build();
            if (!predictor.measured().isEmpty()) {
                System.err.println(predictor + " is taken; milliseconds for one image: " + predictor.measured());
            }
            return predictor;
        } catch (IllegalArgumentException | IllegalStateException e) { // an engine that is not there, or cannot do it
            throw new InvalidInputException(String.valueOf(e.getMessage()));
        }
    }
}
