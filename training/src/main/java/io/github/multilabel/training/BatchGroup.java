package io.github.multilabel.training;

import io.github.multilabel.core.Batches;
import io.github.multilabel.core.MultiLabelBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * The batches of one step.
 *
 * @param batches at least one, open
 */
record BatchGroup(List<MultiLabelBatch> batches) implements AutoCloseable {

    /** Takes the next batches of a pass that has some: so many, or those that are left. */
    static BatchGroup next(Batches pass, int size) {
        BatchGroup group = new BatchGroup(new ArrayList<>());
        try {
            while (group.batches.size() < size && pass.hasNext()) {
                group.batches.add(pass.next());
            }
            return group;
        } catch (RuntimeException e) {
            group.close();
            throw e;
        }
    }

    int images() {
        return batches.stream().mapToInt(MultiLabelBatch::getSize).sum();
    }

    List<String> sources() {
        return batches.stream().flatMap(batch -> batch.sources().stream()).toList();
    }

    @Override
    public void close() {
        batches.forEach(MultiLabelBatch::close);
    }
}
