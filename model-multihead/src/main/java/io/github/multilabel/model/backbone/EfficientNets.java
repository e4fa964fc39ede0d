package io.github.multilabel.model.backbone;

import io.github.multilabel.model.backbone.SqueezeExcitation.Activation;
import io.github.multilabel.model.network.ConvInit;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.NetworkBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * EfficientNets (Tan and Le 2019, https://arxiv.org/abs/1905.11946) and their Lite variants, which have no squeeze and
 * excitation and stay below 6 for the sake of small devices. Layer for layer as timm 1.0 computes them and under its
 * names, without stochastic depth.
 */
final class EfficientNets {

    private static final int STEM = 32;
    private static final int HEAD = 1280;
    private static final List<Stage> STAGES = List.of(
            new Stage(1, 3, 1, 1, 16),
            new Stage(2, 3, 2, 6, 24),
            new Stage(2, 5, 2, 6, 40),
            new Stage(3, 3, 2, 6, 80),
            new Stage(3, 5, 1, 6, 112),
            new Stage(4, 5, 2, 6, 192),
            new Stage(1, 3, 1, 6, 320));
    private static final SqueezeExcitation EXCITATION =
            new SqueezeExcitation("conv_reduce", NetworkBuilder::silu, "conv_expand", NetworkBuilder::sigmoid);
    private static final double TENSORFLOW_EPS = 1e-3;
    private static final double MOMENTUM = 0.1;

    private final NetworkBuilder net;
    private final Activation activation;
    private final boolean excites;
    private final boolean padsSame;

    /** Some blocks that follow each other; the first strides and changes the number of channels. */
    private record Stage(int blocks, int kernel, int stride, int expansion, int channels) {}

    private EfficientNets(NetworkBuilder net, Activation activation, boolean excites, boolean padsSame) {
        this.net = net.init(ConvInit.FAN_OUT_OF_GROUP);
        this.activation = activation;
        this.excites = excites;
        this.padsSame = padsSame;
    }

    static Network b0() {
        NetworkBuilder net = Network.builder("efficientnet_b0");
        return new EfficientNets(net, NetworkBuilder::silu, true, false).describe(STAGES);
    }

    /** A Lite variant with PyTorch's padding and batch norms. */
    static Network lite(int number) {
        NetworkBuilder net = Network.builder("efficientnet_lite" + number);
        return new EfficientNets(net, NetworkBuilder::relu6, false, false).describe(liteStages(number));
    }

    /** A Lite variant with TensorFlow's padding and the eps of its batch norms, for weights that come from there. */
    static Network tensorflowLite(int number) {
        NetworkBuilder net = Network.builder("tf_efficientnet_lite" + number).norms(TENSORFLOW_EPS, MOMENTUM);
        return new EfficientNets(net, NetworkBuilder::relu6, false, true).describe(liteStages(number));
    }

    /** The numbers of blocks of the stages of a Lite variant. */
    static List<Integer> liteDepths(int number) {
        return liteStages(number).stream().map(Stage::blocks).toList();
    }

    /** Wider and deeper by the factors of the paper; stem, first and last stage and head stay as they are. */
    private static List<Stage> liteStages(int number) {
        double width = number < 2 ? 1 : 1.1;
        double depth = 1 + number / 10.0;
        List<Stage> stages = new ArrayList<>();
        for (Stage stage : STAGES) {
            boolean deeper = !stages.isEmpty() && stages.size() < STAGES.size() - 1;
            stages.add(new Stage(
                    deeper ? (int) Math.ceil(depth * stage.blocks()) : stage.blocks(),
                    stage.kernel(),
                    stage.stride(),
                    stage.expansion(),
                    SqueezeExcitation.roundedChannels(width * stage.channels())));
        }
        return stages;
    }

    private Network describe(List<Stage> stages) {
        net.stage("stem");
        conv("conv_stem", STEM, 3, 2, 1).norm("bn1");
        activation.describe(net, "act1");
        int in = STEM;
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            net.stage("blocks." + i);
            for (int j = 0; j < stage.blocks(); j++) {
                block("blocks." + i + "." + j, in, stage, j == 0 ? stage.stride() : 1);
                in = stage.channels();
            }
        }
        net.stage("head").conv("conv_head", HEAD, 1, 1).norm("bn2");
        activation.describe(net, "act2");
        return net.stage("pool").globalAveragePool("global_pool").build();
    }

    /** Expanded by a 1x1 convolution, seen map by map, excited, and projected; the input is added where it fits. */
    private void block(String name, int in, Stage stage, int stride) {
        String input = net.last();
        int wide = in * stage.expansion();
        int norm = 1;
        if (stage.expansion() > 1) {
            net.conv(name + ".conv_pw", wide, 1, 1).norm(name + ".bn" + norm);
            activation.describe(net, name + ".act" + norm++);
        }
        conv(name + ".conv_dw", wide, stage.kernel(), stride, wide).norm(name + ".bn" + norm);
        activation.describe(net, name + ".act" + norm++);
        if (excites) {
            EXCITATION.describe(net, name + ".se", wide, in / 4);
        }
        String projection = stage.expansion() > 1 ? ".conv_pwl" : ".conv_pw";
        net.conv(name + projection, stage.channels(), 1, 1).norm(name + ".bn" + norm);
        if (stride == 1 && in == stage.channels()) {
            net.add(name + ".add", input);
        }
    }

    private NetworkBuilder conv(String name, int channels, int kernel, int stride, int groups) {
        if (padsSame && stride > 1) {
            net.padSame(name + ".pad", kernel, stride).conv(name, channels, kernel, stride, 0, groups, false);
        } else {
            net.conv(name, channels, kernel, stride, kernel / 2, groups, false);
        }
        return net;
    }
}
