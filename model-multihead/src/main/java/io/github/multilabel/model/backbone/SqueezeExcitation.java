package io.github.multilabel.model.backbone;

import io.github.multilabel.model.network.NetworkBuilder;

/**
 * Squeeze and excitation (Hu et al. 2017, https://arxiv.org/abs/1709.01507): the mean of each map decides, through two
 * small layers, by how much all maps are scaled.
 *
 * @param reduce the name of the first layer
 * @param activation after it
 * @param expand the name of the second layer
 * @param gate after it, between 0 and 1
 */
record SqueezeExcitation(String reduce, Activation activation, String expand, Activation gate) {

    /** A function of each value, described under a name. */
    interface Activation {
        NetworkBuilder describe(NetworkBuilder net, String name);
    }

    /**
     * @param name of the block, which the names of all its layers begin with
     * @param channels of its input and result
     * @param squeezed channels between the two layers
     */
    void describe(NetworkBuilder net, String name, int channels, int squeezed) {
        String maps = net.last();
        net.squeeze(name + ".pool").conv(name + "." + reduce, squeezed, 1, 1, 0, 1, true);
        activation.describe(net, name + ".act").conv(name + "." + expand, channels, 1, 1, 0, 1, true);
        gate.describe(net, name + ".gate").scale(name + ".scale", maps);
    }

    /**
     * The multiple of 8 that is nearest to a number of channels, at least 8, and not less than it by more than a tenth:
     * how MobileNets and EfficientNets round.
     */
    static int roundedChannels(double channels) {
        int rounded = Math.max(8, (int) (channels + 4) / 8 * 8);
        return rounded < 0.9 * channels ? rounded + 8 : rounded;
    }
}
