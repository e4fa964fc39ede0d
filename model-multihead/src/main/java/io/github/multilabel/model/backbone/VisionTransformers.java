package io.github.multilabel.model.backbone;

import io.github.multilabel.model.network.ConvInit;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.NetworkBuilder;

/**
 * Vision transformers (Dosovitskiy et al. 2020, https://arxiv.org/abs/2010.11929), layer for layer as timm 1.0 computes
 * them and under its names; with layer scale those of DINOv2 (Oquab et al. 2023, https://arxiv.org/abs/2304.07193). The
 * features are the class token after the last norm. Images of any size of at least one patch are possible; what is left
 * over at the right and at the bottom is not seen.
 */
final class VisionTransformers {

    private static final int SMALL = 384;
    private static final int SMALL_HEADS = 6;
    private static final int DEPTH = 12;
    private static final int EXPANSION = 4;
    private static final double EPS = 1e-6;
    private static final double DEVIATION = 0.02;
    private static final double DINO_SCALE = 1e-5;

    private VisionTransformers() {}

    /** Patches of 16 pixels, positions for 224. */
    static Network small16() {
        return vit("vit_small_patch16_224", 16, 14, false);
    }

    /** Patches of 14 pixels, positions for 518. */
    static Network smallDinov2() {
        return vit("vit_small_patch14_dinov2", 14, 37, true);
    }

    private static Network vit(String name, int patch, int grid, boolean scaled) {
        NetworkBuilder net = Network.builder(name).init(ConvInit.FAN_IN).stage("embedding");
        net.conv("patch_embed.proj", SMALL, patch, patch, 0, 1, true).tokens("cls_token", "pos_embed", grid);
        for (int i = 0; i < DEPTH; i++) {
            String block = "blocks." + i;
            net.stage(block);
            String input = net.last();
            net.layerNorm(block + ".norm1", EPS).linear(block + ".attn.qkv", 3 * SMALL, DEVIATION);
            net.attention(block + ".attn", SMALL_HEADS).linear(block + ".attn.proj", SMALL, DEVIATION);
            join(net, block, "1", input, scaled);
            input = net.last();
            net.layerNorm(block + ".norm2", EPS).linear(block + ".mlp.fc1", EXPANSION * SMALL, DEVIATION);
            net.gelu(block + ".mlp.act").linear(block + ".mlp.fc2", SMALL, DEVIATION);
            join(net, block, "2", input, scaled);
        }
        // timm norms all tokens and then takes the first: the same, as each token is normed by itself.
        return net.stage("head").firstToken("class").layerNorm("norm", EPS).build();
    }

    private static void join(NetworkBuilder net, String block, String half, String input, boolean scaled) {
        if (scaled) {
            net.layerScale(block + ".ls" + half + ".gamma", DINO_SCALE);
        }
        net.add(block + ".add" + half, input);
    }
}
