package io.github.multilabel.evaluation.report;

import io.github.multilabel.core.Head;
import io.github.multilabel.evaluation.predictions.PredictedHead;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tells whether two reports are of the same images with the same labels. */
final class DataFingerprint {

    /** Of 64 digits; so many are never equal by chance. */
    private static final int DIGITS = 16;

    private DataFingerprint() {}

    /** The beginning of the SHA-256 of the names and labels of all images, in their order. */
    static String of(Predictions predictions) {
        MessageDigest digest = sha256();
        for (Head head : predictions.heads()) {
            add(digest, head.toString());
        }
        for (int row = 0; row < predictions.size(); row++) {
            add(digest, predictions.source(row));
            for (PredictedHead head : predictions.all()) {
                add(digest, label(head, row));
            }
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    private static String label(PredictedHead head, int row) {
        if (head.isMissing(row)) {
            return "missing";
        }
        return head.when(single -> Integer.toString(single.label(row)), multi -> IntStream.range(
                        0, multi.head().size())
                .filter(k -> multi.isRight(row, k))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",")));
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) { // every Java has it
            throw new IllegalStateException(e);
        }
    }
}
