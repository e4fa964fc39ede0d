package io.github.multilabel.training;

import io.github.multilabel.core.Batches;
import io.github.multilabel.core.MultiLabelBatch;
import java.util.function.Consumer;

/** Batches that show each one to somebody before it is handed out. */
record WatchedBatches(Batches batches, Consumer<MultiLabelBatch> watcher) implements Batches {

    @Override
    public int count() {
        return batches.count();
    }

    @Override
    public boolean hasNext() {
        return batches.hasNext();
    }

    @Override
    public MultiLabelBatch next() {
        MultiLabelBatch batch = batches.next();
        watcher.accept(batch);
        return batch;
    }

    @Override
    public void close() {
        batches.close();
    }
}
