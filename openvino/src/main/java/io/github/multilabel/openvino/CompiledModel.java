package io.github.multilabel.openvino;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A compiled model with as many requests as calls have run at once: a request is for one thread at a time. */
final class CompiledModel implements AutoCloseable {

    private final OpenVinoLibrary library;
    private final OpenVino functions;
    private final Pointer compiled;
    private final int outputs;
    private final Queue<Request> idle = new ConcurrentLinkedQueue<>();

    /** Takes what OpenVINO compiled. */
    CompiledModel(OpenVinoLibrary library, Pointer compiled) {
        this.library = library;
        this.functions = library.functions();
        this.compiled = compiled;
        long[] size = new long[1];
        library.require("count outputs", functions.ov_compiled_model_outputs_size(compiled, size));
        outputs = (int) size[0];
    }

    float[][] run(ByteBuffer images, long... shape) {
        Request request = idle.poll();
        if (request == null) {
            request = new Request();
        }
        boolean done = false;
        try {
            float[][] results = request.run(images, shape);
            done = true;
            return results;
        } finally {
            if (done) {
                idle.add(request);
            } else {
                request.close(); // what state it is in is not known
            }
        }
    }

    @Override
    public void close() {
        idle.forEach(Request::close);
        idle.clear();
        functions.ov_compiled_model_free(compiled);
    }

    /** A request of OpenVINO with its input. */
    private final class Request {

        private final Pointer request = library.pointer(
                "create a request", to -> functions.ov_compiled_model_create_infer_request(compiled, to));
        private final Pointer input = library.pointer(
                "find the input", to -> functions.ov_infer_request_get_input_tensor_by_index(request, 0, to));
        private long[] shapeNow = {};

        float[][] run(ByteBuffer images, long... shape) {
            if (!Arrays.equals(shape, shapeNow)) {
                setShape(shape);
            }
            long bytes = byteSize(input);
            if (bytes != images.remaining()) {
                throw new IllegalStateException("the file asks for " + bytes + " bytes of images of the shape "
                        + Arrays.toString(shape) + ", got " + images.remaining());
            }
            data(input).getByteBuffer(0, bytes).put(images.duplicate());
            library.require("compute", functions.ov_infer_request_infer(request));
            float[][] results = new float[outputs][];
            for (int i = 0; i < outputs; i++) {
                results[i] = output(i);
            }
            return results;
        }

        private void setShape(long... shape) {
            try (Memory dims = new Memory((long) shape.length * Long.BYTES)) {
                dims.write(0, shape, 0, shape.length);
                OpenVino.ShapeValue value = new OpenVino.ShapeValue();
                value.rank = shape.length;
                value.dims = dims;
                library.require(
                        "take images of the shape " + Arrays.toString(shape),
                        functions.ov_tensor_set_shape(input, value));
            }
            shapeNow = shape.clone();
        }

        private float[] output(long index) {
            Pointer tensor = library.pointer(
                    "find output " + index,
                    to -> functions.ov_infer_request_get_output_tensor_by_index(request, index, to));
            try {
                return data(tensor).getFloatArray(0, (int) (byteSize(tensor) / Float.BYTES));
            } finally {
                functions.ov_tensor_free(tensor);
            }
        }

        private Pointer data(Pointer tensor) {
            return library.pointer("reach a tensor", to -> functions.ov_tensor_data(tensor, to));
        }

        private long byteSize(Pointer tensor) {
            long[] size = new long[1];
            library.require("measure a tensor", functions.ov_tensor_get_byte_size(tensor, size));
            return size[0];
        }

        void close() {
            functions.ov_tensor_free(input);
            functions.ov_infer_request_free(request);
        }
    }
}
