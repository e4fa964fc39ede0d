package io.github.multilabel.onnx;

import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Writes pixels into native memory as an exported file takes them. The buffers are used again, as many as there are
 * calls at once. Threads may share it.
 */
final class ImageBuffers {

    private static final int LEVELS = 256;
    private static final float WHITE = 255;

    private final OnnxInput input;
    private final ImageSize size;
    /** What each level of each channel becomes where the file takes normalised images. */
    private final float[][] normalised;

    private final Queue<ByteBuffer> idle = new ConcurrentLinkedQueue<>();

    ImageBuffers(OnnxInput input, Preprocessing preprocessing) {
        this.input = input;
        this.size = preprocessing.size();
        normalised = new float[Pixels.CHANNELS][LEVELS];
        for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
            float mean = (float) (preprocessing.mean().get(channel) * WHITE);
            float std = (float) (preprocessing.std().get(channel) * WHITE);
            for (int level = 0; level < LEVELS; level++) {
                normalised[channel][level] = (level - mean) / std;
            }
        }
    }

    /** The shape of so many images. */
    long[] shape(int images) {
        return switch (input) {
            case FLOAT32 -> new long[] {images, Pixels.CHANNELS, size.height(), size.width()};
            case UINT8 -> new long[] {images, size.height(), size.width(), Pixels.CHANNELS};
        };
    }

    /** A direct buffer with the images, from its start to its limit; to be given back. */
    ByteBuffer take(List<Pixels> pixels) {
        int values = pixels.size() * size.height() * size.width() * Pixels.CHANNELS;
        ByteBuffer buffer = empty(
                switch (input) {
                    case FLOAT32 -> Math.multiplyExact(values, Float.BYTES);
                    case UINT8 -> values;
                });
        switch (input) {
            case FLOAT32 -> pixels.forEach(image -> putNormalised(buffer, image));
            case UINT8 -> pixels.forEach(image -> buffer.put(image.rgb()));
        }
        return buffer.flip();
    }

    void giveBack(ByteBuffer buffer) {
        idle.add(buffer);
    }

    private ByteBuffer empty(int bytes) {
        ByteBuffer buffer = idle.poll();
        return buffer == null || buffer.capacity() < bytes // the larger one takes its place
                ? ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder())
                : buffer.clear().limit(bytes);
    }

    private void putNormalised(ByteBuffer buffer, Pixels image) {
        byte[] rgb = image.rgb();
        for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
            float[] levels = normalised[channel];
            for (int i = channel; i < rgb.length; i += Pixels.CHANNELS) {
                buffer.putFloat(levels[rgb[i] & 0xff]);
            }
        }
    }
}
