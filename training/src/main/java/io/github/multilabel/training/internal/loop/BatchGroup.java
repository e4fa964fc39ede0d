package io.github.multilabel.training.internal.loop;

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

    private static final int SHOWN = 4;

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

    /** For messages: the first few names of its images. */
    String sources() {
        return first(batches.stream().flatMap(batch -> batch.sources().stream()).toList());
    }

    /** For messages: the first few of some names; a batch can have thousands. */
    static String first(List<String> names) {
        return names.size() <= SHOWN
                ? names.toString()
                : names.subList(0, SHOWN) + " and " + (names.size() - SHOWN) + " more";
    }

    @Override
    public void close() {
        batches.forEach(MultiLabelBatch::close);
    }
}
