package io.github.multilabel.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Weights and images by the formula of golden/resnets.py. */
public final class Formula {

    private Formula() {}

    /** Gives every parameter the values of its name. */
    public static void fill(Iterable<ParameterSpec> specs, NetworkBlock block) {
        for (ParameterSpec spec : specs) {
            Parameter parameter = block.getDirectParameters().get(spec.name());
            parameter.getArray().set(values(spec));
        }
    }

    private static float[] values(ParameterSpec spec) {
        Shape shape = spec.shape();
        double[] values = uniform(spec.name(), (int) shape.size());
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            if (shape.dimension() == 4) {
                result[i] = (float) (values[i] * Math.sqrt(24.0 / (shape.get(0) * shape.get(2) * shape.get(3))));
            } else if (spec.name().endsWith("running_var") || spec.name().endsWith("weight")) {
                result[i] = (float) (0.5 + 0.25 * values[i]);
            } else if (spec.name().endsWith("bias")) {
                result[i] = (float) (2 * Math.signum(values[i]) + 0.2 * values[i]);
            } else {
                result[i] = (float) (0.2 * values[i]);
            }
        }
        return result;
    }

    /** Values in [-2, 2). */
    public static NDArray image(NDManager manager, int batch, int size) {
        double[] values = uniform("image", batch * 3 * size * size);
        float[] pixels = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            pixels[i] = (float) (4 * values[i]);
        }
        return manager.create(pixels, new Shape(batch, 3, size, size));
    }

    private static double[] uniform(String name, int size) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            int h = i * 0x9E3779B9 + (int) crc.getValue();
            h ^= h >>> 16;
            h *= 0x85EBCA6B;
            h ^= h >>> 13;
            h *= 0xC2B2AE35;
            h ^= h >>> 16;
            values[i] = Integer.toUnsignedLong(h) / 0x1p32 - 0.5;
        }
        return values;
    }
}
