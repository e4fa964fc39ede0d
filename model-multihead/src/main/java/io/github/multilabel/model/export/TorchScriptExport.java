package io.github.multilabel.model.export;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.heads.JointDecoding;
import io.github.multilabel.model.internal.CalibrationStep;
import io.github.multilabel.model.internal.JointStep;
import io.github.multilabel.model.internal.NetworkScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a trained model as one TorchScript file, weights and all, for PyTorch in Python ({@code torch.jit.load}),
 * LibTorch, and DJL without this library. The file takes images (N, 3, H, W) float32, normalised as the model's
 * preprocessing says, for any N, and gives a list of one tensor (N, K) float32 for each head, in the order of the
 * heads; in DJL that is an {@code NDList}. Its method {@code named} gives the same by the names of the heads, as a
 * {@code Dict[str, Tensor]}, which keeps their order too; DJL cannot call it.
 *
 * <pre>{@code
 * ExportedModel exported = TorchScriptExport.of(model)
 *         .optOutput(ExportOutput.PROBABILITIES)
 *         .write(Path.of("cars.pt"));
 * }</pre>
 *
 * <p>The file answers as a predictor of the model in float32 does: over mirror images, joint and calibrated where the
 * model is. Thresholds, sure answers and combinations are not applied, but stand with heads, categories and
 * preprocessing as JSON in the extra file {@code multilabel.json} of the archive. PyTorch calls TorchScript deprecated
 * since 2.11; it still loads it.
 *
 * <p>One thread at a time; the model must not be trained meanwhile.
 */
public final class TorchScriptExport {

    private static final String FORMAT = "multilabel-torchscript";

    private final MultiLabelModel model;
    private ExportOutput output = ExportOutput.LOGITS;

    private TorchScriptExport(MultiLabelModel model) {
        this.model = model;
    }

    /** Starts an export of a model as it is when it is written: logits out. */
    public static TorchScriptExport of(MultiLabelModel model) {
        return new TorchScriptExport(Given.require(model, "model", "e.g. MultiLabelModel.load(folder)"));
    }

    /** Sets what the file gives; {@code LOGITS} by default. */
    public TorchScriptExport optOutput(ExportOutput output) {
        this.output = output;
        return this;
    }

    /**
     * Writes the file, loads it and compares its answers with the model's. An earlier file of the name is replaced when
     * the new one agrees; otherwise it stays.
     *
     * @param file missing parent folders are made
     * @throws IllegalArgumentException if the option is null; or the backbone is a DJL block of the application's own
     *     or TorchScript, whose layers are not known
     * @throws IllegalStateException if the file does not answer as the model does, or the model is closed
     * @throws IOException if the file cannot be written
     */
    public ExportedModel write(Path file) throws IOException {
        Given.require(file, "file", "the file to write, e.g. Path.of(\"model.pt\")");
        new Problems("export to TorchScript")
                .requireGiven("optOutput", output, "one of " + Arrays.toString(ExportOutput.values()))
                .throwIfAny();
        JsonObject description = ExportJson.of(model, FORMAT);
        description.addProperty("outputs", output.inFiles());
        AtomicReference<Double> difference = new AtomicReference<>();
        try (NDManager arrays = TorchEngine.newManager(model.manager().getDevice())) {
            ScriptModule module = module(arrays);
            AtomicOutput.file(
                    file,
                    out -> module.write(out, ExportJson.text(description)),
                    complete -> difference.set(Agreement.require(complete, model, output)));
        }
        return new ExportedModel(
                file, Files.size(file), model.heads().names(), Objects.requireNonNull(difference.get()));
    }

    private ScriptModule module(NDManager arrays) {
        NetworkScript network = model.block()
                .script(arrays)
                .orElseThrow(() -> new IllegalArgumentException("a model can be exported whose backbone has layers that"
                        + " are described, such as Backbones.resnet34(); '" + model.backboneName()
                        + "' is a DJL block of the application's own, or TorchScript: export it with what made it"));
        ScriptModule module = new ScriptModule();
        StringBuilder text = new StringBuilder("def forward(self, image: Tensor) -> List[Tensor]:\n");
        String call = module.method("network", network.text());
        text.append("  weights = ").append(module.list(network.weights())).append('\n');
        text.append("  own = ").append(call).append("(image, weights)\n");
        HeadSet heads = model.heads();
        List<String> logits = new ArrayList<>(
                IntStream.range(0, heads.size()).mapToObj(i -> "own[" + i + "]").toList());
        if (model.isTestTimeFlip()) {
            text.append("  mirrored = ").append(call).append("(torch.flip(image, [3]), weights)\n");
            logits.replaceAll(own -> "torch.div(torch.add(" + own + ", " + own.replace("own", "mirrored") + "), 2)");
        }
        for (JointDecoding joint : model.jointDecoding()) {
            together(JointStep.of(arrays, heads, joint), module, text, logits);
        }
        if (!model.calibration().isEmpty()) {
            calibrated(CalibrationStep.of(arrays, heads, model.calibration()), module, text, logits);
        }
        List<String> answers = IntStream.range(0, heads.size())
                .mapToObj(i -> output.expression(heads.get(i), logits.get(i)))
                .toList();
        String forward = module.method("forward", text + "  return " + answers + "\n");
        module.method(
                "named", named(forward, heads.names().stream().map(module::text).toList()));
        return module;
    }

    private static String named(String forward, List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> names.get(i) + ": answers[" + i + "]")
                .collect(Collectors.joining(
                        ", ",
                        "def forward(self, image: Tensor) -> Dict[str, Tensor]:\n  answers = " + forward
                                + "(image)\n  return {",
                        "}\n"));
    }

    private static void together(JointStep step, ScriptModule module, StringBuilder text, List<String> logits) {
        String name = "joint" + step.fine();
        List<String> coarser = step.coarser().stream().map(logits::get).toList();
        text.append("  ").append(name).append(" = ").append(module.method("answer_" + name, step.text()));
        text.append('(')
                .append(logits.get(step.fine()))
                .append(", ")
                .append(coarser)
                .append(", ");
        text.append(module.list(step.parentOf()))
                .append(", ")
                .append(module.list(step.loose()))
                .append(", ");
        text.append(module.array(step.powers())).append(")\n");
        logits.set(step.fine(), name + "[0]");
        for (int i = 0; i < coarser.size(); i++) {
            logits.set(step.coarser().get(i), name + "[" + (i + 1) + "]");
        }
    }

    private static void calibrated(CalibrationStep step, ScriptModule module, StringBuilder text, List<String> logits) {
        List<String> some = step.positions().stream().map(logits::get).toList();
        text.append("  calibrated = ")
                .append(module.method("calibrate", step.text()))
                .append('(')
                .append(some);
        text.append(", ").append(module.list(step.factors())).append(", ").append(module.list(step.offsets()));
        text.append(")\n");
        for (int i = 0; i < some.size(); i++) {
            logits.set(step.positions().get(i), "calibrated[" + i + "]");
        }
    }
}
