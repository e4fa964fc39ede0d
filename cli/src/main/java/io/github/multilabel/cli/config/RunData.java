package io.github.multilabel.cli.config;

import com.google.gson.JsonObject;
import io.github.multilabel.cli.program.StartedTraining;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.RowFingerprints;
import io.github.multilabel.core.image.Preprocessing;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** What {@code run.json} says of the images: how many there are, and checksums of what checkpoints have of each. */
final class RunData {

    private static final String IMAGES = "images";
    private static final String LABELS = "labels";
    private static final String LENGTHS = "lengths";

    private RunData() {}

    /** Takes as long as looking up every image file. */
    static JsonObject json(StartedTraining training) {
        Preprocessing preprocessing = training.settings().model().preprocessing();
        JsonObject json = new JsonObject();
        json.add(
                "training",
                json(training.training()
                        .describe(DataPass.training(
                                preprocessing,
                                training.settings().optimisation().seed(),
                                0))
                        .rows()));
        json.add(
                "validation",
                json(training.validation()
                        .describe(DataPass.evaluation(preprocessing))
                        .rows()));
        return json;
    }

    static JsonObject json(RowFingerprints rows) {
        JsonObject json = new JsonObject();
        json.addProperty(IMAGES, rows.labels().length);
        json.addProperty(LABELS, checksum(rows.labels()));
        if (rows.lengths().length > 0) {
            json.addProperty(LENGTHS, checksum(rows.lengths()));
        }
        return json;
    }

    private static String checksum(int[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
        bytes.asIntBuffer().put(values);
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Long.toHexString(crc.getValue());
    }

    /** How the images differ from those that a file describes; empty if they do not, or if it does not say. */
    static List<String> differences(JsonObject now, JsonObject before) {
        List<String> differences = new ArrayList<>();
        for (String role : now.keySet()) {
            if (before.get(role) instanceof JsonObject known) {
                differences.addAll(differences(role, now.getAsJsonObject(role), known));
            }
        }
        return differences;
    }

    private static List<String> differences(String role, JsonObject now, JsonObject before) {
        if (!now.get(IMAGES).equals(before.get(IMAGES))) {
            return List.of(now.get(IMAGES) + " " + role + " images in place of " + before.get(IMAGES));
        }
        List<String> differences = new ArrayList<>();
        Map.of(LABELS, "the labels of the ", LENGTHS, "the lengths of the files of the ")
                .forEach((key, what) -> {
                    if (now.has(key) && before.has(key) && !now.get(key).equals(before.get(key))) {
                        differences.add(what + role + " images");
                    }
                });
        differences.sort(null);
        return differences;
    }
}
