package io.github.multilabel.model.backbone;

import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.NetworkBuilder;

/**
 * Residual networks (He et al. 2015, https://arxiv.org/abs/1512.03385), layer for layer as torchvision 0.22 computes
 * them and under its names; with grouped convolutions ResNeXt (Xie et al. 2016, https://arxiv.org/abs/1611.05431), with
 * wider blocks Wide ResNet (Zagoruyko and Komodakis 2016, https://arxiv.org/abs/1605.07146).
 */
final class ResNets {

    private static final int[] STAGE_CHANNELS = {64, 128, 256, 512};
    private static final int EXPANSION = 4;

    private ResNets() {}

    /** Blocks of two 3x3 convolutions. */
    static Network basic(String name, int... depths) {
        return resnet(name, ResNets::basicBlock, depths);
    }

    /** Blocks of 1x1, 3x3 and 1x1 convolutions; the 3x3 one strides, as in torchvision ("v1.5"). */
    static Network bottleneck(String name, int... depths) {
        return wide(name, 1, STAGE_CHANNELS[0], depths);
    }

    /**
     * The same with a 3x3 convolution in groups, or in one wider group.
     *
     * @param groupWidth the channels of a group in the first stage, doubled in each that follows
     */
    static Network wide(String name, int groups, int groupWidth, int... depths) {
        Block block = (net, prefix, in, channels, stride) -> bottleneckBlock(
                net, prefix, in, channels, channels * groupWidth / STAGE_CHANNELS[0] * groups, groups, stride);
        return resnet(name, block, depths);
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

    private interface Block {
        /** Describes a block and gives the number of its channels. */
        int describe(NetworkBuilder net, String name, int in, int channels, int stride);
    }

    private static Network resnet(String name, Block block, int... depths) {
        NetworkBuilder net = Network.builder(name).stage("stem");
        net.conv("conv1", 64, 7, 2).norm("bn1").relu("relu").maxPool("maxpool", 3, 2);
        int in = 64;
        for (int stage = 0; stage < depths.length; stage++) {
            String prefix = "layer" + (stage + 1);
            net.stage(prefix);
            for (int i = 0; i < depths[stage]; i++) {
                int stride = i == 0 && stage > 0 ? 2 : 1;
                in = block.describe(net, prefix + "." + i, in, STAGE_CHANNELS[stage], stride);
            }
        }
        return net.stage("pool").globalAveragePool("avgpool").build();
    }

    private static int basicBlock(NetworkBuilder net, String name, int in, int channels, int stride) {
        String input = net.last();
        net.conv(name + ".conv1", channels, 3, stride).norm(name + ".bn1").relu(name + ".relu1");
        net.conv(name + ".conv2", channels, 3, 1).norm(name + ".bn2");
        return join(net, name, input, in, channels, stride);
    }

    private static int bottleneckBlock(
            NetworkBuilder net, String name, int in, int channels, int width, int groups, int stride) {
        String input = net.last();
        net.conv(name + ".conv1", width, 1, 1).norm(name + ".bn1").relu(name + ".relu1");
        net.conv(name + ".conv2", width, 3, stride, 1, groups, false);
        net.norm(name + ".bn2").relu(name + ".relu2");
        net.conv(name + ".conv3", channels * EXPANSION, 1, 1).norm(name + ".bn3");
        return join(net, name, input, in, channels * EXPANSION, stride);
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
