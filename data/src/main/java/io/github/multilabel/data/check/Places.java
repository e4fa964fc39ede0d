package io.github.multilabel.data.check;

import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.data.Sample;
import java.util.List;
import java.util.stream.Collectors;

/** Names rows in messages. */
record Places(List<Sample> samples) {

    private static final int SHOWN = 4;

    /** For example {@code "photos/7.jpg (labels.csv line 8)"}. */
    String of(int row) {
        Sample sample = samples.get(row);
        return Excerpt.of(sample.image().name()) + (sample.origin().isEmpty() ? "" : " (" + sample.origin() + ")");
    }

    /** The first few, and how many more. */
    String of(List<Integer> rows) {
        String first = rows.stream().limit(SHOWN).map(this::of).collect(Collectors.joining(", "));
        return rows.size() <= SHOWN ? first : first + " and " + (rows.size() - SHOWN) + " more";
    }
}
