package io.github.multilabel.evaluation.internal;

import ai.djl.ndarray.NDList;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.tensors.Normalizer;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.internal.InferenceProgram;

/** The logits of a model for batches of data, by the program that predicts, with test-time flipping if it has it. */
final class ModelPass implements AutoCloseable {

    private final Preprocessing preprocessing;
    private final InferenceProgram program;

    /** Prepares the model, which is neither changed nor closed. */
    ModelPass(MultiLabelModel model, Precision precision) {
        preprocessing = model.preprocessing();
        program = model.newInference(precision, model.isTestTimeFlip());
    }

    /** How the batches are to be read. */
    DataPass data() {
        return DataPass.evaluation(preprocessing);
    }

    /** The logits of all heads, owned by the batch's manager. */
    NDList logits(MultiLabelBatch batch) {
        return program.logits(batch.getManager(), Normalizer.normalize(batch.image(), preprocessing));
    }

    @Override
    public void close() {
        program.close();
    }
}
