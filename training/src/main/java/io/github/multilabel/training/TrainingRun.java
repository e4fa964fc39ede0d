package io.github.multilabel.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.training.loss.MultiHeadLoss;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of {@link MultiLabelTrainer#fit}: phase after phase, from the first step to the best weights. */
final class TrainingRun implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MultiLabelTrainer.class);

    private final NDManager manager;
    private final MultiHeadBlock block;
    private final TrainingSettings settings;
    private final MultiHeadLoss loss;
    private final Evaluator evaluator;
    private final FrozenParts frozen;
    private final WeightAverage average;
    private final List<EpochReport> history = new ArrayList<>();
    private BestEpoch best;
    /** Null until the first epoch that is worth keeping. */
    private Snapshot weights;

    /**
     * Prepares a training.
     *
     * @param loss of all heads
     * @param judged the loss of the heads that are answered
     */
    TrainingRun(
            NDManager parent,
            MultiHeadBlock block,
            TrainingSettings settings,
            MultiHeadLoss loss,
            MultiHeadLoss judged) {
        this.block = block;
        this.settings = settings;
        this.loss = loss;
        manager = parent.newSubManager();
        evaluator = new Evaluator(manager, block, settings, judged);
        frozen = new FrozenParts(block);
        average = new WeightAverage(manager, block, settings.averageDecay());
    }

    /**
     * Trains.
     *
     * @param validation judged after each epoch, if there
     */
    TrainingResult fit(MultiLabelDataset training, Optional<MultiLabelDataset> validation) throws IOException {
        best = new BestEpoch(BestRule.of(settings.heads(), Optional.empty(), BestRule.NEVER, 0)
                .on(validation.isPresent()));
        for (Phase phase : settings.phases()) {
            frozen.apply(phase);
            LOG.info("from epoch {}: {}, {}", history.size() + 1, phase, frozen);
            try (PhaseRun run = new PhaseRun(manager, block, settings, loss, average, phase)) {
                for (int epoch = 0; epoch < phase.epochs(); epoch++) {
                    average.hide();
                    EpochReport learned = run.epoch(epoch, history.size(), training);
                    average.show();
                    finish(validation.isEmpty() ? learned : learned.with(run.judge(evaluator, validation.get())));
                }
            }
        }
        TrainingResult result = new TrainingResult(history, best.orElse(history.size()));
        if (weights != null && result.bestEpoch() < history.size()) {
            weights.putBack();
            LOG.info("the model has the weights of epoch {}, the best on the validation images", result.bestEpoch());
        }
        return result;
    }

    private void finish(EpochReport report) {
        history.add(report);
        if (best.improves(report) && settings.keepBest()) {
            if (weights == null) {
                weights = new Snapshot(manager, arrays());
            } else {
                weights.take();
            }
        }
        LOG.info("{}", report);
        settings.listeners().forEach(listener -> listener.onEpoch(report));
    }

    private NDList arrays() {
        return new NDList(block.parametersByName().values().stream()
                .map(Parameter::getArray)
                .toArray(NDArray[]::new));
    }

    @Override
    public void close() {
        frozen.restore();
        average.close();
        if (weights != null) {
            weights.close();
        }
        manager.close();
    }
}
