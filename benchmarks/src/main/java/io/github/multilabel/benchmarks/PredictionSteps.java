package io.github.multilabel.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.internal.InferenceProgram;
import io.github.multilabel.onnx.OnnxExport;
import io.github.multilabel.onnx.engine.OnnxEngine;
import io.github.multilabel.onnx.engine.OnnxSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;

/** The logits of a batch, by the program that predicts. */
final class PredictionSteps {

    private PredictionSteps() {}

    static Contender library(String name, Backbone backbone, SyntheticWork work, Precision precision) {
        NDManager manager = NDManager.newBaseManager();
        MultiHeadBlock block = new MultiHeadBlock(backbone.newBlock(), work.heads());
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, work.size(), work.size()));
        InferenceProgram program = block.newInference(precision);
        NDArray images = work.images(manager);
        Runnable step = () -> {
            try (NDManager results = manager.newSubManager()) {
                program.logits(results, images).forEach(NDArray::toFloatArray);
            }
        };
        return new Step(name, step, () -> {
            program.close();
            block.close();
            manager.close();
        });
    }

    /**
     * The same of an exported file.
     *
     * @param file float32 in, for images of the size of the work
     */
    static Contender exported(OnnxEngine engine, Path file, SyntheticWork work, Precision precision) {
        int threads = Runtime.getRuntime().availableProcessors();
        OnnxSession session;
        try {
            session = engine.open(file, new OnnxEngine.Settings(threads, precision));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long[] shape = {work.batch(), 3, work.size(), work.size()};
        ByteBuffer images = ByteBuffer.allocateDirect((int) new Shape(shape).size() * Float.BYTES)
                .order(ByteOrder.nativeOrder());
        try (NDManager manager = NDManager.newBaseManager()) {
            images.asFloatBuffer().put(work.images(manager).toFloatArray());
        }
        return new Step(
                engine.name() + " " + precision.name().toLowerCase(Locale.ROOT),
                () -> session.run(images, shape),
                session::close);
    }

    /** Writes the network of the work as a file of ONNX with random weights. */
    static Path export(Backbone backbone, SyntheticWork work, Path folder) throws IOException {
        Path file = folder.resolve("model.onnx");
        try (MultiLabelModel model =
                MultiLabelModel.create(backbone, work.heads(), Preprocessing.imageNet(work.size()), Device.cpu(), 1)) {
            OnnxExport.of(model).write(file);
        }
        return file;
    }
}
