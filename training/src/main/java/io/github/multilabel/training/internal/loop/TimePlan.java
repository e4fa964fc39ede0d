package io.github.multilabel.training.internal.loop;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What a training does with a limited time, and how long that should take. Checkpoints have it, so that a training
 * which goes on does not choose anew.
 *
 * @param epochs of each phase
 * @param isWhole whether the time is enough for all steps of these epochs, and none was leapt over
 * @param stepSeconds how long a step of each epoch takes; 0 where its features are kept
 * @param validationSeconds how long a validation takes
 */
record TimePlan(List<Integer> epochs, boolean isWhole, List<Double> stepSeconds, double validationSeconds) {

    private static final String EPOCHS = "epochs";
    private static final String WHOLE = "whole";
    private static final String STEP = "stepSeconds";
    private static final String VALIDATION = "validationSeconds";

    /** The same epochs, where the time is not enough for all of their steps. */
    TimePlan cutShort() {
        return new TimePlan(epochs, false, stepSeconds, validationSeconds);
    }

    void write(JsonObject json) {
        JsonArray ofPhases = new JsonArray();
        epochs.forEach(ofPhases::add);
        json.add(EPOCHS, ofPhases);
        json.addProperty(WHOLE, isWhole);
        JsonArray ofEpochs = new JsonArray();
        stepSeconds.forEach(ofEpochs::add);
        json.add(STEP, ofEpochs);
        json.addProperty(VALIDATION, validationSeconds);
    }

    static TimePlan read(JsonObject json) {
        List<Integer> epochs = new ArrayList<>();
        for (JsonElement number : json.getAsJsonArray(EPOCHS)) {
            epochs.add(number.getAsInt());
        }
        List<Double> seconds = new ArrayList<>();
        for (JsonElement number : json.getAsJsonArray(STEP)) {
            seconds.add(number.getAsDouble());
        }
        return new TimePlan(
                epochs,
                json.get(WHOLE).getAsBoolean(),
                seconds,
                json.get(VALIDATION).getAsDouble());
    }
}
