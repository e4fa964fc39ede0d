package io.github.multilabel.model.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.core.torch.internal.TorchScript;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.internal.InferenceProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** How far the answers of an exported file are from those of its model, on random images. */
final class Agreement {

    /** How many images are asked at once: the first alone, and others than powers of two. */
    private static final List<Integer> BATCHES = List.of(1, 2, 7);

    private static final double LIMIT = 1e-4;
    private static final long SEED = 17;

    private double difference;
    private double largest;

    private Agreement() {}

    /**
     * Asks both.
     *
     * @return the largest difference, as a fraction of the largest answer
     * @throws IllegalStateException if that is above 1e-4, or an answer is not finite
     * @throws IOException if the file is none that PyTorch loads
     */
    static double require(Path file, MultiLabelModel model, ExportOutput output) throws IOException {
        Agreement agreement = new Agreement();
        Random random = new Random(SEED);
        try (NDManager manager = TorchEngine.newManager(model.manager().getDevice());
                TorchScript script = TorchScript.load(manager, file);
                InferenceProgram program = model.newInference(Precision.FLOAT32, model.isTestTimeFlip())) {
            for (int batch : BATCHES) {
                try (NDManager call = manager.newSubManager()) {
                    NDArray image = image(call, random, model.preprocessing().size(), batch);
                    NDList expected = program.logits(call, image);
                    NDList found = script.forward(call, image);
                    for (int i = 0; i < model.heads().size(); i++) { // without the distance
                        agreement.add(
                                answers(output, model.heads().get(i), expected.get(i))
                                        .toFloatArray(),
                                found.get(i).toFloatArray());
                    }
                }
            }
        }
        double relative = agreement.difference == 0 ? 0 : agreement.difference / agreement.largest;
        if (!(relative <= LIMIT)) { // NaN too
            throw new IllegalStateException(
                    "the exported file does not answer as the model does: the largest difference is " + (float) relative
                            + " of the largest answer " + (float) agreement.largest + ", allowed is " + LIMIT
                            + "; no file is kept. "
                            + (Double.isNaN(relative)
                                    ? "The weights of the model are not finite, or too large: train again with a lower"
                                            + " learning rate"
                                    : "Please report it with the name of the backbone, '" + model.backboneName()
                                            + "'"));
        }
        return relative;
    }

    private static NDArray image(NDManager manager, Random random, ImageSize size, int batch) {
        float[] values = new float[batch * Pixels.CHANNELS * size.height() * size.width()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, new Shape(batch, Pixels.CHANNELS, size.height(), size.width()));
    }

    private static NDArray answers(ExportOutput output, Head head, NDArray logits) {
        return switch (output) {
            case LOGITS -> logits;
            case PROBABILITIES ->
                switch (head.kind()) {
                    case SINGLE_LABEL -> logits.softmax(1);
                    case MULTI_LABEL -> logits.getNDArrayInternal().sigmoid();
                };
        };
    }

    private void add(float[] expected, float[] found) {
        for (int k = 0; k < expected.length; k++) {
            difference = Math.max(difference, Math.abs(expected[k] - found[k]));
            largest = Math.max(largest, Math.abs(expected[k]));
        }
    }
}
