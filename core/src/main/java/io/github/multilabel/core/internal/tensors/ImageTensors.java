package io.github.multilabel.core.internal.tensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.image.Pixels;
import java.nio.ByteBuffer;
import java.util.List;

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
}
