package io.github.multilabel.benchmarks;

import ai.djl.Device;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.onnx.engine.OnnxEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Images per second of a backbone with three heads that predicts, beside PyTorch and others; without decoding. */
@Command(name = "InferenceSpeed", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class InferenceSpeed implements Callable<Integer> {

    @Option(
            names = "--python",
            description = "an interpreter with torch 2.7.1, torchvision and timm; without it no peer")
    private @Nullable String python;

    @Option(names = "--backbone", description = "of docs/backbones.md")
    private String backbone = "resnet34";

    @Option(names = "--size", defaultValue = "224", description = "pixels")
    private int size;

    @Option(names = "--batch", split = ",", description = "images a call, one table for each")
    private List<Integer> batches = List.of(1, 16);

    @Option(
            names = "--peers",
            split = ",",
            description =
                    "what runs in Python: float32, channels-last, bfloat16 (left out where the CPU lacks it), frozen,"
                            + " compiled (needs a C++ compiler), onnxruntime (needs onnx and onnxruntime), openvino (needs"
                            + " onnx and openvino)")
    private List<String> peers = List.of("float32", "channels-last", "bfloat16");

    @Option(names = "--rounds", defaultValue = "5", description = "after one of warm-up")
    private int rounds;

    @Option(names = "--images", defaultValue = "64", description = "of each contender a round")
    private int images;

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new InferenceSpeed()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        boolean half = Precision.AUTO.resolve(Device.cpu()) == Precision.BFLOAT16;
        try (PyTorchPeer peer = python == null ? null : new PyTorchPeer(python)) {
            for (int batch : batches) {
                List<Contender> contenders = new ArrayList<>();
                if (peer != null) {
                    peers.stream()
                            .filter(variant -> half || !variant.equals("bfloat16"))
                            .forEach(variant ->
                                    contenders.add(peer.contender("predict", backbone, variant, size, batch)));
                }
                SyntheticWork work = SyntheticWork.cars(size, batch);
                contenders.add(PredictionSteps.library(
                        "this library float32", Backbones.byName(backbone), work, Precision.FLOAT32));
                if (half) {
                    contenders.add(PredictionSteps.library(
                            "this library bfloat16", Backbones.byName(backbone), work, Precision.BFLOAT16));
                }
                addEngines(contenders, work, half);
                System.out.println("batch " + batch);
                Rounds.run(contenders, batch, rounds, Math.max(1, images / batch));
                contenders.forEach(Contender::close);
            }
        }
        return 0;
    }

    /** Those on the class path, with the network as a file. */
    private void addEngines(List<Contender> contenders, SyntheticWork work, boolean half) throws IOException {
        Path folder = Files.createTempDirectory("engines");
        try {
            Path file = PredictionSteps.export(Backbones.byName(backbone), work, folder);
            for (OnnxEngine engine : OnnxEngine.onClassPath()) {
                if (engine.problem().isPresent()) {
                    System.out.println("left out: " + engine.problem().get());
                    continue;
                }
                contenders.add(PredictionSteps.exported(engine, file, work, Precision.FLOAT32));
                if (half && engine.name().equals("openvino")) {
                    contenders.add(PredictionSteps.exported(engine, file, work, Precision.BFLOAT16));
                }
            }
        } finally {
            deleteLater(folder);
        }
    }

    /** Engines may read weights while they compute. */
    private static void deleteLater(Path folder) {
        folder.toFile().deleteOnExit();
        folder.resolve("model.onnx").toFile().deleteOnExit();
    }
}
