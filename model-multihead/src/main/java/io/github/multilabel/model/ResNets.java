package io.github.multilabel.model;

import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.NetworkBuilder;

/**
 * Residual networks (He et al. 2015, https://arxiv.org/abs/1512.03385), layer for layer as torchvision 0.22 computes
 * them and under its names.
 */
final class ResNets {

    private static final int[] STAGE_WIDTHS = {64, 128, 256, 512};
    private static final int EXPANSION = 4;

    private ResNets() {}

    /** Blocks of two 3x3 convolutions. */
    static Network basic(String name, int... depths) {
        return resnet(name, false, depths);
    }

    /** Blocks of 1x1, 3x3 and 1x1 convolutions; the 3x3 one strides, as in torchvision ("v1.5"). */
    static Network bottleneck(String name, int... depths) {
        return resnet(name, true, depths);
    }

    /** A narrow one for small images: no pooling after a stem of 3x3, one block a stage. */
    static Network small() {
        NetworkBuilder net = Network.builder("small").stage("stem");
        net.conv("conv1", 16, 3, 2).norm("bn1").relu("relu");
        int in = 16;
        for (int stage = 1; stage <= 4; stage++) {
            int out = 8 << stage;
            basicBlock(net.stage("layer" + stage), "layer" + stage + ".0", in, out, stage > 1 ? 2 : 1);
            in = out;
        }
        return net.stage("pool").globalAveragePool("avgpool").build();
    }

    private static Network resnet(String name, boolean bottleneck, int... depths) {
        NetworkBuilder net = Network.builder(name).stage("stem");
        net.conv("conv1", 64, 7, 2).norm("bn1").relu("relu").maxPool("maxpool", 3, 2);
        int in = 64;
        for (int stage = 0; stage < depths.length; stage++) {
            String prefix = "layer" + (stage + 1);
            net.stage(prefix);
            for (int i = 0; i < depths[stage]; i++) {
                int stride = i == 0 && stage > 0 ? 2 : 1;
                in = bottleneck
                        ? bottleneckBlock(net, prefix + "." + i, in, STAGE_WIDTHS[stage], stride)
                        : basicBlock(net, prefix + "." + i, in, STAGE_WIDTHS[stage], stride);
            }
        }
        return net.stage("pool").globalAveragePool("avgpool").build();
    }

    private static int basicBlock(NetworkBuilder net, String name, int in, int width, int stride) {
        String input = net.last();
        net.conv(name + ".conv1", width, 3, stride).norm(name + ".bn1").relu(name + ".relu1");
        net.conv(name + ".conv2", width, 3, 1).norm(name + ".bn2");
        return join(net, name, input, in, width, stride);
    }

    private static int bottleneckBlock(NetworkBuilder net, String name, int in, int width, int stride) {
        String input = net.last();
        net.conv(name + ".conv1", width, 1, 1).norm(name + ".bn1").relu(name + ".relu1");
        net.conv(name + ".conv2", width, 3, stride).norm(name + ".bn2").relu(name + ".relu2");
        net.conv(name + ".conv3", width * EXPANSION, 1, 1).norm(name + ".bn3");
        return join(net, name, input, in, width * EXPANSION, stride);
    }

    /** Adds the block's input, through a convolution where its shape differs. */
    private static int join(NetworkBuilder net, String name, String input, int in, int out, int stride) {
        String residual = net.last();
        String shortcut = input;
        if (in != out || stride != 1) {
            net.from(input).conv(name + ".downsample.0", out, 1, stride).norm(name + ".downsample.1");
            shortcut = net.last();
        }
        net.from(residual).add(name + ".add", shortcut).relu(name + ".out");
        return out;
    }
}
