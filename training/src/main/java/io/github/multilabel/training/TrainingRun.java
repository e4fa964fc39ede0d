package io.github.multilabel.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.Pass;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.model.network.ParameterSpec;
import io.github.multilabel.training.loss.MultiHeadLoss;
import io.github.multilabel.training.metrics.Evaluation;
import io.github.multilabel.training.metrics.EvaluationAccumulator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of {@link MultiLabelTrainer#fit}: the epochs, from the first step to the best weights. */
final class TrainingRun implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MultiLabelTrainer.class);

    private final NDManager manager;
    private final MultiHeadBlock block;
    private final TrainingSettings settings;
    private final Evaluator evaluator;
    private final TrainingStep step;

    TrainingRun(NDManager parent, MultiHeadBlock block, TrainingSettings settings, MultiHeadLoss loss) {
        this.block = block;
        this.settings = settings;
        manager = parent.newSubManager();
        evaluator = new Evaluator(manager, block, settings, loss);
        step = new TrainingStep(manager, block, settings, loss);
    }

    /**
     * Trains.
     *
     * @param validation judged after each epoch, if there
     */
    TrainingResult fit(MultiLabelDataset training, Optional<MultiLabelDataset> validation) throws IOException {
        List<EpochReport> history = new ArrayList<>();
        BestEpoch best = new BestEpoch();
        Snapshot weights = null;
        try {
            for (int epoch = 0; epoch < settings.epochs(); epoch++) {
                freezeFor(epoch);
                EpochReport report = epoch(epoch, training, validation);
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
            TrainingResult result = new TrainingResult(history, best.orElse(history.size()));
            if (weights != null && result.bestEpoch() < history.size()) {
                weights.putBack();
                LOG.info(
                        "the model has the weights of epoch {}, the best on the validation images", result.bestEpoch());
            }
            return result;
        } finally {
            if (weights != null) {
                weights.close();
            }
        }
    }

    private NDList arrays() {
        return new NDList(block.parametersByName().values().stream()
                .map(Parameter::getArray)
                .toArray(NDArray[]::new));
    }

    /** Freezes or frees the backbone where its phase begins; without such phases, what the user froze stays frozen. */
    private void freezeFor(int epoch) {
        int frozen = settings.freezeEpochs();
        if (frozen > 0 && (epoch == 0 || epoch == frozen)) {
            block.setBackboneFrozen(epoch < frozen);
        }
        if (epoch == 0 || epoch == frozen) {
            long trained = block.parametersByName().values().stream()
                    .filter(parameter -> ParameterSpec.isTrained(parameter.getType()) && parameter.requiresGradient())
                    .mapToLong(parameter -> parameter.getShape().size())
                    .sum();
            if (trained == 0) {
                throw new IllegalStateException(
                        "every parameter of the model is frozen, there is nothing to train; call"
                                + " trainer.model().block().freezeParameters(false)");
            }
            LOG.info(
                    "from epoch {}: training {} numbers{}",
                    epoch + 1,
                    trained,
                    epoch < frozen ? ", those of the heads" : "");
        }
    }

    private EpochReport epoch(int epoch, MultiLabelDataset training, Optional<MultiLabelDataset> validation)
            throws IOException {
        Pass pass = Pass.training(settings.preprocessing(), settings.seed(), epoch);
        long start = System.nanoTime();
        long images = 0;
        int skipped = 0;
        double rate = settings.learningRate();
        Evaluation learned;
        try (EvaluationAccumulator accumulator =
                        new EvaluationAccumulator(manager, settings.heads(), settings.headWeights());
                Batches batches = training.batches(manager, pass);
                Progress progress = Progress.of(settings.progress(), "epoch " + (epoch + 1), training.size())) {
            for (int i = 0; batches.hasNext(); i++) {
                try (MultiLabelBatch batch = batches.next()) {
                    rate = rate(epoch + (double) i / batches.count());
                    if (!step.learn(batch, rate, accumulator)) {
                        skipped++;
                        LOG.warn(
                                "epoch {}: batch {} skipped, its loss or gradient is not finite; files {}",
                                epoch + 1,
                                i,
                                batch.sources());
                    }
                    images += batch.getSize();
                    progress.step(batch.getSize(), accumulator);
                }
            }
            learned = accumulator.evaluation();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Optional<Evaluation> judged =
                validation.isEmpty() ? Optional.empty() : Optional.of(evaluator.evaluate(validation.get()));
        return new EpochReport(epoch + 1, rate, learned, judged, images / seconds, skipped);
    }

    private double rate(double epoch) {
        double factor = settings.schedule().factor(epoch, settings.epochs());
        if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the schedule gave the factor %s after %.2f of %d epochs; a finite number of at least 0 is needed",
                    factor,
                    epoch,
                    settings.epochs()));
        }
        return settings.learningRate() * factor;
    }

    @Override
    public void close() {
        step.close();
        manager.close();
    }
}
