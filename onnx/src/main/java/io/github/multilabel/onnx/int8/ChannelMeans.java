package io.github.multilabel.onnx.int8;

/** The mean of each channel that a layer reads, over positions and images. */
final class ChannelMeans {

    private final double[] sums;
    private final boolean channelsFirst;
    private long positions;

    /** @param channelsFirst whether a channel's numbers lie together, as those of maps (C, H, W) do */
    ChannelMeans(int channels, boolean channelsFirst) {
        sums = new double[channels];
        this.channelsFirst = channelsFirst;
    }

    /** Adds those of an image. */
    void add(float[] values) {
        int each = values.length / sums.length;
        for (int i = 0; i < values.length; i++) {
            sums[channelsFirst ? i / each : i % sums.length] += values[i];
        }
        positions += each;
    }

    double mean(int channel) {
        return sums[channel] / positions;
    }

    int channels() {
        return sums.length;
    }
}
