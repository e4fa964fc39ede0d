package io.github.multilabel.model.weights;

import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What others published, as data. torchvision's lines are the {@code DEFAULT} of its enumerations of weights (0.22);
 * timm's are its {@code default_cfgs} (1.0), their accuracies {@code results/results-imagenet.csv}; DINOv2's line is
 * from its model card, its accuracy that of a linear layer on the frozen features.
 */
final class PublishedWeights {

    /** Where torchvision and timm write the beginning of a file's SHA-256: {@code resnet34-b627a593.pth}. */
    private static final Pattern HASH = Pattern.compile("-([0-9a-f]{8})\\.pth$");

    private static final String TORCHVISION = "https://download.pytorch.org/models/";
    private static final String TIMM =
            "https://github.com/rwightman/pytorch-image-models/releases/download/v0.1-weights/";
    private static final String HUB = "https://huggingface.co/timm/";
    private static final String DINOV2 = "https://dl.fbaipublicfiles.com/dinov2/dinov2_vits14/";

    private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);

    static final List<PretrainedWeights> ALL = List.of(
            torchvision("resnet18", "IMAGENET1K_V1", "resnet18-f37072fd.pth", 46.8, 256, 69.758),
            torchvision("resnet34", "IMAGENET1K_V1", "resnet34-b627a593.pth", 87.3, 256, 73.314),
            torchvision("resnet50", "IMAGENET1K_V2", "resnet50-11ad3fa6.pth", 102.5, 232, 80.858),
            torchvision("resnet101", "IMAGENET1K_V2", "resnet101-cd907fc2.pth", 178.8, 232, 81.886),
            torchvision("resnext50_32x4d", "IMAGENET1K_V2", "resnext50_32x4d-1a0047aa.pth", 100.5, 232, 81.198),
            torchvision("wide_resnet50_2", "IMAGENET1K_V2", "wide_resnet50_2-9ba9bcbe.pth", 275.9, 232, 81.602),
            torchvision("mobilenet_v3_large", "IMAGENET1K_V2", "mobilenet_v3_large-5c1a4163.pth", 22.1, 232, 75.274),
            file(
                    "efficientnet_b0",
                    "IMAGENET1K_V1",
                    TORCHVISION,
                    "efficientnet_b0_rwightman-7f5810bc.pth",
                    21.4,
                    "BSD-3-Clause",
                    imageNet(224, 0.875, Interpolation.BICUBIC),
                    77.692),
            file(
                    "efficientnet_lite0",
                    "ra_in1k",
                    TIMM,
                    "efficientnet_lite0_ra-37913777.pth",
                    18.9,
                    "Apache-2.0",
                    imageNet(224, 0.875, Interpolation.BICUBIC),
                    75.488),
            lite(0, "tf_efficientnet_lite0-0aa007d2.pth", 18.9, half(224, 0.875), 74.846),
            lite(1, "tf_efficientnet_lite1-bde8b488.pth", 22.0, half(240, 0.882), 76.674),
            lite(2, "tf_efficientnet_lite2-dcccb7df.pth", 24.7, half(260, 0.89), 77.470),
            hub("convnext_tiny", "in12k_ft_in1k", 114.4, imageNet(224, 0.95, Interpolation.BICUBIC), 84.192),
            hub("vit_small_patch16_224", "augreg_in21k_ft_in1k", 88.2, half(224, 0.9), 81.402),
            new PretrainedWeights(
                    "vit_small_patch14_dinov2",
                    "lvd142m",
                    URI.create(DINOV2 + "dinov2_vits14_pretrain.pth"),
                    "dinov2_vits14_pretrain.pth",
                    88.3,
                    "b938bf1bc15cd2ec0feacfe3a1bb553fe8ea9ca46a7e1d8d00217f29aef60cd9",
                    "Apache-2.0",
                    imageNet(518, 1, Interpolation.BICUBIC),
                    81.1));

    private PublishedWeights() {}

    private static PretrainedWeights torchvision(
            String backbone, String tag, String fileName, double megabytes, int resize, double accuracy) {
        Preprocessing preprocessing = imageNet(224, 224.0 / resize, Interpolation.BILINEAR);
        return file(backbone, tag, TORCHVISION, fileName, megabytes, "BSD-3-Clause", preprocessing, accuracy);
    }

    private static PretrainedWeights lite(
            int number, String fileName, double megabytes, Preprocessing preprocessing, double accuracy) {
        String backbone = "tf_efficientnet_lite" + number;
        return file(backbone, "in1k", TIMM, fileName, megabytes, "Apache-2.0", preprocessing, accuracy);
    }

    private static PretrainedWeights file(
            String backbone,
            String tag,
            String base,
            String fileName,
            double megabytes,
            String licence,
            Preprocessing preprocessing,
            double accuracy) {
        Matcher hash = HASH.matcher(fileName);
        String sha256 = hash.find() ? hash.group(1) : "";
        URI url = URI.create(base + fileName);
        return new PretrainedWeights(backbone, tag, url, fileName, megabytes, sha256, licence, preprocessing, accuracy);
    }

    /** On the hub every file has the same name, and none has its checksum in it. */
    private static PretrainedWeights hub(
            String backbone, String tag, double megabytes, Preprocessing preprocessing, double accuracy) {
        String name = backbone + "." + tag;
        URI url = URI.create(HUB + name + "/resolve/main/model.safetensors");
        return new PretrainedWeights(
                backbone, tag, url, name + ".safetensors", megabytes, "", "Apache-2.0", preprocessing, accuracy);
    }

    private static Preprocessing imageNet(int size, double cropPct, Interpolation interpolation) {
        return new Preprocessing(
                size, cropPct, CropMode.CENTER, interpolation, Preprocessing.IMAGENET_MEAN, Preprocessing.IMAGENET_STD);
    }

    private static Preprocessing half(int size, double cropPct) {
        return new Preprocessing(size, cropPct, CropMode.CENTER, Interpolation.BICUBIC, HALF, HALF);
    }
}
