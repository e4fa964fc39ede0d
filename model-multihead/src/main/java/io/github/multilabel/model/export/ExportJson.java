package io.github.multilabel.model.export;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.github.multilabel.model.LibraryVersion;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.internal.HeadsJson;
import io.github.multilabel.model.internal.description.Answering;
import io.github.multilabel.model.internal.description.PreprocessingJson;
import java.util.Optional;

/**
 * What an exported model says of itself: all that is needed to predict with it. What stands in quotes here is in files
 * that people keep, and stays.
 */
final class ExportJson {

    private static final int VERSION = 1;

    private ExportJson() {}

    /** With heads, answers and preprocessing. */
    static JsonObject of(MultiLabelModel model, String format) {
        JsonObject json = new JsonObject();
        json.addProperty("format", format);
        json.addProperty("formatVersion", VERSION);
        JsonObject createdWith = new JsonObject();
        createdWith.addProperty("multilabel", LibraryVersion.get());
        json.add("createdWith", createdWith);
        HeadsJson.write(model.heads(), json);
        new Answering(
                        model.jointDecoding(),
                        model.calibration(),
                        model.thresholds(),
                        model.sureAnswers(),
                        model.combinations(),
                        model.answerReference(),
                        Optional.empty()) // these files do not give the distance
                .write(json);
        json.add("preprocessing", PreprocessingJson.write(model.preprocessing()));
        json.addProperty("mirrored", model.isTestTimeFlip());
        json.addProperty("backbone", model.backboneName());
        json.addProperty("weights", model.weightsChecksum());
        return json;
    }

    /** For people too. */
    static String text(JsonObject json) {
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(json)
                + "\n";
    }
}
