package io.github.multilabel.data.check.page;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.LabelCounts;
import io.github.multilabel.core.Labels;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.check.DataReport;
import io.github.multilabel.data.split.DataSplit;
import java.util.List;

/**
 * The labels of each part of a split; without one, all rows are one part.
 *
 * @param names of the parts
 * @param labels of each part
 */
record Parts(List<String> names, List<List<Labels>> labels) {

    static Parts of(DataReport report) {
        List<Labels> all = report.samples().stream().map(Sample::labels).toList();
        if (report.split().isEmpty()) {
            return new Parts(List.of("rows"), List.of(all));
        }
        DataSplit split = report.split().get();
        return new Parts(
                split.parts(),
                split.parts().stream().map(part -> split.select(part, all)).toList());
    }

    List<LabelCounts> counts(Head head) {
        return labels.stream().map(part -> LabelCounts.of(head, part)).toList();
    }

    long[] rows() {
        return labels.stream().mapToLong(List::size).toArray();
    }
}
