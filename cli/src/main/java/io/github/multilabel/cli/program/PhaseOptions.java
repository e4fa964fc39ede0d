package io.github.multilabel.cli.program;

import io.github.multilabel.training.MultiLabelTrainerBuilder;
import io.github.multilabel.training.schedule.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The options of what a training changes from its first epoch to its last: which part learns, how fast, on which sizes.
 */
@Section("Phases of a training")
final class PhaseOptions {

    @Option(
            names = "--freeze-epochs",
            paramLabel = "N",
            description = "The number of first epochs that train only the heads, which suits pretrained weights"
                    + " (default: 0; 1 with --fine-tune).")
    private Optional<Integer> freezeEpochs = Optional.empty();

    @Option(
            names = "--backbone-learning-rate-factor",
            paramLabel = "FACTOR",
            description = "The learning rate of the backbone divided by that of the heads, such as 0.33 for pretrained"
                    + " weights (default: 1; 0.33 with --fine-tune).")
    private Optional<Double> backboneLearningRateFactor = Optional.empty();

    @Option(
            names = "--layer-decay",
            paramLabel = "FACTOR",
            description = "The learning rate of each stage of the backbone divided by that of the stage after it"
                    + " (default: 1).")
    private Optional<Double> layerDecay = Optional.empty();

    @Option(
            names = "--progressive-resizing",
            split = ",",
            paramLabel = "PIXELS",
            description = "The sizes of the training images, each for an equal part of the epochs, such as 128,160,224;"
                    + " evaluation and the saved model keep --image-size (default: that size).")
    private int[] progressiveResizing = {};

    @Option(
            names = "--ema-decay",
            paramLabel = "DECAY",
            description = "Evaluates and saves the exponential moving average of the weights with this decay per step,"
                    + " such as 0.999 (default: off).")
    private Optional<Double> emaDecay = Optional.empty();

    /** What a training does where these options were not given, by their names. */
    static Map<String, List<String>> resolved(List<Phase> phases) {
        Phase last = phases.get(phases.size() - 1);
        Map<String, List<String>> resolved = new LinkedHashMap<>();
        int frozen = phases.stream()
                .filter(phase -> phase.part() == Phase.Part.HEADS)
                .mapToInt(Phase::epochs)
                .sum();
        resolved.put("freeze-epochs", List.of(Integer.toString(frozen)));
        last.backboneLearningRateFactor()
                .ifPresent(factor -> resolved.put("backbone-learning-rate-factor", List.of(Double.toString(factor))));
        last.layerDecay().ifPresent(factor -> resolved.put("layer-decay", List.of(Double.toString(factor))));
        return resolved;
    }

    void applyTo(MultiLabelTrainerBuilder builder) {
        freezeEpochs.ifPresent(builder::optFreezeEpochs);
        backboneLearningRateFactor.ifPresent(builder::optBackboneLearningRateFactor);
        layerDecay.ifPresent(builder::optLayerDecay);
        if (progressiveResizing.length > 0) {
            builder.optProgressiveResizing(progressiveResizing);
        }
        emaDecay.ifPresent(builder::optEmaDecay);
    }
}
