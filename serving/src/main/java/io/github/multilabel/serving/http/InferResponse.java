package io.github.multilabel.serving.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.core.Head;
import io.github.multilabel.model.prediction.CategoryProbability;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.serving.ModelInfo;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Answers in the Open Inference Protocol. Each head has two outputs: under its name the answer, BYTES of shape (N),
 * which is a category, empty if the answer is "unknown", or the tags with commas between them; and under
 * {@code NAME.probabilities} those of all categories, FP32 of shape (N, K).
 */
final class InferResponse {

    private static final String PROBABILITIES = ".probabilities";

    private final ModelInfo info;
    private final InferRequest request;
    private final List<Prediction> predictions;

    InferResponse(ModelInfo info, InferRequest request, List<Prediction> predictions) {
        this.info = info;
        this.request = request;
        this.predictions = predictions;
    }

    /** The outputs of a model, for its metadata; -1 stands for any number of images. */
    static JsonArray outputs(ModelInfo info) {
        JsonArray outputs = new JsonArray();
        for (Head head : info.heads()) {
            outputs.add(tensor(head.name(), "BYTES", -1));
            outputs.add(tensor(head.name() + PROBABILITIES, "FP32", -1, head.size()));
        }
        return outputs;
    }

    static JsonObject tensor(String name, String type, long... shape) {
        JsonArray dimensions = new JsonArray();
        for (long each : shape) {
            dimensions.add(each);
        }
        JsonObject tensor = new JsonObject();
        tensor.addProperty("name", name);
        tensor.addProperty("datatype", type);
        tensor.add("shape", dimensions);
        return tensor;
    }

    Answer answer() {
        JsonArray outputs = new JsonArray();
        ByteArrayOutputStream behind = new ByteArrayOutputStream();
        for (InferRequest.Output asked : asked()) {
            outputs.add(output(asked, behind));
        }
        JsonObject json = new JsonObject();
        json.addProperty("model_name", info.name());
        json.addProperty("model_version", info.version());
        request.id().ifPresent(id -> json.addProperty("id", id));
        json.add("outputs", outputs);
        if (behind.size() == 0) {
            return Answer.json(json);
        }
        byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = ByteBuffer.allocate(text.length + behind.size());
        body.put(text).put(behind.toByteArray());
        return new Answer(
                200,
                "application/octet-stream",
                body.array(),
                Map.of("Inference-Header-Content-Length", String.valueOf(text.length)));
    }

    private List<InferRequest.Output> asked() {
        if (!request.outputs().isEmpty()) {
            return request.outputs();
        }
        List<InferRequest.Output> all = new ArrayList<>();
        outputs(info)
                .forEach(each -> all.add(new InferRequest.Output(
                        each.getAsJsonObject().get("name").getAsString(), request.isBinary())));
        return all;
    }

    private JsonObject output(InferRequest.Output asked, ByteArrayOutputStream behind) {
        for (Head head : info.heads()) { // a head may be named as another's probabilities: heads come first
            if (asked.name().equals(head.name())) {
                return answers(head, asked.isBinary(), behind);
            }
        }
        for (Head head : info.heads()) {
            if (asked.name().equals(head.name() + PROBABILITIES)) {
                return probabilities(head, asked.isBinary(), behind);
            }
        }
        throw new Refusal(
                Refusal.BAD_REQUEST,
                "there is no output '" + asked.name() + "'; each head of "
                        + info.heads().names() + " has one of its name, and one with '" + PROBABILITIES
                        + "' behind it");
    }

    private JsonObject answers(Head head, boolean isBinary, ByteArrayOutputStream behind) {
        List<String> answers = predictions.stream()
                .map(prediction -> prediction.head(head.name()))
                .map(each -> each.predicted().stream()
                        .map(CategoryProbability::category)
                        .collect(Collectors.joining(",")))
                .toList();
        JsonObject output = tensor(head.name(), "BYTES", predictions.size());
        if (isBinary) {
            int before = behind.size();
            for (String answer : answers) {
                byte[] text = answer.getBytes(StandardCharsets.UTF_8);
                behind.writeBytes(buffer(Integer.BYTES).putInt(text.length).array());
                behind.writeBytes(text);
            }
            addSize(output, behind.size() - before);
        } else {
            JsonArray data = new JsonArray();
            answers.forEach(data::add);
            output.add("data", data);
        }
        return output;
    }

    private JsonObject probabilities(Head head, boolean isBinary, ByteArrayOutputStream behind) {
        JsonObject output = tensor(head.name() + PROBABILITIES, "FP32", predictions.size(), head.size());
        JsonArray data = new JsonArray();
        ByteBuffer buffer = buffer(predictions.size() * head.size() * Float.BYTES);
        for (Prediction prediction : predictions) {
            HeadPrediction answer = prediction.head(head.name());
            for (CategoryProbability each : answer.probabilities()) {
                float value = (float) each.probability();
                data.add(value);
                buffer.putFloat(value);
            }
        }
        if (isBinary) {
            behind.writeBytes(buffer.array());
            addSize(output, buffer.capacity());
        } else {
            output.add("data", data);
        }
        return output;
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void addSize(JsonObject output, int bytes) {
        JsonObject parameters = new JsonObject();
        parameters.addProperty("binary_data_size", bytes);
        output.add("parameters", parameters);
    }
}
