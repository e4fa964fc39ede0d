package io.github.multilabel.cli.prediction;

import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.onnx.EnginePredictor;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A predictor of a saved model's folder or of an exported file.
 *
 * @param place the folder or file
 * @param model that was loaded; empty of an exported file
 */
public record OpenedPredictor(Path place, EnginePredictor predictor, Optional<MultiLabelModel> model)
        implements AutoCloseable {

    /** Says what it is, and who computes. */
    @Override
    public String toString() {
        return model.map(MultiLabelModel::toString).orElseGet(place::toString) + " by " + predictor;
    }

    @Override
    public void close() {
        predictor.close();
        model.ifPresent(MultiLabelModel::close);
    }
}
