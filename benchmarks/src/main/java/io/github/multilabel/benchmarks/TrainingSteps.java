package io.github.multilabel.benchmarks;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.evaluation.internal.MultiHeadLoss;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.training.optimizer.Optimizers;
import java.util.LinkedHashMap;
import java.util.Map;

/** One training step (forward, losses, backward, optimizer) in this library and with DJL's own blocks and trainer. */
final class TrainingSteps {

    private static final float RATE = 0.01f;
    private static final float MOMENTUM = 0.9f;

    private TrainingSteps() {}

    static Contender library(String name, Backbone backbone, SyntheticWork work, Precision precision) {
        NDManager manager = NDManager.newBaseManager();
        MultiHeadBlock block = new MultiHeadBlock(backbone.newBlock(), work.heads());
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, work.size(), work.size()));
        block.setPrecision(precision);
        ParameterStore store = new ParameterStore(manager, false);
        Map<String, NDArray> trained = new LinkedHashMap<>();
        for (Map.Entry<String, Parameter> entry : block.parametersByName().entrySet()) {
            NDArray array = entry.getValue().getArray();
            if (entry.getValue().requiresGradient()) {
                array.setRequiresGradient(true);
                trained.put(entry.getKey(), array);
            }
        }
        var optimizer = Optimizers.sgd(MOMENTUM, 0).start(manager, trained);
        MultiHeadLoss losses = new MultiHeadLoss(manager, work.heads(), Map.of(), Map.of(), Map.of());
        NDArray images = work.images(manager);
        NDList labels = work.labels(manager);
        Runnable step = () -> {
            try (NDManager results = manager.newSubManager();
                    GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                NDArray input = images.duplicate();
                input.attach(results);
                NDList logits = block.forward(store, new NDList(input), true);
                NDArray loss = losses.of(results, logits, labels).total();
                gradients.backward(loss);
                optimizer.step(RATE, Double.POSITIVE_INFINITY);
                loss.getFloat();
            }
        };
        return new Step(name, step, () -> {
            losses.close();
            optimizer.close();
            block.close();
            manager.close();
        });
    }

    static Contender djlBlocks(SyntheticWork work) {
        Model model = Model.newInstance("djl-resnet34");
        Block block = new MultiHeadBlock(DjlResNet34.newBlock(), work.heads());
        model.setBlock(block);
        SoftmaxCrossEntropyLoss loss = new SoftmaxCrossEntropyLoss();
        Trainer trainer = model.newTrainer(new DefaultTrainingConfig(loss)
                .optOptimizer(Optimizer.sgd()
                        .setLearningRateTracker(Tracker.fixed(RATE))
                        .optMomentum(MOMENTUM)
                        .build()));
        trainer.initialize(new Shape(work.batch(), 3, work.size(), work.size()));
        NDManager manager = trainer.getManager().newSubManager();
        NDArray images = work.images(manager);
        NDList labels = work.labels(manager);
        Runnable step = () -> {
            try (NDManager results = manager.newSubManager()) {
                NDArray input = images.duplicate();
                input.attach(results);
                try (GradientCollector gradients = trainer.newGradientCollector()) {
                    NDList logits = trainer.forward(new NDList(input));
                    NDArray total = results.create(0f);
                    for (int i = 0; i < labels.size(); i++) {
                        total = total.add(loss.evaluate(new NDList(labels.get(i)), new NDList(logits.get(i))));
                    }
                    gradients.backward(total);
                    total.getFloat();
                }
                trainer.step();
            }
        };
        return new Step("DJL's own blocks and trainer", step, () -> {
            trainer.close();
            model.close();
        });
    }
}
