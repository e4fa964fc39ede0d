package io.github.multilabel.serving;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSize;
import java.time.Instant;

/**
 * What is known of a model that is served.
 *
 * @param name under which it is served
 * @param version the first 12 digits of the SHA-256 of its description, which has the checksums of its weights; another
 *     model has another
 * @param heads in the order of each prediction
 * @param inputSize to which images are brought
 * @param engine that computes, such as {@code pytorch}
 * @param isExplainable whether it can show where it looks
 * @param loaded when it was loaded
 */
public record ModelInfo(
        String name,
        String version,
        HeadSet heads,
        ImageSize inputSize,
        String engine,
        boolean isExplainable,
        Instant loaded) {}
