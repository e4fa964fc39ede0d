package io.github.multilabel.cli.prediction;

import ai.djl.MalformedModelException;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.ImagePredictor;
import io.github.multilabel.model.ModelAnswers;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.onnx.OnnxPredictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A predictor of a saved model's folder or of an exported file.
 *
 * @param answers what it says of images
 * @param model that was loaded; empty of an exported file
 */
public record OpenedPredictor(ImagePredictor predictor, ModelAnswers answers, Optional<MultiLabelModel> model)
        implements AutoCloseable {

    /**
     * Loads a model.
     *
     * @param place a folder that train saved, or a file that export wrote
     * @param engine who computes a file, see {@link OnnxPredictor.Builder#optEngine}; empty for the default
     */
    public static OpenedPredictor open(Path place, Optional<String> engine, Precision precision, ImageDecoder decoder)
            throws IOException, MalformedModelException {
        if (isFile(place)) {
            OnnxPredictor predictor = ofFile(place, engine, precision, decoder);
            return new OpenedPredictor(predictor, predictor.answers(), Optional.empty());
        }
        MultiLabelModel model = MultiLabelModel.load(place);
        try {
            MultiLabelPredictor predictor = MultiLabelPredictor.builder(model)
                    .optPrecision(precision)
                    .optDecoder(decoder)
                    .build();
            return new OpenedPredictor(predictor, ModelAnswers.of(model), Optional.of(model));
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** Whether a model is an exported file, even if it is not there. */
    public static boolean isFile(Path place) {
        return Files.isRegularFile(place) || place.toString().endsWith(".onnx") && !Files.isDirectory(place);
    }

    private static OnnxPredictor ofFile(Path file, Optional<String> engine, Precision precision, ImageDecoder decoder)
            throws IOException {
        OnnxPredictor.Builder builder =
                OnnxPredictor.builder(file).optPrecision(precision).optDecoder(decoder);
        engine.ifPresent(builder::optEngine);
        try {
            return builder.build();
        } catch (IllegalArgumentException | IllegalStateException e) { // an engine that is not there, or cannot do it
            throw new InvalidInputException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        predictor.close();
        model.ifPresent(MultiLabelModel::close);
    }
}
