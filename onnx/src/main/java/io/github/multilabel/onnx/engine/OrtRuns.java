package io.github.multilabel.onnx.engine;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** A session of ONNX Runtime, which any number of threads may run. */
final class OrtRuns implements OnnxSession {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;
    private final OnnxJavaType type;

    /** @throws IOException if ONNX Runtime refuses the file */
    static OrtRuns open(Path file, int threads) throws IOException {
        OrtEnvironment environment = OnnxRuntime.environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setMemoryPatternOptimization(false); // sizes of batches vary
            return new OrtRuns(environment, environment.createSession(file.toString(), options));
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Takes the session. */
    private OrtRuns(OrtEnvironment environment, OrtSession session) throws OrtException {
        this.environment = environment;
        this.session = session;
        NodeInfo only = session.getInputInfo().values().iterator().next();
        input = only.getName();
        type = ((TensorInfo) only.getInfo()).type;
    }

    @Override
    public float[][] run(ByteBuffer images, long... shape) {
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, images, shape, type);
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            float[][] outputs = new float[result.size()][];
            for (int i = 0; i < outputs.length; i++) {
                FloatBuffer values = ((OnnxTensor) result.get(i)).getFloatBuffer();
                outputs[i] = new float[values.remaining()];
                values.get(outputs[i]);
            }
            return outputs;
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not compute: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not free a session: " + e.getMessage(), e);
        }
    }
}
