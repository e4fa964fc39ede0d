package io.github.multilabel.onnx.engine;

import java.nio.ByteBuffer;

/** A file that an engine has prepared. Any number of threads may run it at once; close it when none does. */
public interface OnnxSession extends AutoCloseable {

    /**
     * Computes the outputs for a batch of images.
     *
     * @param images direct, in the native order of bytes, from its position to its limit: the values of the file's only
     *     input
     * @param shape of the images as the file asks for them, the number of images first
     * @return one array for each output of the file, in its order, with a row for every image, row after row
     * @throws IllegalStateException if the engine fails; the message has its reason
     */
    float[][] run(ByteBuffer images, long... shape);

    /** Frees the native memory. */
    @Override
    void close();
}
