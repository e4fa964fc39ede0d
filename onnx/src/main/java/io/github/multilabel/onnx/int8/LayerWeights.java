package io.github.multilabel.onnx.int8;

/**
 * The weights of a layer as whole numbers from -limit to limit, each output with a scale of its own: symmetric, so that
 * products need no correction by a zero point.
 */
final class LayerWeights {

    /** The largest magnitude in a signed byte, so that the range is symmetric. */
    static final int LIMIT = 127;

    private final Layer layer;
    private final float[] exact;
    private final float[] scales;
    private final byte[] rounded;

    /**
     * Rounds weights to the nearest, to the even one of two.
     *
     * @param exact in the layer's order
     * @param limit the largest magnitude, at most 127
     */
    LayerWeights(Layer layer, float[] exact, int limit) {
        this.layer = layer;
        this.exact = exact;
        scales = new float[layer.outputs()];
        rounded = new byte[exact.length];
        for (int output = 0; output < scales.length; output++) {
            float largest = 0;
            for (int i = 0; i < layer.fanIn(); i++) {
                largest = Math.max(largest, Math.abs(exact[layer.position(output, i)]));
            }
            scales[output] = largest / limit > 0 ? largest / limit : 1; // channels that pruning left are zero
            for (int i = 0; i < layer.fanIn(); i++) {
                int position = layer.position(output, i);
                rounded[position] = (byte) Math.rint(exact[position] / scales[output]);
            }
        }
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
                shift += (exact[position] - (double) rounded[position] * scales[output]) * means.mean(first + i / kernel);
            }
            shifts[output] = (float) shift;
        }
        return shifts;
    }
}
