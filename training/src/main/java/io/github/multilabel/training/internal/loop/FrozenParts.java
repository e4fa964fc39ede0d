package io.github.multilabel.training.internal.loop;

import ai.djl.nn.Parameter;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.model.network.ParameterSpec;
import io.github.multilabel.training.schedule.Phase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What of a model is frozen in which phase. A parameter that is frozen when the training starts stays so; when it ends,
 * all are as they were.
 */
final class FrozenParts {

    private final MultiHeadBlock block;
    private final Set<Parameter> backbone;
    /** Those that may be trained. */
    private final List<Parameter> free = new ArrayList<>();

    private boolean backboneTrained = true;

    FrozenParts(MultiHeadBlock block) {
        this.block = block;
        this.backbone = new HashSet<>(block.backbone().getParameters().values());
        block.parametersByName().values().stream()
                .filter(parameter -> ParameterSpec.isTrained(parameter.getType()) && parameter.requiresGradient())
                .forEach(free::add);
        if (free.isEmpty()) {
            throw new IllegalStateException("every parameter of the model is frozen, there is nothing to train; call"
                    + " trainer.model().block().freezeParameters(false)");
        }
    }

    /**
     * Freezes and frees what a phase wants.
     *
     * @throws IllegalStateException if nothing is left to train, or nothing of a backbone that was frozen before and
     *     shall learn now
     */
    void apply(Phase phase) {
        Set<Parameter> wanted = new HashSet<>(free);
        switch (phase.part()) {
            case HEADS -> wanted.removeAll(backbone);
            case LAST_STAGES -> wanted.removeAll(before(phase.firstStage().orElseThrow()));
            case ALL -> {}
        }
        free.forEach(parameter -> parameter.freeze(!wanted.contains(parameter)));
        long trained = size(wanted);
        if (trained == 0) {
            throw new IllegalStateException("in the phase '" + phase + "' every parameter is frozen, there is nothing"
                    + " to train; call trainer.model().block().freezeParameters(false)");
        }
        boolean learns = size(backbone) > 0;
        if (!learns && !backboneTrained && phase.part() != Phase.Part.HEADS) {
            throw new IllegalStateException("in the phase '" + phase + "' the backbone shall learn, but all of its"
                    + " parameters were frozen before the training; call"
                    + " trainer.model().block().setBackboneFrozen(false)");
        }
        backboneTrained = learns;
    }

    /** The parameters of the stages before one. */
    private Set<Parameter> before(String stage) {
        Set<Parameter> before = new HashSet<>();
        for (Map.Entry<String, List<Parameter>> each : Stages.of(block).entrySet()) {
            if (each.getKey().equals(stage)) {
                return before;
            }
            before.addAll(each.getValue());
        }
        throw new IllegalStateException("the backbone has no stage '" + stage + "' with parameters");
    }

    private static long size(Collection<Parameter> parameters) {
        return parameters.stream()
                .filter(parameter -> ParameterSpec.isTrained(parameter.getType()) && parameter.requiresGradient())
                .mapToLong(parameter -> parameter.getShape().size())
                .sum();
    }

    /** Frees what was free before the training. */
    void restore() {
        free.forEach(parameter -> parameter.freeze(false));
    }

    /** A text for people: the numbers of parameters that are trained. */
    @Override
    public String toString() {
        long ofBackbone = size(backbone);
        long all = size(free);
        return String.format(
                Locale.ROOT,
                "%,d parameters, %,d in the backbone and %,d in the heads",
                all,
                ofBackbone,
                all - ofBackbone);
    }
}
