package io.github.multilabel.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.tensors.ImageTensors;
import io.github.multilabel.core.internal.tensors.Normalizer;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.internal.InferenceProgram;
import io.github.multilabel.onnx.engine.OnnxEngine;
import io.github.multilabel.onnx.engine.OrtEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How far the answers of an exported file are from those of its model, on images of random pixels.
 *
 * @param difference the largest
 * @param largest the largest answer of the model, by which differences are judged
 */
record Agreement(double difference, double largest) {

    /** How many images are asked at once: the first alone, and others than powers of two. */
    static final List<Integer> BATCHES = List.of(1, 2, 7);

    private static final double LIMIT = 1e-4;
    private static final long SEED = 17;

    /** The difference as a fraction of the largest answer; NaN if an answer is not finite. */
    double relative() {
        return difference == 0 ? 0 : difference / largest;
    }

    /**
     * This, if the answers agree.
     *
     * @throws IOException if not
     */
    Agreement required() throws IOException {
        if (!(relative() <= LIMIT)) { // NaN too
            throw new IOException("the exported file does not answer as the model does: the largest difference"
                    + " is " + (float) relative() + " of the largest answer " + (float) largest
                    + ", allowed is " + LIMIT
                    + "; no file is kept. "
                    + (Double.isNaN(relative())
                            ? "The weights of the model are not finite, or too large: train again with a lower learning"
                                    + " rate"
                            : "Please report it with the backbone's name"));
        }
        return this;
    }

    /**
     * Asks both.
     *
     * @throws IOException if ONNX Runtime refuses the file
     */
    static Agreement of(Path file, MultiLabelModel model, OnnxDescription description) throws IOException {
        Random random = new Random(SEED);
        Agreement worst = new Agreement(0, 0);
        OnnxEngine.Settings settings =
                new OnnxEngine.Settings(Runtime.getRuntime().availableProcessors(), Precision.FLOAT32);
        try (FileProgram program = new FileProgram(
                        new OrtEngine().open(file, settings), description.input(), description.preprocessing());
                InferenceProgram expected = model.newInference(Precision.FLOAT32, description.isMirrored());
                NDManager manager = TorchEngine.newManager(model.manager().getDevice())) {
            for (int batch : BATCHES) {
                List<Pixels> images = images(random, description.preprocessing().size(), batch);
                try (NDManager call = manager.newSubManager()) {
                    NDArray image = Normalizer.normalize(ImageTensors.stack(call, images), description.preprocessing());
                    worst = worst.and(between(ofModel(expected.logits(call, image), description), program.run(images)));
                }
            }
        }
        return worst;
    }

    /** How far arrays are from those that are expected. */
    static Agreement between(float[][] expected, float[][] found) {
        double difference = 0;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            for (int k = 0; k < expected[i].length; k++) {
                difference = Math.max(difference, Math.abs(expected[i][k] - found[i][k]));
                largest = Math.max(largest, Math.abs(expected[i][k]));
            }
        }
        return new Agreement(difference, largest);
    }

    private Agreement and(Agreement other) {
        return new Agreement(Math.max(difference, other.difference), Math.max(largest, other.largest));
    }

    private static List<Pixels> images(Random random, ImageSize size, int batch) {
        return Stream.generate(() -> image(random, size)).limit(batch).toList();
    }

    /** An image of random pixels. */
    static Pixels image(Random random, ImageSize size) {
        byte[] rgb = new byte[size.height() * size.width() * Pixels.CHANNELS];
        random.nextBytes(rgb);
        return new Pixels(size.height(), size.width(), rgb);
    }

    private static float[][] ofModel(NDList logits, OnnxDescription description) {
        return IntStream.range(0, logits.size())
                .mapToObj(i -> i == description.heads().size()
                        ? logits.get(i) // the distance
                        : switch (description.output()) {
                            case LOGITS -> logits.get(i);
                            case PROBABILITIES ->
                                probabilities(description.heads().get(i), logits.get(i));
                        })
                .map(NDArray::toFloatArray)
                .toArray(float[][]::new);
    }

    private static NDArray probabilities(Head head, NDArray logits) {
        return switch (head.kind()) {
            case SINGLE_LABEL -> logits.softmax(1);
            case MULTI_LABEL -> logits.getNDArrayInternal().sigmoid();
        };
    }
}
