package io.github.multilabel.training.internal.settings;

import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.HeadLoss;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.mix.BatchMix;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The loss that is minimised. All maps are by head name, in the order of the heads.
 *
 * @param losses of every head
 * @param headWeights the factor of the loss of every head in the sum
 * @param classWeights of the heads that have some
 * @param balancing of the losses of the heads against each other
 * @param mix of the images of a batch, if they are blended
 */
public record LossSettings(
        Map<String, HeadLoss> losses,
        Map<String, Double> headWeights,
        Map<String, ClassWeights> classWeights,
        LossBalancing balancing,
        Optional<BatchMix> mix) {

    /** Copies the maps. */
    public LossSettings {
        losses = copy(losses);
        headWeights = copy(headWeights);
        classWeights = copy(classWeights);
    }

    private static <T> Map<String, T> copy(Map<String, T> byHead) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(byHead));
    }

    Fingerprint fingerprint() {
        Map<String, String> described = new LinkedHashMap<>();
        losses.forEach((head, loss) -> described.put(head, loss.describe()));
        return Fingerprint.nothing()
                .compared("losses", described, "losses (HeadOptions.loss, optLabelSmoothing)")
                .compared("class weights", classWeights, "HeadOptions.classWeights")
                .compared("balance", balancing.describe(), "optLossBalancing")
                .compared("mix", mix.map(BatchMix::describe).orElse("none"), "optBatchMix")
                .free("head weights", headWeightsInOrder(), "HeadOptions.lossWeight");
    }

    /** The factor of the loss of every head, in order. */
    public List<Double> headWeightsInOrder() {
        return List.copyOf(headWeights.values());
    }
}
