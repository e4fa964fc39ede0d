package io.github.multilabel.training;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.HeadLoss;
import io.github.multilabel.evaluation.loss.Losses;
import io.github.multilabel.model.heads.HeadLayers;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.internal.settings.LossSettings;
import io.github.multilabel.training.mix.BatchMix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The options of all heads and of single ones, and what they mean for each head. */
final class OptionsOfHeads {

    double labelSmoothing;
    OptionalDouble dropout = OptionalDouble.empty();
    private final Map<String, HeadOptions> byHead = new LinkedHashMap<>();
    /** Heads whose options were given before. */
    private final List<String> repeated = new ArrayList<>();

    void add(String head, HeadOptions options) {
        if (byHead.containsKey(head)) {
            repeated.add(head);
        }
        byHead.put(head, options);
    }

    Map<String, HeadOptions> byHead() {
        return byHead;
    }

    List<String> repeated() {
        return repeated;
    }

    private HeadOptions of(String head) {
        HeadOptions given = byHead.get(head); // null may have been given
        return given == null ? HeadOptions.standard() : given;
    }

    boolean isAuxiliary(String head) {
        return of(head).has(HeadOptions.AUXILIARY);
    }

    /** All but the auxiliary heads. */
    HeadSet mainHeads(HeadSet heads) {
        return heads.select(
                heads.names().stream().filter(name -> !isAuxiliary(name)).toList());
    }

    double lossWeight(String head) {
        return (double) of(head).given().getOrDefault(HeadOptions.LOSS_WEIGHT, 1.0);
    }

    LossSettings losses(HeadSet heads, LossBalancing balancing, Optional<BatchMix> mix) {
        Map<String, HeadLoss> losses = new LinkedHashMap<>();
        Map<String, Double> weights = new LinkedHashMap<>();
        Map<String, ClassWeights> classWeights = new LinkedHashMap<>();
        for (Head head : heads) {
            losses.put(head.name(), loss(head));
            weights.put(head.name(), lossWeight(head.name()));
            if (of(head.name()).given().get(HeadOptions.CLASS_WEIGHTS) instanceof ClassWeights given) {
                classWeights.put(head.name(), given);
            }
        }
        return new LossSettings(losses, weights, classWeights, balancing, mix);
    }

    private HeadLoss loss(Head head) {
        Map<String, @Nullable Object> given = of(head.name()).given();
        if (given.get(HeadOptions.LOSS) instanceof HeadLoss loss) {
            return loss;
        }
        return head.kind() == Head.Kind.SINGLE_LABEL
                ? Losses.crossEntropy((double) given.getOrDefault(HeadOptions.LABEL_SMOOTHING, labelSmoothing))
                : Losses.standard(head);
    }

    /**
     * The layers of every head.
     *
     * @param begun those of the model that the training begins with, by name, where they are more than one linear layer
     */
    Map<String, HeadLayers> layers(HeadSet heads, Map<String, HeadLayers> begun) {
        Map<String, HeadLayers> layers = new LinkedHashMap<>();
        for (String head : heads.names()) {
            layers.put(head, layers(of(head).given(), begun.getOrDefault(head, HeadLayers.linear())));
        }
        return layers;
    }

    private HeadLayers layers(Map<String, @Nullable Object> given, HeadLayers begun) {
        HeadLayers layers =
                given.get(HeadOptions.HIDDEN_UNITS) instanceof Integer hidden ? begun.withHidden(hidden) : begun;
        return layers.withDropout((double) given.getOrDefault(HeadOptions.DROPOUT, dropout.orElse(begun.dropout())));
    }
}
