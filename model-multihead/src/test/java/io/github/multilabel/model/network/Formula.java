package io.github.multilabel.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleUnaryOperator;
import java.util.zip.CRC32;

/** Weights and images by the formula of golden/backbones.py. */
public final class Formula {

    private Formula() {}

    /**
     * Gives every parameter the values of its name.
     *
     * @param low around it are the biases of one half
     * @param high around it are those of the other
     */
    public static void fill(NetworkBlock block, double low, double high) {
        for (ParameterSpec spec : block.network().parameters()) {
            Parameter parameter = block.getDirectParameters().get(spec.name());
            parameter.getArray().set(values(spec, low, high));
        }
    }

    private static float[] values(ParameterSpec spec, double low, double high) {
        Shape shape = spec.shape();
        double[] values = uniform(spec.name(), (int) shape.size());
        DoubleUnaryOperator value = value(spec.name(), shape, low, high);
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) value.applyAsDouble(values[i]);
        }
        return result;
    }

    private static DoubleUnaryOperator value(String name, Shape shape, double low, double high) {
        if (name.endsWith("bias")) {
            return uniform -> (uniform < 0 ? low : high) + 0.2 * uniform;
        }
        if (shape.dimension() == 4) {
            double scale = Math.sqrt(24.0 / (shape.size() / shape.get(0)));
            return uniform -> uniform * scale;
        }
        if (shape.dimension() == 2) {
            double scale = Math.sqrt(12.0 / shape.get(1));
            return uniform -> uniform * scale;
        }
        if (name.endsWith("running_var") || name.endsWith("weight") || name.endsWith("gamma")) {
            return uniform -> 0.5 + 0.25 * uniform;
        }
        return name.endsWith("running_mean") ? uniform -> 0.2 * uniform : DoubleUnaryOperator.identity();
    }

    /** Values in [-2, 2). */
    public static NDArray image(NDManager manager, int batch, int size) {
        return image(manager, new Shape(batch, 3, size, size));
    }

    /** Values in [-2, 2). */
    static NDArray image(NDManager manager, Shape shape) {
        double[] values = uniform("image", (int) shape.size());
        float[] pixels = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            pixels[i] = (float) (4 * values[i]);
        }
        return manager.create(pixels, shape);
    }

    private static double[] uniform(String name, int size) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        int start = (int) crc.getValue();
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            int h = i * 0x9E3779B9 + start;
            h ^= h >>> 16;
            h *= 0x85EBCA6B;
            h ^= h >>> 13;
            h *= 0xC2B2AE35;
            h ^= h >>> 16;
            values[i] = (h & 0xFFFFFFFFL) / 0x1p32 - 0.5;
        }
        return values;
    }
}
