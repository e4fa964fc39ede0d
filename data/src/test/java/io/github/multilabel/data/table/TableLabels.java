package io.github.multilabel.data.table;

import io.github.multilabel.data.Sample;
import java.util.List;

/** What a table knows of its images. */
final class TableLabels {

    private TableLabels() {}

    /** The labels of each image for a head, such as {@code [blue, red]}, or {@code missing}. */
    static List<String> of(ImageTable table, String head) {
        return table.samples().stream()
                .map(Sample::labels)
                .map(labels -> labels.isMissing(head)
                        ? "missing"
                        : labels.categories(head).toString())
                .toList();
    }
}
