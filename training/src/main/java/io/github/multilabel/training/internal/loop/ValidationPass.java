package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDList;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.model.internal.InferenceProgram;

/**
 * A pass over validation data, over images or over the features that stand in their place.
 *
 * @param data not closed here
 * @param program of what the data gives as images; closed with this
 */
record ValidationPass(MultiLabelDataset data, DataPass pass, InferenceProgram program) implements AutoCloseable {

    /** The logits of all heads. */
    NDList logits(MultiLabelBatch batch) {
        return program.logits(batch.getManager(), FrozenForward.input(batch, pass.preprocessing()));
    }

    @Override
    public void close() {
        program.close();
    }
}
