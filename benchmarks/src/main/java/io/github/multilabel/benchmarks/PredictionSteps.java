package io.github.multilabel.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.internal.InferenceProgram;

/** The logits of a batch, by the program that predicts. */
final class PredictionSteps {

    private PredictionSteps() {}

    static Contender library(String name, Backbone backbone, SyntheticWork work, Precision precision) {
        NDManager manager = NDManager.newBaseManager();
        MultiHeadBlock block = new MultiHeadBlock(backbone.newBlock(), work.heads());
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, work.size(), work.size()));
        InferenceProgram program = block.newInference(precision);
        NDArray images = work.images(manager);
        Runnable step = () -> {
            try (NDManager results = manager.newSubManager()) {
                program.logits(results, images).forEach(NDArray::toFloatArray);
            }
        };
        return new Step(name, step, () -> {
            program.close();
            block.close();
            manager.close();
        });
    }
}
