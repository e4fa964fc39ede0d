package io.github.multilabel.model.network;

import io.github.multilabel.model.backbone.Backbones;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Networks as JSON, as they were written once: {@code formats/networks} of the test resources. A sample is never
 * written again; {@link #main} adds those of backbones and operations that have none yet.
 */
final class NetworkSamples {

    private static final Path FOLDER = Path.of("src/test/resources/formats/networks");

    /**
     * By the name of the sample, networks that have every operation between them. An operation that is new comes in a
     * network of its own beside them, since samples stay as they are.
     */
    static final Map<String, Network> OPERATIONS = Map.of("every_operation", everyOperation());

    private NetworkSamples() {}

    /** Run it in the folder of this module. */
    public static void main(String[] arguments) throws IOException {
        for (String backbone : Backbones.names()) {
            write(backbone, Backbones.byName(backbone).network().orElseThrow());
        }
        for (Map.Entry<String, Network> sample : OPERATIONS.entrySet()) {
            write(sample.getKey(), sample.getValue());
        }
    }

    private static void write(String name, Network network) throws IOException {
        Path file = FOLDER.resolve(name + ".json.gz");
        if (!Files.exists(file)) {
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
                out.write(network.toJson().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    static String read(String name) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name + ".json.gz")))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Each operation, with numbers of its own in each field, and each way in which a convolution starts. */
    private static Network everyOperation() {
        return new NetworkBuilder("every_operation")
                .append("pad", "stem", new PadSame(3, 2), List.of("image"))
                .append("conv1", "stem", new Conv2d(3, 4, 3, 2, 0, 1, 1, false, ConvInit.FAN_OUT), List.of("pad"))
                .append("bn1", "stem", new BatchNorm2d(4, 1e-3, 0.01), List.of("conv1"))
                .append("relu", "stem", new Relu(), List.of("bn1"))
                .append(
                        "conv2",
                        "stem",
                        new Conv2d(4, 8, 3, 1, 2, 2, 2, true, ConvInit.FAN_OUT_OF_GROUP),
                        List.of("relu"))
                .append("relu6", "stem", new Relu6(), List.of("conv2"))
                .append("maxpool", "stem", new MaxPool2d(3, 2, 1), List.of("relu6"))
                .append("squeeze", "gate", new Squeeze(), List.of("maxpool"))
                .append("fc1", "gate", new Conv2d(8, 2, 1, 1, 0, 1, 1, true, ConvInit.FAN_IN), List.of("squeeze"))
                .append("silu", "gate", new Silu(), List.of("fc1"))
                .append("fc2", "gate", new Conv2d(2, 8, 1, 1, 0, 1, 1, true, ConvInit.NARROW), List.of("silu"))
                .append("sigmoid", "gate", new Sigmoid(), List.of("fc2"))
                .append("scaled", "gate", new Multiply(), List.of("maxpool", "sigmoid"))
                .append("hardsigmoid", "gate", new Hardsigmoid(), List.of("scaled"))
                .append("hardswish", "gate", new Hardswish(), List.of("hardsigmoid"))
                .append("last", "mlp", new ChannelsLast(), List.of("hardswish"))
                .append("norm", "mlp", new LayerNorm(8, 1e-6), List.of("last"))
                .append("linear", "mlp", new Linear(8, 8, 0.03), List.of("norm"))
                .append("gelu", "mlp", new Gelu(), List.of("linear"))
                .append("gamma", "mlp", new LayerScale(8, 0.5), List.of("gelu"))
                .append("first", "mlp", new ChannelsFirst(), List.of("gamma"))
                .append("sum", "mlp", new Add(), List.of("first", "scaled"))
                .append("cls_token", "tokens", new ClassToken(8), List.of("sum"))
                .append("pos_embed", "tokens", new PositionEmbedding(8, 3), List.of("sum", "cls_token"))
                .append("qkv", "tokens", new Linear(8, 24, 0.02), List.of("pos_embed"))
                .append("attention", "tokens", new Attention(8, 2), List.of("qkv"))
                .append("token", "tokens", new FirstToken(), List.of("attention"))
                .append("pool", "pool", new GlobalAveragePool(), List.of("sum"))
                .append("features", "pool", new Add(), List.of("token", "pool"))
                .build();
    }
}
