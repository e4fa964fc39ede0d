package io.github.multilabel.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.internal.InferenceProgram;
import io.github.multilabel.model.weights.Safetensors;
import io.github.multilabel.onnx.OnnxExport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Writes each backbone with three heads as an ONNX file, and beside it images and the logits of this library, for
 * {@code onnx_peer.py} to compare with those of ONNX Runtime and OpenVINO in Python.
 */
@Command(name = "ExportedBackbones", mixinStandardHelpOptions = true)
public final class ExportedBackbones implements Callable<Integer> {

    private static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("brand", "Audi", "BMW", "Fiat"),
            Head.singleLabel("year", "2010", "2011"),
            Head.multiLabel("tags", "open", "rusty"));
    private static final List<Integer> BATCHES = List.of(1, 2, 7);
    private static final int PASS = 6;

    @Parameters(index = "0", paramLabel = "FOLDER", description = "where the files are written")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Option(names = "--backbone", split = ",", description = "their names (default: all)")
    private List<String> backbones = List.copyOf(Backbones.names());

    @Option(names = "--size", description = "the side of the images (default: ${DEFAULT-VALUE})")
    private int size = 112;

    @Option(
            names = "--passes",
            description =
                    "how many batches the running statistics are of; where they change by a hundredth each time, a"
                            + " few leave logits that hardly vary (default: ${DEFAULT-VALUE})")
    private int passes = 12;

    /** Writes the files. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ExportedBackbones()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        for (String backbone : backbones) {
            try (MultiLabelModel model = MultiLabelModel.create(
                    Backbones.byName(backbone), HEADS, Preprocessing.imageNet(size), Device.cpu(), 1)) {
                warmUp(model);
                System.out.println(OnnxExport.of(model).write(folder.resolve(backbone + ".onnx")));
                writeLogits(model, folder.resolve(backbone + ".safetensors"));
            }
        }
        return 0;
    }

    /** Gives it random scales and running statistics of random images; with those of the start, logits hardly vary. */
    private void warmUp(MultiLabelModel model) {
        for (Parameter parameter : model.block().parametersByName().values()) {
            if (parameter.getType() == Parameter.Type.GAMMA) {
                try (NDArray scales = model.manager().randomUniform(0.6f, 1.4f, parameter.getShape())) {
                    parameter.getArray().set(scales.toByteBuffer());
                }
            }
        }
        for (int pass = 0; pass < passes; pass++) {
            try (NDManager step = model.manager().newSubManager();
                    NoGradients off = NoGradients.onThisThread()) {
                NDArray images = step.randomNormal(new Shape(PASS, 3, size, size));
                var unused = model.block().forward(new ParameterStore(step, false), new NDList(images), true);
            }
        }
    }

    private void writeLogits(MultiLabelModel model, Path file) throws IOException {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                InferenceProgram program = model.newInference(Precision.FLOAT32, false);
                OutputStream out = Files.newOutputStream(file)) {
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            for (int batch : BATCHES) {
                NDArray images = manager.randomNormal(new Shape(batch, 3, size, size));
                NDList logits = program.logits(manager, images);
                arrays.put(batch + ".image", images);
                for (int i = 0; i < HEADS.size(); i++) {
                    arrays.put(batch + "." + HEADS.get(i).name(), logits.get(i));
                }
            }
            Safetensors.write(out, arrays, Map.of());
        }
    }
}
