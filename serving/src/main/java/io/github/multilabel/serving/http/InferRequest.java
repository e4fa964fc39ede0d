package io.github.multilabel.serving.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.multilabel.core.image.ImageSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request of the Open Inference Protocol: images as the elements of one tensor of type BYTES, in base64 within the
 * JSON or, by the extension for binary tensors, behind it.
 *
 * @param id that the caller gave
 * @param images at least one
 * @param outputs that are asked for; empty for all
 * @param isBinary whether outputs are wanted behind the JSON where they do not say
 */
record InferRequest(Optional<String> id, List<ImageSource> images, List<Output> outputs, boolean isBinary) {

    /** The one input that models have. */
    static final String INPUT = "image";

    private static final String BINARY_SIZE = "binary_data_size";

    /** An output that is asked for. */
    record Output(String name, boolean isBinary) {}

    /**
     * Reads a request.
     *
     * @param jsonLength the length of the JSON at the beginning; empty if it is all of the body
     * @throws Refusal if it is not one
     */
    static InferRequest read(byte[] body, OptionalInt jsonLength) {
        int length = jsonLength.orElse(body.length);
        if (length < 0 || length > body.length) {
            throw bad("Inference-Header-Content-Length is " + length + ", and the body has " + body.length + " bytes");
        }
        JsonObject json = parse(new String(body, 0, length, StandardCharsets.UTF_8));
        try {
            boolean isBinary = flag(json, "binary_data_output");
            List<Output> outputs = new ArrayList<>();
            for (JsonElement each : array(json, "outputs")) {
                JsonObject output = each.getAsJsonObject();
                outputs.add(new Output(
                        text(output, "name").orElseThrow(() -> bad("an output has no name")),
                        isBinary || flag(output, "binary_data")));
            }
            return new InferRequest(
                    text(json, "id"), images(json, Arrays.copyOfRange(body, length, body.length)), outputs, isBinary);
        } catch (IllegalStateException | ClassCastException | UnsupportedOperationException | NumberFormatException e) {
            throw bad("the JSON is not a request of the Open Inference Protocol");
        }
    }

    private static JsonObject parse(String text) {
        try {
            JsonElement json = JsonParser.parseString(text);
            if (json.isJsonObject()) {
                return json.getAsJsonObject();
            }
        } catch (JsonParseException | StackOverflowError e) { // told below
        }
        throw bad("the body is not an object of JSON");
    }

    private static List<ImageSource> images(JsonObject json, byte[] behind) {
        JsonArray inputs = array(json, "inputs");
        if (inputs.size() != 1) {
            throw bad("there are " + inputs.size() + " inputs; this model has one, '" + INPUT + "'");
        }
        JsonObject input = inputs.get(0).getAsJsonObject();
        if (!text(input, "name").equals(Optional.of(INPUT))) {
            throw bad(
                    "the input is named " + text(input, "name").orElse("nothing") + "; this model has '" + INPUT + "'");
        }
        if (!text(input, "datatype").equals(Optional.of("BYTES"))) {
            throw bad("the input has the type " + text(input, "datatype").orElse("nothing")
                    + "; send encoded images, such as JPEG files, as BYTES");
        }
        List<byte[]> elements = binarySize(input)
                .map(size -> fromBinary(behind, size))
                .orElseGet(() -> fromBase64(array(input, "data")));
        requireShape(array(input, "shape"), elements.size());
        List<ImageSource> images = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            images.add(ImageSource.of("image " + i, elements.get(i)));
        }
        return images;
    }

    private static Optional<Integer> binarySize(JsonObject input) {
        return Optional.ofNullable(input.getAsJsonObject("parameters"))
                .map(parameters -> parameters.get(BINARY_SIZE))
                .map(JsonElement::getAsInt);
    }

    /** Each element stands behind its length in 4 bytes, the lowest first. */
    private static List<byte[]> fromBinary(byte[] behind, int size) {
        if (size != behind.length) {
            throw bad(BINARY_SIZE + " is " + size + ", and " + behind.length + " bytes are behind the JSON");
        }
        ByteBuffer buffer = ByteBuffer.wrap(behind).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> elements = new ArrayList<>();
        while (buffer.hasRemaining()) {
            int length = buffer.remaining() >= Integer.BYTES ? buffer.getInt() : -1;
            if (length < 0 || length > buffer.remaining()) {
                throw bad("the bytes behind the JSON are not elements of type BYTES, each behind its length");
            }
            byte[] element = new byte[length];
            buffer.get(element);
            elements.add(element);
        }
        return elements;
    }

    private static List<byte[]> fromBase64(JsonArray data) {
        List<byte[]> elements = new ArrayList<>();
        for (JsonElement each : data) {
            if (each.isJsonArray()) { // of shape (N, 1)
                elements.addAll(fromBase64(each.getAsJsonArray()));
                continue;
            }
            try {
                elements.add(Base64.getMimeDecoder().decode(each.getAsString()));
            } catch (IllegalArgumentException e) {
                throw bad("the data are not images in base64");
            }
        }
        return elements;
    }

    private static void requireShape(JsonArray shape, int elements) {
        long product = 1;
        for (JsonElement each : shape) {
            product *= each.getAsLong();
        }
        if (shape.isEmpty() || product != elements) {
            throw bad("the shape is " + shape + ", and there are " + elements + " elements");
        }
    }

    private static boolean flag(JsonObject json, String name) {
        return Optional.ofNullable(json.getAsJsonObject("parameters"))
                .map(parameters -> parameters.get(name))
                .map(JsonElement::getAsBoolean)
                .orElse(false);
    }

    private static Optional<String> text(JsonObject json, String name) {
        return Optional.ofNullable(json.get(name)).map(JsonElement::getAsString);
    }

    private static JsonArray array(JsonObject json, String name) {
        return Optional.ofNullable(json.getAsJsonArray(name)).orElseGet(JsonArray::new);
    }

    private static Refusal bad(String message) {
        return new Refusal(Refusal.BAD_REQUEST, message);
    }
}
