package io.github.multilabel.openvino;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.github.multilabel.onnx.engine.OnnxSession;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model that is compiled for the sizes of batches that come: a size of its own computes faster than any size. The
 * first two sizes get one, which are one image and a full batch where images are predicted so; all others share one.
 */
final class OpenVinoSession implements OnnxSession {

    private static final int MOST_SIZES = 2;
    private static final long ANY = -1;

    private final OpenVinoLibrary library;
    private final Pointer model;
    private final Object[] options;
    private final Map<Long, CompiledModel> ofSize = new HashMap<>();
    private @Nullable CompiledModel ofAnySize;

    /**
     * Takes the model.
     *
     * @param options names and values, one after another
     */
    OpenVinoSession(OpenVinoLibrary library, Pointer model, Object... options) {
        this.library = library;
        this.model = model;
        this.options = options.clone();
    }

    @Override
    public float[][] run(ByteBuffer images, long... shape) {
        return compiledFor(shape).run(images, shape);
    }

    private synchronized CompiledModel compiledFor(long... shape) {
        CompiledModel known = ofSize.get(shape[0]);
        if (known != null) {
            return known;
        }
        if (ofSize.size() < MOST_SIZES) {
            CompiledModel compiled = compile(shape);
            ofSize.put(shape[0], compiled);
            return compiled;
        }
        CompiledModel any = ofAnySize;
        if (any == null) {
            long[] shapeOfAny = shape.clone();
            shapeOfAny[0] = ANY;
            any = compile(shapeOfAny);
            ofAnySize = any;
        }
        return any;
    }

    private CompiledModel compile(long... shape) {
        OpenVino functions = library.functions();
        try (Memory dims = new Memory(2L * shape.length * Long.BYTES)) {
            for (int i = 0; i < shape.length; i++) {
                dims.setLong(2L * i * Long.BYTES, shape[i]);
                dims.setLong((2L * i + 1) * Long.BYTES, shape[i]);
            }
            OpenVino.PartialShapeValue value = new OpenVino.PartialShapeValue();
            value.leastRank = shape.length;
            value.largestRank = shape.length;
            value.dims = dims;
            library.require("set the shape of images", functions.ov_model_reshape_single_input(model, value));
        }
        return new CompiledModel(
                library,
                library.pointer(
                        "prepare the model",
                        to -> functions.ov_core_compile_model(
                                library.core(), model, OpenVinoEngine.DEVICE, options.length, to, options)));
    }

    @Override
    public synchronized void close() {
        ofSize.values().forEach(CompiledModel::close);
        if (ofAnySize != null) {
            ofAnySize.close();
        }
        library.functions().ov_model_free(model);
    }
}
