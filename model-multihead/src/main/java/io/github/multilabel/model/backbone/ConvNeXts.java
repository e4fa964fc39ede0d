package io.github.multilabel.model.backbone;

import io.github.multilabel.model.network.ConvInit;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.NetworkBuilder;

/**
 * ConvNeXt (Liu et al. 2022, https://arxiv.org/abs/2201.03545), layer for layer as timm 1.0 computes it and under its
 * names, without stochastic depth.
 */
final class ConvNeXts {

    private static final double EPS = 1e-6;
    private static final double DEVIATION = 0.02;
    private static final double SCALE = 1e-6;
    private static final int EXPANSION = 4;

    private ConvNeXts() {}

    static Network tiny() {
        return convnext("convnext_tiny", new int[] {3, 3, 9, 3}, new int[] {96, 192, 384, 768});
    }

    private static Network convnext(String name, int[] depths, int[] channels) {
        NetworkBuilder net = Network.builder(name).init(ConvInit.NARROW).stage("stem");
        net.conv("stem.0", channels[0], 4, 4, 0, 1, true);
        norm(net, "stem.1");
        for (int stage = 0; stage < depths.length; stage++) {
            String prefix = "stages." + stage;
            net.stage(prefix);
            if (stage > 0) {
                norm(net, prefix + ".downsample.0");
                net.conv(prefix + ".downsample.1", channels[stage], 2, 2, 0, 1, true);
            }
            for (int i = 0; i < depths[stage]; i++) {
                block(net, prefix + ".blocks." + i, channels[stage]);
            }
        }
        return net.stage("head")
                .globalAveragePool("head.global_pool")
                .layerNorm("head.norm", EPS)
                .build();
    }

    /** Over the channels of each pixel. */
    private static void norm(NetworkBuilder net, String name) {
        net.channelsLast(name + ".pixels").layerNorm(name, EPS).channelsFirst(name + ".maps");
    }

    private static void block(NetworkBuilder net, String name, int channels) {
        String input = net.last();
        net.conv(name + ".conv_dw", channels, 7, 1, 3, channels, true);
        net.channelsLast(name + ".pixels").layerNorm(name + ".norm", EPS);
        net.linear(name + ".mlp.fc1", EXPANSION * channels, DEVIATION).gelu(name + ".mlp.act");
        net.linear(name + ".mlp.fc2", channels, DEVIATION).layerScale(name + ".gamma", SCALE);
        net.channelsFirst(name + ".maps").add(name + ".add", input);
    }
}
