package io.github.multilabel.training;

import io.github.multilabel.core.Batches;
import io.github.multilabel.core.MultiLabelBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * The batches of one step.
 *
 * @param batches open, in order
 */
record BatchGroup(List<MultiLabelBatch> batches) implements AutoCloseable {

    /**
     * Takes the next batches of a pass that has some: so many, or those that are left.
     *
     * @param first batches of lower numbers are dropped; if that is all of them, the group is empty
     */
    static BatchGroup next(Batches pass, int size, int first) {
        BatchGroup group = new BatchGroup(new ArrayList<>());
        try {
            while (group.batches.size() < size && pass.hasNext()) {
                MultiLabelBatch batch = pass.next();
                if (batch.getProgress() >= first) {
                    group.batches.add(batch);
                } else {
                    batch.close();
                }
            }
            return group;
        } catch (RuntimeException e) {
            group.close();
            throw e;
        }
    }

    MultiLabelBatch last() {
        return batches.get(batches.size() - 1);
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
