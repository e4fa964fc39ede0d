package io.github.multilabel.training;

import io.github.multilabel.core.NearMatches;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.Backbone;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.ParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is wrong with phases, found out before a model is made. */
final class PhaseChecks {

    private final List<String> wrong = new ArrayList<>();

    private PhaseChecks() {}

    /**
     * Checks what a phase says by itself.
     *
     * @param prefix of the names of the options in the messages, such as {@code opt}
     */
    static List<String> values(String prefix, Phase phase) {
        PhaseChecks checks = new PhaseChecks();
        phase.learningRate().ifPresent(rate -> checks.requirePositive(prefix + "LearningRate", rate));
        phase.backboneRate().ifPresent(rate -> checks.requirePositive(prefix + "BackboneRate", rate));
        phase.stageDecay().ifPresent(decay -> checks.requirePositive(prefix + "StageDecay", decay));
        for (int size : phase.imageSizes()) {
            try {
                Preprocessing.imageNet(size);
            } catch (IllegalArgumentException e) {
                checks.wrong.add(prefix + "ImageSizes: " + e.getMessage());
            }
        }
        return checks.wrong;
    }

    private void requirePositive(String option, double value) {
        if (!isPositive(value)) {
            wrong.add(option + "(" + value + "): " + positive(value));
        }
    }

    /** What is accepted in place of a number. */
    static String positive(double given) {
        boolean onlyInDouble = given > 0 && given < Double.POSITIVE_INFINITY;
        return "a finite number above 0"
                + (onlyInDouble ? " in float32, in which the model computes: from 1e-45 to 3e38" : "");
    }

    /** Whether a number is finite and above 0, also in float32, in which it is computed with. */
    static boolean isPositive(double value) {
        return (float) value > 0 && (float) value < Float.POSITIVE_INFINITY;
    }

    /**
     * Checks a phase that says everything against its backbone.
     *
     * @param number of the phase, from 1
     * @param backbone or null, if it is not known
     */
    static List<String> of(int number, Phase phase, Backbone backbone) {
        PhaseChecks checks = new PhaseChecks();
        String name = "phase " + number + " (" + phase + "): ";
        if (phase.epochs() < 1) {
            checks.wrong.add(name + "needs at least 1 epoch");
        }
        if (phase.imageSizes().size() > phase.epochs()) {
            checks.wrong.add(name + "has more image sizes " + phase.imageSizes() + " than epochs");
        }
        if (backbone != null) {
            phase.firstStage().ifPresent(stage -> checks.requireStage(name, stage, backbone));
        }
        return checks.wrong;
    }

    private void requireStage(String name, String stage, Backbone backbone) {
        List<String> known = backbone.network().map(PhaseChecks::stages).orElse(List.of());
        if (known.isEmpty()) {
            wrong.add(name + "backbone '" + backbone + "' is a block without stages; use Phase.heads and Phase.all");
        } else if (!known.contains(stage)) {
            wrong.add(name + "backbone '" + backbone + "' has no stage '" + stage + "' with parameters; there are "
                    + NearMatches.describe(stage, known));
        }
    }

    /** Those that have something to learn. */
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
