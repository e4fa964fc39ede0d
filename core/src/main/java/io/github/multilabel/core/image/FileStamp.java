package io.github.multilabel.core.image;

import java.time.Instant;
import java.util.Objects;

/**
 * What tells, without reading a file, whether it is another one than before.
 *
 * @param length in bytes
 * @param changed when the file was last changed
 */
public record FileStamp(long length, Instant changed) {

    /** Checks that the time is there. */
    public FileStamp {
        Objects.requireNonNull(changed, "changed");
    }
}
