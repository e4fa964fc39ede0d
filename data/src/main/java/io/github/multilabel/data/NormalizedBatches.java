package io.github.multilabel.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.dataset.Batch;
import ai.djl.translate.StackBatchifier;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.tensors.Normalizer;
import java.util.Iterator;

/** The batches of a pass as DJL's own loops want them: the image normalised. */
record NormalizedBatches(Batches batches, Preprocessing preprocessing) implements Iterator<Batch> {

    @Override
    public boolean hasNext() {
        return batches.hasNext();
    }

    @Override
    public Batch next() {
        MultiLabelBatch bytes = batches.next();
        NDArray image = Normalizer.normalize(bytes.image(), preprocessing);
        image.setName(MultiLabelBatch.IMAGE); // arithmetic drops names
        return new Batch(
                bytes.getManager(),
                new NDList(image),
                bytes.getLabels(),
                bytes.getSize(),
                new StackBatchifier(),
                new StackBatchifier(),
                bytes.getProgress(),
                bytes.getProgressTotal());
    }
}
