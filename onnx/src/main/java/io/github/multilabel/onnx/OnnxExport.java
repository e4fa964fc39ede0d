package io.github.multilabel.onnx;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.onnx.OnnxAttribute;
import io.github.multilabel.core.internal.onnx.OnnxGraph;
import io.github.multilabel.core.internal.onnx.OnnxType;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.LibraryVersion;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.export.ExportOutput;
import io.github.multilabel.model.internal.description.Answering;
import io.github.multilabel.onnx.engine.OrtEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Writes a trained model as a file of the format ONNX (opset 17), for ONNX Runtime, OpenVINO, Triton and others. It has
 * one input, {@code image}, for any number of images of the size of the model's preprocessing, and one output for each
 * head, named after it where the name is an identifier of letters A-Z and a-z, digits and underscores.
 *
 * <pre>{@code
 * ExportedModel exported = OnnxExport.of(model)
 *         .optInput(OnnxInput.UINT8)
 *         .optOutput(ExportOutput.PROBABILITIES)
 *         .write(Path.of("cars.onnx"));
 * }</pre>
 *
 * <p>The file answers as a predictor of the model in float32 does: over mirror images, joint and calibrated where the
 * model is. Thresholds, sure answers and combinations are not applied, but stand with heads, categories and
 * preprocessing as JSON in the property {@code multilabel} of its metadata.
 *
 * <p>One thread at a time; the model must not be trained meanwhile.
 */
public final class OnnxExport {

    /** The name of the axis of the batch. */
    static final String IMAGES = "N";

    private static final double WHITE = 255;
    /** The images that calibrate at least. */
    private static final int FEWEST = 20;
    /** And at most: more do not change ranges, and those that are held out stay in memory. */
    private static final int MOST = 500;

    private final MultiLabelModel model;
    private OnnxInput input = OnnxInput.FLOAT32;
    private ExportOutput output = ExportOutput.LOGITS;
    private Optional<List<ImageSource>> images = Optional.empty();
    private ImageDecoder decoder = ImageDecoder.strict();

    private OnnxExport(MultiLabelModel model) {
        this.model = model;
    }

    /** Starts an export of a model as it is when it is written: float32 images in, logits out. */
    public static OnnxExport of(MultiLabelModel model) {
        return new OnnxExport(Given.require(model, "model", "e.g. MultiLabelModel.load(folder)"));
    }

    /** Sets what the file is given; {@code FLOAT32} by default. */
    public OnnxExport optInput(OnnxInput input) {
        this.input = input;
        return this;
    }

    /** Sets what the file gives; {@code LOGITS} by default. */
    public OnnxExport optOutput(ExportOutput output) {
        this.output = output;
        return this;
    }

    /**
     * Lets the file compute convolutions and linear layers in int8 (QDQ, values as unsigned bytes), which takes a
     * quarter of the memory and, where engine and processor are made for it, a third of the time. The ranges of values
     * are found with images; every fifth is held out, and they choose among several ways by how near the answers are to
     * those in float32. Layers that change too many answers stay in float32. The result, {@link ExportedModel#int8},
     * says how often the answers are the same.
     *
     * @param images such as will be predicted, some hundred of the training images; at least 20, and of more than 500
     *     so many are taken, evenly
     */
    public OnnxExport optInt8(List<ImageSource> images) {
        this.images = Optional.of(List.copyOf(Given.require(images, "images", "some hundred images for calibration")));
        return this;
    }

    /** Sets how the images of {@link #optInt8} are decoded; {@link ImageDecoder#strict()} by default. */
    public OnnxExport optDecoder(ImageDecoder decoder) {
        this.decoder = decoder;
        return this;
    }

    /**
     * Writes the file, runs it with ONNX Runtime and compares its answers with the model's. An earlier file of the name
     * is replaced when the new one agrees; otherwise it stays.
     *
     * @param file missing parent folders are made
     * @throws IllegalArgumentException if an option is null, or calibration images are too few; or the backbone is a
     *     DJL block of the application's own or TorchScript, whose layers are not known; or the file would have 2 GiB
     *     or more
     * @throws IllegalStateException if ONNX Runtime is missing or cannot be loaded, the message says what to do; or the
     *     model is closed
     * @throws IOException if the file cannot be written, or does not answer as the model does; of a file in int8 if a
     *     head gives fewer than four fifths of the answers that it gives in float32, or an image cannot be read
     */
    public ExportedModel write(Path file) throws IOException {
        Given.require(file, "file", "the file to write, e.g. Path.of(\"model.onnx\")");
        new Problems("export to ONNX")
                .requireGiven("optInput", input, "one of " + Arrays.toString(OnnxInput.values()))
                .requireGiven("optOutput", output, "one of " + Arrays.toString(ExportOutput.values()))
                .requireGiven("optDecoder", decoder, "e.g. ImageDecoder.strict()")
                .require(
                        images.isEmpty() || images.get().size() >= FEWEST,
                        "optInt8",
                        images.map(given -> given.size() + " images").orElse(""),
                        "at least " + FEWEST + ", better some hundred, such as will be predicted: they calibrate the"
                                + " ranges of values, and every fifth judges them")
                .throwIfAny();
        new OrtEngine().requireUsable(); // before the work
        try (NDManager weights = TorchEngine.newManager(model.manager().getDevice())) {
            OnnxDescription description = describe();
            OnnxGraph graph = graph(description, weights);
            return images.isPresent()
                    ? new Int8Export(model, graph, description, decoder).write(file, evenly(images.get()))
                    : inFloat32(graph, description, file);
        }
    }

    private ExportedModel inFloat32(OnnxGraph graph, OnnxDescription description, Path file) throws IOException {
        List<Agreement> checked = new ArrayList<>();
        AtomicOutput.file(
                file,
                out -> description.write(graph, out),
                complete ->
                        checked.add(Agreement.of(complete, model, description).required()));
        return new ExportedModel(
                file, Files.size(file), description.outputs(), checked.get(0).relative(), Optional.empty());
    }

    private static List<ImageSource> evenly(List<ImageSource> all) {
        int count = Math.min(all.size(), MOST);
        return IntStream.range(0, count)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
                .toList();
    }

    private OnnxDescription describe() {
        return new OnnxDescription(
                model.heads(),
                OutputNames.of(model.heads().names()),
                model.preprocessing(),
                input,
                output,
                model.isTestTimeFlip(),
                new Answering(
                        model.jointDecoding(),
                        model.calibration(),
                        model.thresholds(),
                        model.sureAnswers(),
                        model.combinations(),
                        model.answerReference(),
                        model.unusualThreshold()),
                model.backboneName(),
                LibraryVersion.get(),
                model.weightsChecksum(),
                OptionalDouble.empty());
    }

    private OnnxGraph graph(OnnxDescription description, NDManager weights) {
        OnnxGraph graph = new OnnxGraph(description.backbone());
        String image = image(graph, description);
        if (description.isMirrored()) {
            image = AnswerGraph.withMirrorImages(graph, image);
        }
        AnswerGraph answers = new AnswerGraph(graph, description.heads(), model.addTo(graph, image, weights));
        if (description.isMirrored()) {
            answers.averageMirrorImages();
        }
        description.answering().joint().forEach(answers::answerTogether);
        description.answering().calibration().forEach(answers::calibrate);
        answers.output(description.output(), description.outputs());
        return graph;
    }

    /** The name of the normalised images (N, 3, H, W). */
    private static String image(OnnxGraph graph, OnnxDescription description) {
        ImageSize size = description.preprocessing().size();
        return switch (description.input()) {
            case FLOAT32 -> {
                graph.input(OnnxInput.NAME, OnnxType.FLOAT32, IMAGES, Pixels.CHANNELS, size.height(), size.width());
                yield OnnxInput.NAME;
            }
            case UINT8 -> {
                graph.input(OnnxInput.NAME, OnnxType.UINT8, IMAGES, size.height(), size.width(), Pixels.CHANNELS);
                yield normalised(graph, description.preprocessing());
            }
        };
    }

    /** As {@code Normalizer} computes it. */
    private static String normalised(OnnxGraph graph, Preprocessing preprocessing) {
        graph.within("normalise");
        String floats = graph.node("Cast", List.of(OnnxInput.NAME), OnnxAttribute.of("to", OnnxType.FLOAT32.number()));
        String maps = graph.node("Transpose", List.of(floats), OnnxAttribute.ofAll("perm", 0, 3, 1, 2));
        String centred = graph.node("Sub", List.of(maps, channels(graph, preprocessing.mean())));
        return graph.node("Div", List.of(centred, channels(graph, preprocessing.std())));
    }

    private static String channels(OnnxGraph graph, List<Double> values) {
        float[] scaled = new float[values.size()];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (values.get(i) * WHITE);
        }
        return graph.floats(scaled, 1, scaled.length, 1, 1);
    }
}
