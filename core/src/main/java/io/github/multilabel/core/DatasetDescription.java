package io.github.multilabel.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Everything about a data set that decides the numbers of a training. Checkpoints keep it, and a training that is
 * resumed compares it. Immutable.
 *
 * @param compared settings that must be as they were, such as {@code "batch size"} and {@code "32"}, in order
 * @param free settings that may change, with a warning, such as the name of the data set
 * @param rows fingerprints of the samples
 */
public record DatasetDescription(Map<String, String> compared, Map<String, String> free, RowFingerprints rows) {

    /** Copies the maps. */
    public DatasetDescription {
        compared = Collections.unmodifiableMap(new LinkedHashMap<>(compared));
        free = Collections.unmodifiableMap(new LinkedHashMap<>(free));
        Objects.requireNonNull(rows, "rows");
    }

    /** A description of the labels alone, for a data set whose settings are not known. */
    public static DatasetDescription ofLabels(MultiLabelDataset data) {
        return new DatasetDescription(Map.of(), Map.of(), RowFingerprints.ofLabels(data));
    }
}
