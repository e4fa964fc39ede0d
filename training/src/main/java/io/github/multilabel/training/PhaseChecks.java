package io.github.multilabel.training;

import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.ParameterSpec;
import io.github.multilabel.training.schedule.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wrong with phases, found before a model is made. */
final class PhaseChecks {

    private PhaseChecks() {}

    /**
     * Checks the values of a phase by themselves.
     *
     * @param prefix of the names of the options, such as {@code opt}
     * @return whether none of its components is null
     */
    static boolean values(String prefix, Phase phase, Problems problems) {
        if (isAnyNull(phase)) {
            problems.requireGiven(prefix + "Schedule", phase.schedule(), "leave the option out for the builder's")
                    .requireGiven(
                            prefix + "ProgressiveResizing", phase.imageSizes(), "sizes in pixels, or leave it out")
                    .require(phase.firstStage() != null, "Phase.from", null, "the name of a stage, such as layer3")
                    .require(phase.part() != null, "Phase", null, "a part; use Phase.heads, Phase.from or Phase.all");
            return false;
        }
        phase.learningRate().ifPresent(rate -> requirePositive(prefix + "LearningRate", rate, problems));
        phase.backboneLearningRateFactor()
                .ifPresent(rate -> requirePositive(prefix + "BackboneLearningRateFactor", rate, problems));
        phase.layerDecay().ifPresent(decay -> requirePositive(prefix + "LayerDecay", decay, problems));
        for (int size : phase.imageSizes()) {
            problems.check(prefix + "ProgressiveResizing", () -> Preprocessing.imageNet(size));
        }
        return true;
    }

    private static boolean isAnyNull(Phase phase) {
        return phase.schedule() == null
                || phase.imageSizes() == null
                || phase.firstStage() == null
                || phase.part() == null;
    }

    /** Checks that a number is one that the model can compute with, and above 0. */
    static void requirePositive(String option, double value, Problems problems) {
        problems.require(isPositive(value), option, value, positive(value));
    }

    /** What is accepted in place of a number. */
    private static String positive(double given) {
        boolean onlyInDouble = given > 0 && given < Double.POSITIVE_INFINITY;
        return "a finite number above 0"
                + (onlyInDouble ? " in float32, in which the model computes: from 1e-45 to 3e38" : "");
    }

    /** Whether a number is finite and above 0, also in float32, in which it is computed with. */
    private static boolean isPositive(double value) {
        return (float) value > 0 && (float) value < Float.POSITIVE_INFINITY;
    }

    /**
     * Checks a phase without empty components against its backbone.
     *
     * @param number of the phase, from 1
     * @param backbone if it is known
     */
    static void of(int number, Phase phase, Optional<Backbone> backbone, Problems problems) {
        String name = "phase " + number + " (" + phase + "): ";
        if (phase.epochs() < 1) {
            problems.add(name + "needs at least 1 epoch");
        }
        if (phase.imageSizes().size() > phase.epochs()) {
            problems.add(name + "has more image sizes " + phase.imageSizes() + " than epochs");
        }
        backbone.ifPresent(known -> phase.firstStage().ifPresent(stage -> requireStage(name, stage, known, problems)));
    }

    private static void requireStage(String name, String stage, Backbone backbone, Problems problems) {
        List<String> known = backbone.network().map(PhaseChecks::stages).orElse(List.of());
        if (known.isEmpty()) {
            problems.add(name + "backbone '" + backbone + "' is a block without stages; use Phase.heads and Phase.all");
        } else if (!known.contains(stage)) {
            problems.add(name + "backbone '" + backbone + "' has no stage '" + stage + "' with parameters; "
                    + NearMatches.thereAre(stage, known));
        }
    }

    /** The stages that have parameters. */
    private static List<String> stages(Network network) {
        List<String> parameters =
                network.parameters().stream().map(ParameterSpec::name).toList();
        return network.stages().entrySet().stream()
                .filter(stage -> stage.getValue().stream().anyMatch(layer -> parameters.stream()
                        .anyMatch(name -> name.equals(layer) || name.startsWith(layer + "."))))
                .map(Map.Entry::getKey)
                .toList();
    }
}
