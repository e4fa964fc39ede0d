package io.github.multilabel.cli.program;

import io.github.multilabel.training.MultiLabelTrainerBuilder;
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
