package io.github.multilabel.onnx;

import ai.djl.MalformedModelException;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.files.JsonFields;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.onnx.OnnxGraph;
import io.github.multilabel.model.ModelAnswers;
import io.github.multilabel.model.export.ExportOutput;
import io.github.multilabel.model.internal.HeadsJson;
import io.github.multilabel.model.internal.description.Answering;
import io.github.multilabel.model.internal.description.PreprocessingJson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What an exported model says of itself, as JSON in the property {@link #PROPERTY} of its metadata: all that is needed
 * to predict with the file alone. Nothing here needs PyTorch. What stands in quotes here is in files that people keep,
 * and stays.
 *
 * @param heads in the order of the outputs
 * @param outputs the name of the output of each head
 * @param preprocessing of every image
 * @param input what the file is given
 * @param output what the file gives
 * @param isMirrored whether the file averages over mirror images; it does so itself
 * @param answering how heads answer: the file computes the joint answers and the calibration itself; thresholds, sure
 *     answers and combinations are left to whoever reads its outputs
 * @param backbone the name of the backbone
 * @param version of this library, which wrote the file
 * @param weights the SHA-256 of the {@code weights.safetensors} of the model that was exported
 * @param int8 of a file in int8 the fraction of answers, 0 to 1, that are the same as in float32, of the head with the
 *     fewest; empty if the file is in float32
 */
record OnnxDescription(
        HeadSet heads,
        List<String> outputs,
        Preprocessing preprocessing,
        OnnxInput input,
        ExportOutput output,
        boolean isMirrored,
        Answering answering,
        String backbone,
        String version,
        String weights,
        OptionalDouble int8) {

    /** The key in the metadata of a file. */
    static final String PROPERTY = "multilabel";

    private static final String FORMAT = "multilabel-onnx";
    private static final int VERSION = 1;
    /** The first character that is not of ASCII. */
    private static final int FIRST_OF_OTHERS = 128;

    /** How whoever reads the outputs has to answer. */
    ModelAnswers answers() {
        return ModelAnswers.of(heads, answering.thresholds(), answering.sure(), answering.combinations())
                .withDistance(answering.unusual().isPresent());
    }

    /** @throws IllegalArgumentException if heads, outputs and answers do not fit each other */
    OnnxDescription {
        outputs = List.copyOf(outputs);
        if (outputs.size() != heads.size() || new HashSet<>(outputs).size() != outputs.size()) {
            throw new IllegalArgumentException("each head needs an output of its own name, got " + heads.size()
                    + " heads and outputs " + Excerpt.of(outputs));
        }
        answering = answering.forHeads(heads);
        if (!weights.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "'weights' is '" + Excerpt.of(weights) + "', not a SHA-256 of 64 hexadecimal digits");
        }
        if (!(int8.orElse(0) >= 0 && int8.orElse(0) <= 1)) {
            throw new IllegalArgumentException("the 'agreement' of 'int8' is " + int8.getAsDouble() + ", not 0 to 1");
        }
    }

    /** In one line of ASCII. */
    String toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("formatVersion", VERSION);
        JsonObject createdWith = new JsonObject();
        createdWith.addProperty("multilabel", version);
        json.add("createdWith", createdWith);
        HeadsJson.write(heads, json);
        for (int i = 0; i < heads.size(); i++) {
            json.getAsJsonArray("heads").get(i).getAsJsonObject().addProperty("output", outputs.get(i));
        }
        answering.write(json);
        json.add("preprocessing", PreprocessingJson.write(preprocessing));
        json.addProperty("input", OnnxInput.inFiles(input));
        json.addProperty("outputs", output.inFiles());
        json.addProperty("mirrored", isMirrored);
        json.addProperty("backbone", backbone);
        json.addProperty("weights", weights);
        int8.ifPresent(agreement -> {
            JsonObject same = new JsonObject();
            same.addProperty("agreement", agreement);
            json.add("int8", same);
        });
        return ascii(new GsonBuilder().disableHtmlEscaping().create().toJson(json));
    }

    /** ONNX Runtime for Java, among others, reads texts wrongly that have other characters than the first 65,536. */
    private static String ascii(String json) {
        StringBuilder text = new StringBuilder();
        json.chars()
                .forEach(character -> text.append(
                        character < FIRST_OF_OTHERS
                                ? String.valueOf((char) character)
                                : "\\u" + HexFormat.of().toHexDigits((char) character)));
        return text.toString();
    }

    /**
     * Reads what {@link #toJson} wrote, in this or an earlier release.
     *
     * @throws MalformedModelException if it is not a description, is of a version that this release does not read, or
     *     does not hold together; the message names the field
     */
    static OnnxDescription parse(String text) throws MalformedModelException {
        try {
            JsonFields json = JsonFields.parse(text);
            String format = json.text("format");
            if (!format.equals(FORMAT)) {
                throw new IllegalArgumentException("its format is '" + Excerpt.of(format) + "', not '" + FORMAT + "'");
            }
            int version = json.whole("formatVersion");
            if (version != VERSION) {
                throw new IllegalArgumentException("its format version is " + version + ", this release reads only "
                        + VERSION + "; use a newer release, or export the model again");
            }
            HeadSet heads = HeadsJson.read(json);
            return new OnnxDescription(
                    heads,
                    json.objects("heads").stream()
                            .map(head -> head.text("output"))
                            .toList(),
                    PreprocessingJson.read(json.object("preprocessing")),
                    json.oneOf("input", OnnxInput.values(), OnnxInput::inFiles),
                    json.oneOf("outputs", ExportOutput.values(), ExportOutput::inFiles),
                    json.truth("mirrored"),
                    Answering.read(json, heads),
                    json.text("backbone"),
                    json.object("createdWith").text("multilabel"),
                    json.text("weights"),
                    int8(json));
        } catch (IllegalArgumentException e) {
            throw new MalformedModelException(
                    "the description in the metadata of the file ('" + PROPERTY + "') cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }

    private static OptionalDouble int8(JsonFields json) {
        return json.has("int8") ? OptionalDouble.of(json.object("int8").number("agreement")) : OptionalDouble.empty();
    }

    /** The description of the same file in int8. */
    OnnxDescription inInt8(double agreement) {
        return withInt8(OptionalDouble.of(agreement));
    }

    /** The description of the same file in float32. */
    OnnxDescription inFloat32() {
        return withInt8(OptionalDouble.empty());
    }

    private OnnxDescription withInt8(OptionalDouble agreement) {
        return new OnnxDescription(
                heads,
                outputs,
                preprocessing,
                input,
                output,
                isMirrored,
                answering,
                backbone,
                version,
                weights,
                agreement);
    }

    /** Writes a graph as a sealed file that is so described. */
    void write(OnnxGraph graph, OutputStream out) throws IOException {
        Seal.write(out, content -> graph.write(content, PROPERTY, version, Map.of(PROPERTY, toJson())));
    }
}
