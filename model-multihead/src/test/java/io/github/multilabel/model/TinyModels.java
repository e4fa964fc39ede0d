package io.github.multilabel.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import com.google.gson.JsonObject;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.files.Digest;
import io.github.multilabel.core.internal.files.StrictJson;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.heads.HeadLayers;
import io.github.multilabel.model.network.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Models of a few hundred weights. */
final class TinyModels {

    static final Preprocessing PREPROCESSING = Preprocessing.imageNet(16);

    /** Names and orders that sorting would change. */
    static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("year", "10", "9", "2"),
            Head.singleLabel("brand", "Škoda", "Audi"),
            Head.multiLabel("a.weight", "sunroof", "spoiler"),
            Head.singleLabel("body", "b", "a"));

    /** Of all but the first, which is linear alone. */
    static final Map<String, HeadLayers> LAYERS = Map.of(
            "brand", HeadLayers.linear().withHidden(5).withDropout(0.25),
            "a.weight", HeadLayers.linear().withHidden(3),
            "body", HeadLayers.linear().withDropout(0.5));

    private TinyModels() {}

    static Network network() {
        return Network.builder("tiny")
                .stage("stem")
                .conv("conv1", 8, 3, 2)
                .norm("bn1")
                .relu("relu1")
                .stage("pool")
                .globalAveragePool("avgpool")
                .build();
    }

    static MultiLabelModel create(long seed) {
        return create(Backbones.of(network(), PREPROCESSING), seed);
    }

    static MultiLabelModel create(Backbone backbone, long seed) {
        return create(backbone, Map.of(), seed);
    }

    static MultiLabelModel create(Backbone backbone, Map<String, HeadLayers> layers, long seed) {
        try {
            return MultiLabelModel.create(backbone, HEADS, layers, PREPROCESSING, false, Device.cpu(), seed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A DJL block that no description tells of. */
    static Backbone foreign() {
        return Backbones.of(
                "mine",
                new SequentialBlock()
                        .add(Conv2d.builder()
                                .setKernelShape(new Shape(3, 3))
                                .setFilters(4)
                                .build())
                        .add(Pool.globalAvgPool2dBlock())
                        .add(Blocks.batchFlattenBlock()));
    }

    /** Gives every parameter other values than it started with, running statistics included. */
    static void shake(MultiLabelModel model) {
        for (Parameter parameter : model.block().parametersByName().values()) {
            try (NDArray noise = model.manager().randomUniform(0.5f, 1.5f, parameter.getShape())) {
                parameter.getArray().set(noise.toByteBuffer());
            }
        }
    }

    /** The logits of all heads, one after the other, for a image that is a ramp of colours. */
    static float[] logits(MultiLabelModel model) {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                NoGradients off = NoGradients.onThisThread()) {
            int size = PREPROCESSING.size().height();
            NDArray image = manager.arange(3 * size * size)
                    .toType(DataType.FLOAT32, false)
                    .div(300)
                    .reshape(1, 3, size, size);
            NDList logits = model.block().forward(new ParameterStore(manager, false), new NDList(image), false);
            NDList flat = new NDList(logits.size());
            logits.forEach(one -> flat.add(one.flatten()));
            return NDArrays.concat(flat).toFloatArray();
        }
    }

    /** Writes the checksums that a folder has now into its description, as the messages say. */
    static void acceptChanges(Path folder) throws IOException {
        Path description = folder.resolve("model.json");
        JsonObject json = StrictJson.object(Files.readString(description));
        try (InputStream weights = Files.newInputStream(folder.resolve("weights.safetensors"))) {
            Checksums.of(json, new Digest(Digest.SHA_256).add(weights).hex()).addTo(json);
        }
        Files.writeString(description, json.toString());
    }
}
