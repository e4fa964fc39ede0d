package io.github.multilabel.onnx.int8;

/**
 * The weights of a layer as signed bytes, each output with a scale of its own and no zero point.
 *
 * <p>Processors without VNNI add the products of two neighbours, an unsigned and a signed byte each, in 16 bits that
 * saturate. So no two weights of an output are together larger than 128, which times 255 fits: files answer the same on
 * every processor. That costs less than one bit, and none where one weight is much larger than the others.
 */
final class LayerWeights {

    /** The largest magnitude, so that the range is symmetric. */
    private static final int LARGEST = 127;
    /** The largest sum of two magnitudes. */
    private static final int LARGEST_PAIR = 128;

    private final Layer layer;
    private final float[] exact;
    private final float[] scales;
    private final byte[] rounded;

    /**
     * Rounds weights to the nearest, to the even one of two.
     *
     * @param exact in the layer's order
     */
    LayerWeights(Layer layer, float[] exact) {
        this.layer = layer;
        this.exact = exact;
        scales = new float[layer.outputs()];
        rounded = new byte[exact.length];
        for (int output = 0; output < scales.length; output++) {
            scales[output] = scale(output);
            for (int i = 0; i < layer.fanIn(); i++) {
                int position = layer.position(output, i);
                rounded[position] = (byte) Math.rint(exact[position] / scales[output]);
            }
        }
    }

    private float scale(int output) {
        float largest = 0;
        float second = 0;
        for (int i = 0; i < layer.fanIn(); i++) {
            float magnitude = Math.abs(exact[layer.position(output, i)]);
            second = Math.max(second, Math.min(magnitude, largest));
            largest = Math.max(largest, magnitude);
        }
        float scale = Math.max(largest / LARGEST, (largest + second) / LARGEST_PAIR);
        return scale > 0 ? scale : 1; // an output that pruning left is zero
    }

    /** In the order of the weights. */
    byte[] rounded() {
        return rounded;
    }

    /** Of each output. */
    float[] scales() {
        return scales;
    }

    /**
     * By how much the mean of each output is lower with rounded weights: what has to be added to its bias. Nagel et al.
     * 2019, Data-Free Quantization Through Weight Equalization and Bias Correction, equation 17, with means of
     * calibration images. Zeros around maps are passed over.
     */
    float[] shifts(ChannelMeans means) {
        float[] shifts = new float[scales.length];
        int groups = means.channels() / layer.inputs();
        int kernel = layer.fanIn() / layer.inputs();
        for (int output = 0; output < scales.length; output++) {
            int first = output / (scales.length / groups) * layer.inputs();
            double shift = 0;
            for (int i = 0; i < layer.fanIn(); i++) {
                int position = layer.position(output, i);
                shift += (exact[position] - (double) rounded[position] * scales[output])
                        * means.mean(first + i / kernel);
            }
            shifts[output] = (float) shift;
        }
        return shifts;
    }
}
