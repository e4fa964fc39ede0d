package io.github.multilabel.data.internal.json;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;

/** What is wrong with a file of JSON, in words. */
final class JsonFailure {

    private JsonFailure() {}

    /**
     * The failure of a reader of JSON.
     *
     * @param what the file should be
     */
    static IOException of(Path file, String what, String place, Exception failure) {
        if (failure instanceof CharacterCodingException) {
            return new IOException(
                    file + ", near " + place + ": it has bytes that are no text in its encoding; save it as UTF-8",
                    failure);
        }
        String message =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        String why = failure instanceof EOFException
                ? "it ends too soon, at " + place + "; bring a whole copy"
                : message.replace("Use JsonReader.setStrictness(Strictness.LENIENT) to accept ", "not valid JSON: ");
        return new IOException(file + " is not " + what + ": " + why, failure);
    }
}
