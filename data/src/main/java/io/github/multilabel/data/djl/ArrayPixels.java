package io.github.multilabel.data.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.image.Pixels;

/** From an array to pixels. */
final class ArrayPixels {

    private static final int IMAGE_AXES = 3;
    private static final float WHITE = 255;

    private ArrayPixels() {}

    /**
     * Which axis of an array is which.
     *
     * @param planes whether each channel lies by itself, as PyTorch wants it
     */
    private record Layout(int height, int width, int channels, boolean planes) {

        static Layout of(Shape shape) {
            if (shape.dimension() == 2) {
                return new Layout((int) shape.get(0), (int) shape.get(1), 1, false);
            }
            if (shape.dimension() == IMAGE_AXES && isColour(shape.get(2))) {
                return new Layout((int) shape.get(0), (int) shape.get(1), (int) shape.get(2), false);
            }
            if (shape.dimension() == IMAGE_AXES && isColour(shape.get(0))) {
                return new Layout((int) shape.get(1), (int) shape.get(2), (int) shape.get(0), true);
            }
            throw new IllegalArgumentException("its image has the shape " + shape
                    + "; accepted are (H, W, 3), (H, W, 1), (H, W), (3, H, W) and (1, H, W)");
        }

        private static boolean isColour(long channels) {
            return channels == 1 || channels == Pixels.CHANNELS;
        }

        /** Where a value of an RGB pixel stands in the array. */
        int position(int pixel, int channel) {
            int given = channels == 1 ? 0 : channel;
            return planes ? given * height * width + pixel : pixel * channels + given;
        }
    }

    /**
     * The pixels of an image.
     *
     * @param image as {@link DjlImages} says
     * @throws IllegalArgumentException if it has another shape, or values outside its range
     */
    static Pixels of(NDArray image) {
        Layout layout = Layout.of(image.getShape());
        byte[] values = image.getDataType() == DataType.UINT8
                ? image.toByteArray()
                : bytes(image, layout.planes() && image.getDataType().isFloating() ? WHITE : 1);
        byte[] rgb = new byte[layout.height() * layout.width() * Pixels.CHANNELS];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = values[layout.position(i / Pixels.CHANNELS, i % Pixels.CHANNELS)];
        }
        return new Pixels(layout.height(), layout.width(), rgb);
    }

    private static byte[] bytes(NDArray image, float factor) {
        float[] values = image.toType(DataType.FLOAT32, false).toFloatArray();
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            float value = values[i] * factor;
            if (!(value >= 0 && value <= WHITE)) {
                throw new IllegalArgumentException("its image " + image.getShape() + " has the value " + values[i]
                        + ", which is outside 0 to " + (factor == 1 ? "255" : "1")
                        + "; leave normalising to the preprocessing of the backbone");
            }
            bytes[i] = (byte) Math.round(value);
        }
        return bytes;
    }
}
