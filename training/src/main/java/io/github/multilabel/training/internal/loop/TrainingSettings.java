package io.github.multilabel.training.internal.loop;

import ai.djl.Device;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.evaluation.internal.heads.HeadWeights;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.HeadLoss;
import io.github.multilabel.model.heads.HeadLayers;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.event.TrainingListener;
import io.github.multilabel.training.mix.BatchMix;
import io.github.multilabel.training.optimizer.OptimizerSettings;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import io.github.multilabel.training.schedule.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What {@link MultiLabelTrainerBuilder} was told, checked.
 *
 * @param heads all that learn
 * @param answered those of them that are judged and that the model keeps: all but the auxiliary ones
 * @param losses of every head, by name
 * @param isRehearsal whether it is made to see at which learning rate it diverges
 */
public record TrainingSettings(
        HeadSet heads,
        HeadSet answered,
        Preprocessing preprocessing,
        Device device,
        Precision precision,
        List<Phase> phases,
        OptimizerSettings optimizer,
        double gradientClipNorm,
        int gradientAccumulation,
        OptionalDouble emaDecay,
        boolean featureCache,
        Map<String, HeadLayers> headLayers,
        Map<String, Double> headWeights,
        Map<String, ClassWeights> classWeights,
        Map<String, HeadLoss> losses,
        LossBalancing balance,
        Optional<BatchMix> mix,
        long seed,
        int nonFiniteLimit,
        MonitorRule best,
        boolean restoreBestWeights,
        Optional<CheckpointOptions> checkpoints,
        boolean progress,
        List<TrainingListener> listeners,
        boolean isRehearsal) {

    /** Of all phases. */
    int epochs() {
        return phases.stream().mapToInt(Phase::epochs).sum();
    }

    /** The loss of a head. */
    HeadLoss loss(Head head) {
        return losses.get(head.name());
    }

    /**
     * The same for the first epoch of the first phase alone, see {@link Phases#rehearsal}: without checkpoints,
     * averaged and best weights, early end and progress bar; batches whose loss or gradient is not finite do not end
     * it.
     */
    TrainingSettings rehearsal(int epochs, LearningRateSchedule rates) {
        return new TrainingSettings(
                heads,
                answered,
                preprocessing,
                device,
                precision,
                List.of(Phases.rehearsal(phases.get(0), epochs, rates)),
                optimizer,
                gradientClipNorm,
                gradientAccumulation,
                OptionalDouble.empty(),
                featureCache,
                headLayers,
                headWeights,
                classWeights,
                losses,
                balance,
                mix,
                seed,
                Integer.MAX_VALUE,
                best.unwatched(),
                false,
                Optional.empty(),
                false,
                listeners,
                true);
    }

    /** The fixed weight of each head, in order. */
    public List<Double> headWeightsInOrder() {
        return Arrays.stream(HeadWeights.inOrder(heads, headWeights)).boxed().toList();
    }
}
