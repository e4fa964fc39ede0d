package io.github.multilabel.model.export;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.stream.LongStream;

/** An array as an archive of PyTorch has it: its values in one entry, the rest in the pickle that refers to it. */
record ScriptArray(NDArray array, int key) {

    private static final int MAP_AXES = 4;

    /** Adds the call that makes the array of its values. */
    void pickle(PickleOutput pickle) {
        pickle.global("torch._utils", "_rebuild_tensor_v2").operations("((").text("storage");
        pickle.global("torch", storage())
                .text(Integer.toString(key))
                .text("cpu")
                .number(size());
        pickle.operations("tQ").number(0).numbers(array.getShape().getShape()).numbers(strides());
        pickle.truth(false).global("collections", "OrderedDict").operations(")RtR");
    }

    private String storage() {
        DataType type = array.getDataType();
        return switch (type) {
            case FLOAT32 -> "FloatStorage";
            case INT64 -> "LongStorage";
            case BOOLEAN -> "BoolStorage";
            default -> throw new IllegalStateException("no array of a program is of type " + type);
        };
    }

    private long size() {
        return array.getShape().size();
    }

    /**
     * Weights of convolutions are kept channels last, as the program wants its maps: nothing is reordered in a call.
     */
    private boolean isChannelsLast() {
        return array.getShape().dimension() == MAP_AXES;
    }

    private long[] strides() {
        Shape shape = array.getShape();
        if (isChannelsLast()) {
            long channels = shape.get(1);
            long width = shape.get(3);
            return new long[] {shape.get(2) * width * channels, 1, width * channels, channels};
        }
        return LongStream.range(0, shape.dimension())
                .map(axis -> shape.slice((int) axis + 1).size())
                .toArray();
    }

    /** The values, in the order of the strides. */
    ByteBuffer values() {
        // handles of their own, so that copies do not stay with the array's manager
        try (NDArray values = array.toDevice(Device.cpu(), true)) {
            if (!isChannelsLast()) {
                return values.toByteBuffer();
            }
            try (NDArray channelsLast = values.transpose(0, 2, 3, 1)) {
                return channelsLast.toByteBuffer();
            }
        }
    }
}
