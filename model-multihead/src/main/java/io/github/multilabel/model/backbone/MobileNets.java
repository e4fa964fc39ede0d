package io.github.multilabel.model.backbone;

import io.github.multilabel.model.backbone.SqueezeExcitation.Activation;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.NetworkBuilder;
import java.util.List;

/**
 * MobileNetV3 (Howard et al. 2019, https://arxiv.org/abs/1905.02244), layer for layer as torchvision 0.22 computes it
 * and under its names. The hidden layer of torchvision's classifier belongs to it; the dropout after that does not.
 */
final class MobileNets {

    private static final int STEM = 16;
    private static final int HIDDEN = 1280;
    private static final double DEVIATION = 0.01;
    private static final double EPS = 1e-3;
    private static final double MOMENTUM = 0.01;
    private static final SqueezeExcitation EXCITATION =
            new SqueezeExcitation("fc1", NetworkBuilder::relu, "fc2", NetworkBuilder::hardsigmoid);

    /** Table 1 of the paper, by stages of one number of channels. */
    private static final List<List<Block>> LARGE = List.of(
            List.of(new Block(3, 16, 16, false, NetworkBuilder::relu, 1)),
            List.of(
                    new Block(3, 64, 24, false, NetworkBuilder::relu, 2),
                    new Block(3, 72, 24, false, NetworkBuilder::relu, 1)),
            List.of(
                    new Block(5, 72, 40, true, NetworkBuilder::relu, 2),
                    new Block(5, 120, 40, true, NetworkBuilder::relu, 1),
                    new Block(5, 120, 40, true, NetworkBuilder::relu, 1)),
            List.of(
                    new Block(3, 240, 80, false, NetworkBuilder::hardswish, 2),
                    new Block(3, 200, 80, false, NetworkBuilder::hardswish, 1),
                    new Block(3, 184, 80, false, NetworkBuilder::hardswish, 1),
                    new Block(3, 184, 80, false, NetworkBuilder::hardswish, 1)),
            List.of(
                    new Block(3, 480, 112, true, NetworkBuilder::hardswish, 1),
                    new Block(3, 672, 112, true, NetworkBuilder::hardswish, 1)),
            List.of(
                    new Block(5, 672, 160, true, NetworkBuilder::hardswish, 2),
                    new Block(5, 960, 160, true, NetworkBuilder::hardswish, 1),
                    new Block(5, 960, 160, true, NetworkBuilder::hardswish, 1)));

    private MobileNets() {}

    private record Block(int kernel, int wide, int out, boolean excites, Activation activation, int stride) {}

    static Network v3Large() {
        NetworkBuilder net = Network.builder("mobilenet_v3_large").norms(EPS, MOMENTUM);
        net.stage("stem");
        net.conv("features.0.0", STEM, 3, 2).norm("features.0.1").hardswish("features.0.2");
        int in = STEM;
        int position = 1;
        for (int stage = 0; stage < LARGE.size(); stage++) {
            net.stage("stage" + (stage + 1));
            for (Block block : LARGE.get(stage)) {
                describe(net, "features." + position++, in, block);
                in = block.out();
            }
        }
        String head = "features." + position;
        net.stage("head").conv(head + ".0", 6 * in, 1, 1).norm(head + ".1").hardswish(head + ".2");
        net.globalAveragePool("avgpool").linear("classifier.0", HIDDEN, DEVIATION);
        return net.hardswish("classifier.1").build();
    }

    private static void describe(NetworkBuilder net, String name, int in, Block block) {
        String input = net.last();
        int wide = block.wide();
        int part = 0;
        if (wide != in) {
            net.conv(part(name, part) + ".0", wide, 1, 1).norm(part(name, part) + ".1");
            block.activation().describe(net, part(name, part++) + ".2");
        }
        net.conv(part(name, part) + ".0", wide, block.kernel(), block.stride(), block.kernel() / 2, wide, false);
        net.norm(part(name, part) + ".1");
        block.activation().describe(net, part(name, part++) + ".2");
        if (block.excites()) {
            int squeezed = SqueezeExcitation.roundedChannels(wide / 4);
            EXCITATION.describe(net, part(name, part++), wide, squeezed);
        }
        net.conv(part(name, part) + ".0", block.out(), 1, 1).norm(part(name, part) + ".1");
        if (block.stride() == 1 && in == block.out()) {
            net.add(name + ".add", input);
        }
    }

    private static String part(String name, int part) {
        return name + ".block." + part;
    }
}
