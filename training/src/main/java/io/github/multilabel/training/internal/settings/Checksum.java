package io.github.multilabel.training.internal.settings;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Short texts in checkpoints for what is too long to be there itself. */
public final class Checksum {

    private final CRC32C crc = new CRC32C();

    /** The checksum of one text. */
    public static String of(String text) {
        return new Checksum().add(text).toString();
    }

    /** Adds one more text. */
    public Checksum add(String text) {
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        crc.update(0);
        return this;
    }

    /** As it is in checkpoints. */
    @Override
    public String toString() {
        return "fingerprint " + Long.toHexString(crc.getValue());
    }
}
