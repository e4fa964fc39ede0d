package io.github.multilabel.model.backbone;

import io.github.multilabel.model.weights.NameRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** From the names that others than timm give to the parameters of {@link ConvNeXts} to timm's. */
final class ConvNeXtNames {

    private static final int STAGES = 4;

    /** torchvision counts the stem, the stages and the downsamplings between them as one sequence. */
    private static final List<String> TORCHVISION = List.of(
            "^features\\.0\\.", "stem.",
            "\\.layer_scale$", ".gamma",
            "\\.block\\.0\\.", ".conv_dw.",
            "\\.block\\.2\\.", ".norm.",
            "\\.block\\.3\\.", ".mlp.fc1.",
            "\\.block\\.5\\.", ".mlp.fc2.",
            "^classifier\\.0\\.", "head.norm.");

    /** The authors' own files keep the stem and the downsamplings in one list, apart from the stages. */
    private static final List<String> AUTHORS = List.of(
            "^downsample_layers\\.0\\.", "stem.",
            "^downsample_layers\\.(\\d)\\.", "stages.$1.downsample.",
            "^stages\\.(\\d)\\.(\\d)", "stages.$1.blocks.$2",
            "\\.dwconv\\.", ".conv_dw.",
            "\\.pwconv(\\d)\\.", ".mlp.fc$1.",
            "^norm\\.", "head.norm.");

    private ConvNeXtNames() {}

    /** The names of torchvision and of the authors; a name is never both. */
    static NameRules known() {
        List<String> rules = new ArrayList<>(TORCHVISION);
        for (int stage = 0; stage < STAGES; stage++) {
            Collections.addAll(rules, "^features\\." + 2 * stage + "\\.", "stages." + stage + ".downsample.");
            Collections.addAll(rules, "^features\\." + (2 * stage + 1) + "\\.", "stages." + stage + ".blocks.");
        }
        rules.addAll(AUTHORS);
        return NameRules.of(rules.toArray(String[]::new));
    }
}
