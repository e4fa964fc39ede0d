package io.github.multilabel.model.export;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.internal.InferenceProgram;
import io.github.multilabel.model.weights.Safetensors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Models of every backbone, exported, with images and the logits that the library gives, for {@code exports.py} of the
 * test resources to compare in Python.
 */
final class ExportSamples {

    private static final int BATCH = 2;

    private ExportSamples() {}

    /** @param arguments the folder to write, and perhaps the names of some backbones */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        List<String> wanted = List.of(arguments).subList(1, arguments.length);
        for (String name : wanted.isEmpty() ? Backbones.names() : wanted) {
            Backbone backbone = Backbones.byName(name);
            int size = name.contains("dinov2") ? 56 : 64;
            MultiLabelModel begun = SmallModels.of(
                    backbone.withPreprocessing(backbone.preprocessing().withSize(size)));
            enliven(begun);
            try (MultiLabelModel model = SmallModels.answering(begun)) {
                System.out.println(write(model, folder.resolve(name), size));
            }
        }
    }

    /**
     * As networks begin, images hardly change the logits of some; with these weights they do, in all. MobileNet's norms
     * shift as {@code backbones.py} has it, or rounding alone would change its logits by a thousandth.
     */
    private static void enliven(MultiLabelModel model) {
        boolean isShifted = model.backboneName().startsWith("mobilenet");
        model.block().parametersByName().forEach((name, parameter) -> {
            Shape shape = parameter.getShape();
            double most = Math.sqrt(6.0 * shape.get(0) / shape.size());
            if (shape.dimension() == 4) { // a convolution's: the variance stays about what it was
                fill(model, parameter, -most, most);
            } else if (name.endsWith(".gamma")) { // of a layer scale
                fill(model, parameter, -0.5, 0.5);
            } else if (isShifted && parameter.getType() == Parameter.Type.BETA) {
                fill(model, parameter, 0.9, 1.1);
            } else if (isShifted && parameter.getType() == Parameter.Type.GAMMA) {
                fill(model, parameter, 0.75, 0.85);
            }
        });
    }

    private static void fill(MultiLabelModel model, Parameter parameter, double least, double most) {
        try (NDArray values = model.manager().randomUniform((float) least, (float) most, parameter.getShape())) {
            parameter.getArray().set(values.toByteBuffer());
        }
    }

    private static ExportedModel write(MultiLabelModel model, Path folder, int size) throws IOException {
        ExportedModel exported = TorchScriptExport.of(model).write(folder.resolve("model.pt"));
        if (TimmExport.backbones().contains(model.backboneName())) {
            TimmExport.of(model).write(folder.resolve("timm"));
        }
        Random random = new Random(7);
        float[] values = new float[BATCH * 3 * size * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                InferenceProgram program = model.newInference(Precision.FLOAT32, model.isTestTimeFlip());
                OutputStream out = Files.newOutputStream(folder.resolve("expected.safetensors"))) {
            NDArray images = manager.create(values, new Shape(BATCH, 3, size, size));
            NDList logits = program.logits(manager, images);
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            arrays.put("images", images);
            logits.forEach(head -> arrays.put("logits." + head.getName(), head));
            Safetensors.write(out, arrays, Map.of());
        }
        return exported;
    }
}
