package io.github.multilabel.training;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.Pass;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.training.loss.MultiHeadLoss;
import io.github.multilabel.training.metrics.Evaluation;
import io.github.multilabel.training.metrics.EvaluationAccumulator;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The epochs of one phase, with an optimizer of their own. */
final class PhaseRun implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MultiLabelTrainer.class);

    private final NDManager manager;
    private final TrainingSettings settings;
    private final Phase phase;
    private final Front front;
    private final TrainingStep step;

    PhaseRun(
            NDManager parent,
            MultiHeadBlock block,
            TrainingSettings settings,
            MultiHeadLoss loss,
            WeightAverage average,
            Phase phase) {
        this.manager = parent.newSubManager();
        this.settings = settings;
        this.phase = phase;
        this.front = new Front(block, settings.featureCache() && phase.epochs() > 1);
        this.step = new TrainingStep(manager, block, settings, loss, average, front, phase);
        average.begin();
    }

    /**
     * Trains for one epoch.
     *
     * @param epoch of this phase, from 0
     * @param number of the epochs of the whole training, from 0
     * @return without validation
     */
    EpochReport epoch(int epoch, int number, MultiLabelDataset training) throws IOException {
        Preprocessing seen = settings.preprocessing();
        Pass pass = Pass.training(seen.withSize(phase.imageSize(epoch, seen.size())), settings.seed(), number);
        long start = System.nanoTime();
        long images = 0;
        int skipped = 0;
        double rate = phase.rate(epoch, phase.epochs());
        try (EvaluationAccumulator accumulator = new EvaluationAccumulator(
                        manager, settings.heads(), settings.answered(), settings.headWeights());
                Batches batches = front.over(training, pass).batches(manager, pass);
                Progress progress = Progress.of(settings.progress(), "epoch " + (number + 1), training.size())) {
            for (int i = 0; batches.hasNext(); i++) {
                try (BatchGroup group = BatchGroup.next(batches, settings.accumulate())) {
                    long perEpoch = (batches.count() + settings.accumulate() - 1L) / settings.accumulate();
                    rate = phase.rate(epoch * perEpoch + i, phase.epochs() * perEpoch);
                    if (!step.learn(group.batches(), rate, accumulator)) {
                        skipped += group.batches().size();
                        LOG.warn(
                                "epoch {}: step {} skipped, its loss or gradient is not finite; files {}",
                                number + 1,
                                i,
                                group.sources());
                    }
                    images += group.images();
                    progress.step(group.images(), accumulator);
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new EpochReport(
                    number + 1, rate, accumulator.evaluation(), Optional.empty(), images / seconds, skipped);
        }
    }

    /** Judges the model as it is now. */
    Evaluation judge(Evaluator evaluator, MultiLabelDataset validation) throws IOException {
        return front.judge(evaluator, validation, settings.preprocessing());
    }

    @Override
    public void close() {
        step.close();
        front.close();
        manager.close();
    }
}
