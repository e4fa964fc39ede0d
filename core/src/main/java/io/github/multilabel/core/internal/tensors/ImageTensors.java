package io.github.multilabel.core.internal.tensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.image.Pixels;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** From images to the image array of a batch. */
public final class ImageTensors {

    private ImageTensors() {}

    /**
     * Puts images of one size into one array.
     *
     * @param manager owns the result, and on a CPU also the memory that the result is a view of: close the manager, or
     *     keep it as long as the result is used
     * @param images at least one, all of one height and width
     * @return (N, 3, H, W) uint8 in [0, 255]; in memory (N, H, W, 3), PyTorch's channels last
     * @throws IllegalArgumentException if there is none, or their sizes differ
     */
    public static NDArray stack(NDManager manager, List<Pixels> images) {
        if (images.isEmpty()) {
            throw new IllegalArgumentException("cannot stack no images; give at least one");
        }
        int height = images.get(0).height();
        int width = images.get(0).width();
        // direct: PyTorch then uses this very memory on a CPU, without a copy
        ByteBuffer bytes = ByteBuffer.allocateDirect(
                Math.multiplyExact(images.size(), images.get(0).rgb().length));
        for (Pixels image : images) {
            if (image.height() != height || image.width() != width) {
                throw new IllegalArgumentException("cannot stack images of different sizes: " + height + "x" + width
                        + " and " + image.height() + "x" + image.width()
                        + " (height x width); an augmentation must give the size that it is asked for");
            }
            bytes.put(image.rgb());
        }
        NDArray rows = manager.create(
                bytes.rewind(), new Shape(images.size(), height, width, Pixels.CHANNELS), DataType.UINT8);
        return rows.transpose(0, 3, 1, 2);
    }

    /**
     * Takes the images of an array out of it again.
     *
     * @param images (N, 3, H, W) uint8, as {@link #stack} gives it; not closed
     * @return N images that have their own memory
     */
    public static List<Pixels> unstack(NDArray images) {
        Shape shape = images.getShape();
        int height = (int) shape.get(2);
        int width = (int) shape.get(3);
        int length = height * width * Pixels.CHANNELS;
        byte[] bytes;
        try (NDArray rows = images.transpose(0, 2, 3, 1)) {
            bytes = rows.toByteArray();
        }
        return IntStream.range(0, (int) shape.get(0))
                .mapToObj(i -> new Pixels(height, width, Arrays.copyOfRange(bytes, i * length, (i + 1) * length)))
                .toList();
    }
}
