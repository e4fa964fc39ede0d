package io.github.multilabel.model;

import com.google.gson.JsonObject;
import io.github.multilabel.core.internal.files.Digest;
import io.github.multilabel.core.internal.files.JsonFields;
import java.nio.charset.StandardCharsets;

/**
 * The SHA-256 of both files of a saved model, at the end of its {@code model.json}: they reveal damage, and weights of
 * another training, that no length and no shape gives away.
 *
 * @param description of the other fields of {@code model.json}, however they are laid out
 * @param weights of {@code weights.safetensors}, as {@code sha256sum} gives it
 */
record Checksums(String description, String weights) {

    private static final String FIELD = "checksums";

    static Checksums of(JsonObject description, String weights) {
        JsonObject others = description.deepCopy();
        others.remove(FIELD);
        return new Checksums(Digest.sha256(others.toString().getBytes(StandardCharsets.UTF_8)), weights);
    }

    /** @throws IllegalArgumentException if one is missing */
    static Checksums read(JsonFields json) {
        JsonFields sums = json.object(FIELD);
        return new Checksums(sums.text(ModelFolder.DESCRIPTION), sums.text(ModelFolder.WEIGHTS));
    }

    void addTo(JsonObject json) {
        JsonObject sums = new JsonObject();
        sums.addProperty(ModelFolder.DESCRIPTION, description);
        sums.addProperty(ModelFolder.WEIGHTS, weights);
        json.add(FIELD, sums);
    }
}
