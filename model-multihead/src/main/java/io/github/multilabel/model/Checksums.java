package io.github.multilabel.model;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of both files of a saved model, at the end of its {@code model.json}: they tell damage, and weights of
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
        MessageDigest sum = sha256();
        sum.update(others.toString().getBytes(StandardCharsets.UTF_8));
        return new Checksums(hex(sum), weights);
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

    static String of(InputStream in) throws IOException {
        DigestInputStream summed = new DigestInputStream(in, sha256());
        byte[] buffer = new byte[1 << 16];
        while (summed.read(buffer) >= 0) {
            continue;
        }
        return hex(summed.getMessageDigest());
    }

    static String hex(MessageDigest sum) {
        return HexFormat.of().formatHex(sum.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
