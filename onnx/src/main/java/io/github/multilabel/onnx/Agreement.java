package io.github.multilabel.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.tensors.ImageTensors;
import io.github.multilabel.core.internal.tensors.Normalizer;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.internal.InferenceProgram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

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

    /** Asks both. */
    static Agreement of(Path file, MultiLabelModel model, OnnxDescription description) {
        Random random = new Random(SEED);
        Agreement worst = new Agreement(0, 0);
        try (OrtSession session = OnnxRuntime.open(file);
                InferenceProgram program = model.newInference(Precision.FLOAT32, description.isMirrored());
                NDManager manager = TorchEngine.newManager(model.manager().getDevice())) {
            for (int batch : BATCHES) {
                List<Pixels> images = images(random, description.preprocessing().size(), batch);
                try (NDManager call = manager.newSubManager()) {
                    NDArray image = Normalizer.normalize(ImageTensors.stack(call, images), description.preprocessing());
                    List<float[]> expected = ofModel(program.logits(call, image), description);
                    List<float[]> found = ofFile(session, input(images, image, description), description);
                    worst = worst.and(expected, found);
                }
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot run the exported file: " + e.getMessage(), e);
        }
        return worst;
    }

    private static List<Pixels> images(Random random, ImageSize size, int batch) {
        List<Pixels> images = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            byte[] rgb = new byte[size.height() * size.width() * Pixels.CHANNELS];
            random.nextBytes(rgb);
            images.add(new Pixels(size.height(), size.width(), rgb));
        }
        return images;
    }

    private static List<float[]> ofModel(NDList logits, OnnxDescription description) {
        List<float[]> answers = new ArrayList<>();
        for (int i = 0; i < logits.size(); i++) {
            NDArray answer =
                    switch (description.output()) {
                        case LOGITS -> logits.get(i);
                        case PROBABILITIES -> probabilities(description.heads().get(i), logits.get(i));
                    };
            answers.add(answer.toFloatArray());
        }
        return answers;
    }

    private static NDArray probabilities(Head head, NDArray logits) {
        return switch (head.kind()) {
            case SINGLE_LABEL -> logits.softmax(1);
            case MULTI_LABEL -> logits.getNDArrayInternal().sigmoid();
        };
    }

    private static OnnxTensor input(List<Pixels> images, NDArray image, OnnxDescription description)
            throws OrtException {
        ImageSize size = description.preprocessing().size();
        long batch = images.size();
        return switch (description.input()) {
            case FLOAT32 ->
                OnnxTensor.createTensor(OnnxRuntime.environment(), FloatBuffer.wrap(image.toFloatArray()), new long[] {
                    batch, Pixels.CHANNELS, size.height(), size.width()
                });
            case UINT8 -> {
                ByteBuffer bytes = ByteBuffer.allocateDirect(
                                images.size() * images.get(0).rgb().length)
                        .order(ByteOrder.nativeOrder());
                images.forEach(each -> bytes.put(each.rgb()));
                yield OnnxTensor.createTensor(
                        OnnxRuntime.environment(),
                        bytes.rewind(),
                        new long[] {batch, size.height(), size.width(), Pixels.CHANNELS},
                        OnnxJavaType.UINT8);
            }
        };
    }

    private static List<float[]> ofFile(OrtSession session, OnnxTensor image, OnnxDescription description)
            throws OrtException {
        try (image;
                OrtSession.Result result = session.run(Map.of(OnnxInput.NAME, image))) {
            List<float[]> answers = new ArrayList<>();
            for (String output : description.outputs()) {
                FloatBuffer values = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
                float[] answer = new float[values.remaining()];
                values.get(answer);
                answers.add(answer);
            }
            return answers;
        }
    }

    private Agreement and(List<float[]> expected, List<float[]> found) {
        double most = difference;
        double scale = largest;
        for (int i = 0; i < expected.size(); i++) {
            for (int k = 0; k < expected.get(i).length; k++) {
                most = Math.max(most, Math.abs(expected.get(i)[k] - found.get(i)[k]));
                scale = Math.max(scale, Math.abs(expected.get(i)[k]));
            }
        }
        return new Agreement(most, scale);
    }
}
