package io.github.multilabel.model.backbone;

import io.github.multilabel.model.weights.NameRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** From the names that others than timm give to the parameters of {@link EfficientNets} to timm's. */
final class EfficientNetNames {

    private static final List<String> PACKAGE = List.of(
            "^_conv_stem\\.", "conv_stem.",
            "^_bn0\\.", "bn1.",
            "^_conv_head\\.", "conv_head.",
            "^_bn1\\.", "bn2.",
            "^(blocks\\.0\\.\\d+)\\._project_conv\\.", "$1.conv_pw.",
            "^(blocks\\.0\\.\\d+)\\._bn(\\d)\\.", "$1.bn$2.",
            "\\._expand_conv\\.", ".conv_pw.",
            "\\._bn2\\.", ".bn3.",
            "\\._bn1\\.", ".bn2.",
            "\\._bn0\\.", ".bn1.",
            "\\._depthwise_conv\\.", ".conv_dw.",
            "\\._project_conv\\.", ".conv_pwl.");

    /** Stages 1 to 7 of torchvision are 0 to 6 of timm; the first one's blocks have one convolution less. */
    private static final List<String> TORCHVISION = List.of(
            "^features\\.0\\.0\\.", "conv_stem.",
            "^features\\.0\\.1\\.", "bn1.",
            "^features\\.8\\.0\\.", "conv_head.",
            "^features\\.8\\.1\\.", "bn2.",
            "^(features\\.1\\.\\d+)\\.block\\.0\\.0\\.", "$1.conv_dw.",
            "^(features\\.1\\.\\d+)\\.block\\.0\\.1\\.", "$1.bn1.",
            "^(features\\.1\\.\\d+)\\.block\\.2\\.0\\.", "$1.conv_pw.",
            "^(features\\.1\\.\\d+)\\.block\\.2\\.1\\.", "$1.bn2.",
            "\\.block\\.0\\.0\\.", ".conv_pw.",
            "\\.block\\.0\\.1\\.", ".bn1.",
            "\\.block\\.1\\.0\\.", ".conv_dw.",
            "\\.block\\.1\\.1\\.", ".bn2.",
            "\\.block\\.3\\.0\\.", ".conv_pwl.",
            "\\.block\\.3\\.1\\.", ".bn3.",
            "\\.block\\.\\d\\.fc1\\.", ".se.conv_reduce.",
            "\\.block\\.\\d\\.fc2\\.", ".se.conv_expand.");

    private EfficientNetNames() {}

    /** The names of the Python package {@code efficientnet-lite-pytorch}, which counts blocks through all stages. */
    static NameRules ofPackage(int lite) {
        List<String> rules = new ArrayList<>();
        List<Integer> depths = EfficientNets.liteDepths(lite);
        int block = 0;
        for (int stage = 0; stage < depths.size(); stage++) {
            for (int i = 0; i < depths.get(stage); i++) {
                Collections.addAll(rules, "^_blocks\\." + block++ + "\\.", "blocks." + stage + "." + i + ".");
            }
        }
        rules.addAll(PACKAGE);
        return NameRules.of(rules.toArray(String[]::new));
    }

    /** The names of torchvision. */
    static NameRules ofTorchvision() {
        List<String> rules = new ArrayList<>(TORCHVISION);
        for (int stage = 1; stage <= 7; stage++) {
            Collections.addAll(rules, "^features\\." + stage + "\\.", "blocks." + (stage - 1) + ".");
        }
        return NameRules.of(rules.toArray(String[]::new));
    }
}
