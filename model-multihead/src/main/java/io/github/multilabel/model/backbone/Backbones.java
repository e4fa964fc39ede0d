package io.github.multilabel.model.backbone;

import ai.djl.nn.Block;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.model.internal.ScriptBlock;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.NetworkBlock;
import io.github.multilabel.model.weights.NameRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The backbones of this library, and factories for backbones of your own. Without {@link Backbone#pretrained()},
 * weights are random. Sizes are those of the images that each was trained with; {@link Backbone#withPreprocessing}
 * changes them.
 */
public final class Backbones {

    private static final int IMAGENET_SIZE = 224;
    private static final int SMALL_SIZE = 64;

    private static final Map<String, Supplier<Backbone>> KNOWN = Map.ofEntries(
            Map.entry("small", Backbones::small),
            Map.entry("resnet18", Backbones::resnet18),
            Map.entry("resnet34", Backbones::resnet34),
            Map.entry("resnet50", Backbones::resnet50),
            Map.entry("resnet101", Backbones::resnet101),
            Map.entry("resnext50_32x4d", Backbones::resnext50),
            Map.entry("wide_resnet50_2", Backbones::wideResnet50),
            Map.entry("efficientnet_b0", Backbones::efficientnetB0),
            Map.entry("efficientnet_lite0", Backbones::efficientnetLite0),
            Map.entry("efficientnet_lite1", Backbones::efficientnetLite1),
            Map.entry("efficientnet_lite2", Backbones::efficientnetLite2),
            Map.entry("tf_efficientnet_lite0", Backbones::tfEfficientnetLite0),
            Map.entry("tf_efficientnet_lite1", Backbones::tfEfficientnetLite1),
            Map.entry("tf_efficientnet_lite2", Backbones::tfEfficientnetLite2),
            Map.entry("mobilenet_v3_large", Backbones::mobilenetV3Large),
            Map.entry("convnext_tiny", Backbones::convnextTiny),
            Map.entry("vit_small_patch16_224", Backbones::vitSmallPatch16),
            Map.entry("vit_small_patch14_dinov2", Backbones::vitSmallPatch14Dinov2));

    private Backbones() {}

    /** ResNet18 as torchvision's: 512 features, 11.2 million parameters, 224 pixels. */
    public static Backbone resnet18() {
        return of(ResNets.basic("resnet18", 2, 2, 2, 2), Preprocessing.imageNet(IMAGENET_SIZE));
    }

    /** ResNet34 as torchvision's: 512 features, 21.3 million parameters, 224 pixels. */
    public static Backbone resnet34() {
        return of(ResNets.basic("resnet34", 3, 4, 6, 3), Preprocessing.imageNet(IMAGENET_SIZE));
    }

    /** ResNet50 as torchvision's: 2048 features, 23.5 million parameters, 224 pixels. */
    public static Backbone resnet50() {
        return of(ResNets.bottleneck("resnet50", 3, 4, 6, 3), Preprocessing.imageNet(IMAGENET_SIZE));
    }

    /** ResNet101 as torchvision's: 2048 features, 42.5 million parameters, 224 pixels. */
    public static Backbone resnet101() {
        return of(ResNets.bottleneck("resnet101", 3, 4, 23, 3), Preprocessing.imageNet(IMAGENET_SIZE));
    }

    /**
     * ResNeXt-50 32x4d as torchvision's {@code resnext50_32x4d}: 2048 features, 23.0 million parameters, 224 pixels.
     */
    public static Backbone resnext50() {
        Network network = ResNets.wide("resnext50_32x4d", 32, 4, 3, 4, 6, 3);
        return of(network, Preprocessing.imageNet(IMAGENET_SIZE));
    }

    /**
     * Wide ResNet-50-2 as torchvision's {@code wide_resnet50_2}: 2048 features, 66.8 million parameters, 224 pixels.
     */
    public static Backbone wideResnet50() {
        Network network = ResNets.wide("wide_resnet50_2", 1, 128, 3, 4, 6, 3);
        return of(network, Preprocessing.imageNet(IMAGENET_SIZE));
    }

    /**
     * EfficientNet-B0 as timm's and torchvision's {@code efficientnet_b0}, whose arithmetic is the same: 1280 features,
     * 4.0 million parameters, 224 pixels. Parameters bear timm's names; weights of either can be loaded.
     */
    public static Backbone efficientnetB0() {
        return of(EfficientNets.b0(), bicubic(IMAGENET_SIZE, 0.875)).withWeightNames(EfficientNetNames.ofTorchvision());
    }

    /**
     * EfficientNet-Lite0 as timm's {@code efficientnet_lite0}: 1280 features, 3.4 million parameters, 224 pixels. For
     * weights from TensorFlow, {@link #tfEfficientnetLite0}.
     */
    public static Backbone efficientnetLite0() {
        return of(EfficientNets.lite(0), bicubic(IMAGENET_SIZE, 0.875));
    }

    /** As {@link #efficientnetLite0}, with 4.1 million parameters and 240 pixels; timm publishes no weights for it. */
    public static Backbone efficientnetLite1() {
        return of(EfficientNets.lite(1), bicubic(240, 0.882));
    }

    /** As {@link #efficientnetLite0}, with 4.8 million parameters and 260 pixels; timm publishes no weights for it. */
    public static Backbone efficientnetLite2() {
        return of(EfficientNets.lite(2), bicubic(260, 0.89));
    }

    /**
     * EfficientNet-Lite0 as it was trained in TensorFlow: timm's {@code tf_efficientnet_lite0}, and the network of the
     * Python package {@code efficientnet-lite-pytorch}, whose weights can be loaded too. It pads and normalises
     * otherwise than {@link #efficientnetLite0}: weights of one do not fit the other, though their shapes do. 1280
     * features, 3.4 million parameters, 224 pixels.
     */
    public static Backbone tfEfficientnetLite0() {
        return tensorflowLite(0, IMAGENET_SIZE, 0.875);
    }

    /** As {@link #tfEfficientnetLite0}, with 4.1 million parameters and 240 pixels. */
    public static Backbone tfEfficientnetLite1() {
        return tensorflowLite(1, 240, 0.882);
    }

    /** As {@link #tfEfficientnetLite0}, with 4.8 million parameters and 260 pixels. */
    public static Backbone tfEfficientnetLite2() {
        return tensorflowLite(2, 260, 0.89);
    }

    private static Backbone tensorflowLite(int number, int size, double cropPct) {
        return of(EfficientNets.tensorflowLite(number), halves(size, cropPct))
                .withWeightNames(EfficientNetNames.ofPackage(number));
    }

    /**
     * MobileNetV3-Large as torchvision's {@code mobilenet_v3_large}, with the hidden layer of its classifier: 1280
     * features, 4.2 million parameters, 224 pixels.
     */
    public static Backbone mobilenetV3Large() {
        return of(MobileNets.v3Large(), Preprocessing.imageNet(IMAGENET_SIZE));
    }

    /** ConvNeXt-Tiny as timm's {@code convnext_tiny}: 768 features, 27.8 million parameters, 224 pixels. */
    public static Backbone convnextTiny() {
        return of(ConvNeXts.tiny(), bicubic(IMAGENET_SIZE, 0.95)).withWeightNames(ConvNeXtNames.known());
    }

    /**
     * ViT-S/16 as timm's {@code vit_small_patch16_224}: 384 features, 21.7 million parameters, 224 pixels or, with
     * {@link Backbone#withPreprocessing}, another size, to which the positions are resized.
     */
    public static Backbone vitSmallPatch16() {
        return of(VisionTransformers.small16(), halves(IMAGENET_SIZE, 0.9));
    }

    /**
     * ViT-S/14 of DINOv2 as timm's {@code vit_small_patch14_dinov2}: 384 features, 22.1 million parameters, 518 pixels
     * or, with {@link Backbone#withPreprocessing}, another multiple of 14, to which the positions are resized.
     */
    public static Backbone vitSmallPatch14Dinov2() {
        return of(VisionTransformers.smallDinov2(), bicubic(518, 1)).withWeightNames(NameRules.of("^mask_token$", ""));
    }

    private static Preprocessing bicubic(int size, double cropPct) {
        return new Preprocessing(
                size,
                cropPct,
                CropMode.CENTER,
                Interpolation.BICUBIC,
                Preprocessing.IMAGENET_MEAN,
                Preprocessing.IMAGENET_STD);
    }

    /** Pixels between -1 and 1. */
    private static Preprocessing halves(int size, double cropPct) {
        List<Double> half = List.of(0.5, 0.5, 0.5);
        return new Preprocessing(size, cropPct, CropMode.CENTER, Interpolation.BICUBIC, half, half);
    }

    /**
     * A small residual network for first trials and tests, which trains from random weights within minutes on two
     * cores: 128 features, 0.3 million parameters, 64 pixels (up to 128 by {@link Backbone#withPreprocessing}), the
     * whole image squashed to the input. For a good model, take a pretrained backbone.
     */
    public static Backbone small() {
        return of(ResNets.small(), Preprocessing.imageNet(SMALL_SIZE).squashed());
    }

    /** Returns a backbone of a network of your own, or of one that was read from a saved model. */
    public static Backbone of(Network network, Preprocessing preprocessing) {
        Given.require(network, "network", "e.g. Network.builder(\"mine\")... .build()");
        return new Backbone(network.name(), preprocessing, Optional.of(network), () -> new NetworkBlock(network));
    }

    /**
     * Returns a backbone of any DJL block, with ImageNet's normalisation and 224 pixels unless
     * {@link Backbone#withPreprocessing} changes them.
     *
     * @param name of the backbone in messages and saved models
     * @param block maps (N, 3, H, W) float32 to (N, F) or (N, F, 1, 1); {@link Backbone#newBlock} returns this very
     *     block, so all models of the backbone share its weights
     */
    public static Backbone of(String name, Block block) {
        Given.require(block, "block", "a block that maps images to features");
        return of(name, () -> block);
    }

    /**
     * Returns a backbone of DJL blocks, as {@link #of(String, Block)} does of one.
     *
     * @param name of the backbone in messages and saved models
     * @param blocks makes a block for each model, which maps (N, 3, H, W) float32 to (N, F) or (N, F, 1, 1)
     */
    public static Backbone of(String name, Supplier<? extends Block> blocks) {
        Given.require(blocks, "blocks", "what makes a block that maps images to features");
        return new Backbone(name, Preprocessing.imageNet(IMAGENET_SIZE), Optional.empty(), blocks);
    }

    /**
     * Returns a backbone that Python saved as TorchScript, with ImageNet's normalisation and 224 pixels unless
     * {@link Backbone#withPreprocessing} changes them. TorchScript is a program: load it only from sources that you
     * trust.
     *
     * <pre>{@code
     * torch.jit.trace(extractor.eval(), torch.zeros(2, 3, 224, 224)).save("extractor.pt")  # in Python
     * }</pre>
     *
     * <p>Its parameters train, unless they were made constants ({@code torch.jit.freeze}) or lie behind a
     * {@code no_grad}; batch norms keep the statistics of the file and dropout stays off, also in training. Everything
     * is computed in float32. A saved model holds the parameters but not the program, so the same file is needed to
     * load it: {@code MultiLabelModel.load(folder, Backbones.torchScript(file))}.
     *
     * @param file maps (N, 3, H, W) float32 to (N, F) or (N, F, 1, 1), of which the same F for every size; read here,
     *     to say at once what is wrong, and again when a model is made. Its name and the first digits of its SHA-256
     *     are the name of the backbone
     * @throws IOException if the file cannot be read, is not TorchScript, or has other parameters than float32; what is
     *     wrong with the features is found when a model is made
     */
    public static Backbone torchScript(Path file) throws IOException {
        String name = ScriptBlock.name(Given.require(file, "file", "the path of a TorchScript file"));
        new ScriptBlock(file).close();
        return of(name, () -> ScriptBlock.open(file));
    }

    /** The names of the backbones of this library, for {@link #byName}. */
    public static List<String> names() {
        return KNOWN.keySet().stream().sorted(Comparator.naturalOrder()).toList();
    }

    /**
     * Returns the backbone with a name.
     *
     * @param name for example {@code resnet34}
     * @throws IllegalArgumentException if there is no such backbone; the message names similar ones
     */
    public static Backbone byName(String name) {
        Supplier<Backbone> backbone = KNOWN.get(Given.require(name, "name", "one of " + names()));
        if (backbone == null) {
            throw new IllegalArgumentException("no backbone '" + name + "'; " + NearMatches.thereAre(name, names()));
        }
        return backbone.get();
    }
}
