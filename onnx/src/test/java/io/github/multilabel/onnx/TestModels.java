package io.github.multilabel.onnx;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.heads.HeadLayers;
import io.github.multilabel.model.network.Network;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Models whose weights are random, running statistics too. */
final class TestModels {

    static final Path NETWORKS = Path.of("..", "model-multihead", "src", "test", "resources", "formats", "networks");

    /** Both kinds, linear and behind a hidden layer. */
    static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("year", "10", "9", "2"),
            Head.singleLabel("brand", "Škoda", "Audi"),
            Head.multiLabel("tags", "sunroof", "spoiler"),
            Head.singleLabel("body", "b", "a"));

    static final Map<String, HeadLayers> LAYERS = Map.of(
            "brand", HeadLayers.linear().withHidden(5).withDropout(0.25),
            "tags", HeadLayers.linear().withHidden(3),
            "body", HeadLayers.linear().withDropout(0.5));

    /** Leaves an image of 16 x 16 pixels as it is. */
    static final Preprocessing PREPROCESSING = new Preprocessing(
            16,
            1,
            Preprocessing.CropMode.CENTER,
            Preprocessing.Interpolation.BILINEAR,
            Preprocessing.IMAGENET_MEAN,
            Preprocessing.IMAGENET_STD);

    private static final Set<String> GATED = Set.of("mobilenet_v3_large", "efficientnet_b0");

    private TestModels() {}

    static Network network(String sample) throws IOException, MalformedModelException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(NETWORKS.resolve(sample + ".json.gz")))) {
            return Network.fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static MultiLabelModel tiny(HeadSet heads) throws IOException {
        Network network = Network.builder("tiny")
                .stage("stem")
                .conv("conv1", 8, 3, 2)
                .norm("bn1")
                .relu("relu1")
                .stage("pool")
                .globalAveragePool("avgpool")
                .build();
        return of(network, PREPROCESSING, heads, Map.of());
    }

    static MultiLabelModel of(
            Network network, Preprocessing preprocessing, HeadSet heads, Map<String, HeadLayers> layers)
            throws IOException {
        MultiLabelModel model = MultiLabelModel.create(
                Backbones.of(network, preprocessing), heads, layers, preprocessing, false, Device.cpu(), 1);
        model.block().parametersByName().forEach((name, parameter) -> shake(model, name, parameter));
        return model;
    }

    /** Random running statistics and scales make the answers of deep networks vary; other weights stay as drawn. */
    private static void shake(MultiLabelModel model, String name, Parameter parameter) {
        boolean isPositive =
                parameter.getType() == Parameter.Type.RUNNING_VAR || parameter.getType() == Parameter.Type.GAMMA;
        if (isPositive) {
            // small variances scale up what gates of squeeze and excitation make smaller
            float scale = parameter.getType() == Parameter.Type.RUNNING_VAR && GATED.contains(model.backboneName())
                    ? 0.25f
                    : 1;
            set(parameter, model.manager().randomUniform(0.6f * scale, 1.4f * scale, parameter.getShape()));
        } else if (parameter.getType() != Parameter.Type.WEIGHT
                || name.startsWith("heads")
                || name.startsWith("hidden")) {
            set(parameter, model.manager().randomUniform(-0.5f, 0.5f, parameter.getShape()));
        }
    }

    private static void set(Parameter parameter, NDArray values) {
        try (values) {
            parameter.getArray().set(values.toByteBuffer());
        }
    }
}
