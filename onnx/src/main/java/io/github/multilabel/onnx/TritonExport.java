package io.github.multilabel.onnx;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.OwnFolder;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.export.ExportOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a trained model as a folder of a model repository, which NVIDIA's Triton Inference Server reads as it is, and
 * KServe through it: {@code config.pbtxt}, {@code 1/model.onnx}, and the categories of each head, one a line. Images go
 * in as pixels, (N, H, W, 3) uint8, and probabilities come out, unless told otherwise.
 *
 * <pre>{@code
 * TritonExport.of(model).write(Path.of("repository/cars")); // tritonserver --model-repository=repository
 * }</pre>
 *
 * <p>The format is that of <a
 * href="https://github.com/triton-inference-server/common/blob/main/protobuf/model_config.proto">model_config.proto</a>.
 * One thread at a time; the model must not be trained meanwhile.
 */
public final class TritonExport {

    private static final String CONFIG = "config.pbtxt";
    private static final String VERSION = "1";
    private static final String FILE = "model.onnx";
    private static final String LABELS = ".txt";

    private final MultiLabelModel model;
    private OnnxInput input = OnnxInput.UINT8;
    private ExportOutput output = ExportOutput.PROBABILITIES;
    private int batchSize = 16;

    private TritonExport(MultiLabelModel model) {
        this.model = model;
    }

    /** Starts an export of a model as it is when it is written. */
    public static TritonExport of(MultiLabelModel model) {
        return new TritonExport(Given.require(model, "model", "e.g. MultiLabelModel.load(folder)"));
    }

    /** Sets what it is given; {@code UINT8} by default. */
    public TritonExport optInput(OnnxInput input) {
        this.input = Given.require(input, "input", "one of " + List.of(OnnxInput.values()));
        return this;
    }

    /** Sets what it gives; {@code PROBABILITIES} by default. */
    public TritonExport optOutput(ExportOutput output) {
        this.output = Given.require(output, "output", "one of " + List.of(ExportOutput.values()));
        return this;
    }

    /**
     * Sets how many images of several requests Triton computes at once; 16 by default.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public TritonExport optBatchSize(int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("optBatchSize(" + batchSize + "): at least 1");
        }
        this.batchSize = batchSize;
        return this;
    }

    /**
     * Writes the folder; its name is that of the model. An earlier one that this wrote is replaced when the new one is
     * complete.
     *
     * @param folder of the model within a repository; missing parent folders are made
     * @return what is known of the file of ONNX
     * @throws IllegalArgumentException if the name is none that Triton takes; or the backbone's layers are not known
     * @throws IllegalStateException if ONNX Runtime is missing, or the model is closed
     * @throws IOException if it cannot be written, the file does not answer as the model does, or the folder holds
     *     anything else
     */
    public ExportedModel write(Path folder) throws IOException {
        String name = nameOf(Given.require(folder, "folder", "e.g. Path.of(\"repository/cars\")"));
        OwnFolder.require(folder, "no model for Triton", TritonExport::isOwn);
        List<ExportedModel> written = new ArrayList<>();
        AtomicOutput.folder(folder, part -> {
            Path version = Files.createDirectories(part.resolve(VERSION));
            ExportedModel exported =
                    OnnxExport.of(model).optInput(input).optOutput(output).write(version.resolve(FILE));
            for (int i = 0; i < model.heads().size(); i++) {
                Files.write(
                        part.resolve(exported.outputs().get(i) + LABELS),
                        lines(model.heads().get(i)));
            }
            Files.writeString(part.resolve(CONFIG), config(name, exported.outputs()));
            written.add(exported);
        });
        ExportedModel exported = written.get(0);
        return new ExportedModel(
                folder.resolve(VERSION).resolve(FILE),
                exported.bytes(),
                exported.outputs(),
                exported.largestDifference(),
                exported.int8());
    }

    private static String nameOf(Path folder) {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        String name = last == null ? "" : last.toString();
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException("the name '" + Excerpt.of(name) + "' of the folder is that of the model:"
                    + " letters, digits, '.', '_' and '-', such as repository/cars");
        }
        return name;
    }

    /** A line each: a category cannot have several. */
    private static List<String> lines(Head head) {
        return head.categories().stream()
                .map(category -> category.replaceAll("\\R", " "))
                .toList();
    }

    private String config(String name, List<String> ofHeads) {
        List<String> outputs = new ArrayList<>(ofHeads);
        if (model.unusualThreshold().isPresent()) {
            outputs.add(OutputNames.distance(ofHeads));
        }
        ImageSize size = model.preprocessing().size();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                """
                name: "%s"
                backend: "onnxruntime"
                max_batch_size: %d
                input [
                  { name: "%s" data_type: %s dims: [ %s ] }
                ]
                output [
                """,
                name,
                batchSize,
                OnnxInput.NAME,
                input == OnnxInput.UINT8 ? "TYPE_UINT8" : "TYPE_FP32",
                input == OnnxInput.UINT8
                        ? size.height() + ", " + size.width() + ", " + Pixels.CHANNELS
                        : Pixels.CHANNELS + ", " + size.height() + ", " + size.width()));
        for (int i = 0; i < outputs.size(); i++) {
            boolean isHead = i < ofHeads.size();
            text.append(String.format(
                    Locale.ROOT,
                    "  { name: \"%s\" data_type: TYPE_FP32 dims: [ %d ]%s }%s%n",
                    outputs.get(i),
                    isHead ? model.heads().get(i).size() : 1,
                    isHead ? " label_filename: \"" + outputs.get(i) + LABELS + "\"" : "",
                    i + 1 < outputs.size() ? "," : ""));
        }
        return text.append("]\ndynamic_batching { max_queue_delay_microseconds: 2000 }\n")
                .toString()
                .replace(System.lineSeparator(), "\n");
    }

    private static boolean isOwn(List<String> names) {
        return names.contains(CONFIG)
                && names.stream()
                        .allMatch(each -> each.equals(CONFIG) || each.equals(VERSION) || each.endsWith(LABELS));
    }
}
