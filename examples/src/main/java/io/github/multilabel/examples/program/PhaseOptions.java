package io.github.multilabel.examples.program;

import io.github.multilabel.training.MultiLabelTrainerBuilder;
import picocli.CommandLine.Option;

/** The options that say how training goes on, from its first epoch to its last. */
final class PhaseOptions {

    @Option(
            names = "--freeze-epochs",
            paramLabel = "N",
            description = "so many first epochs train only the heads, which suits pretrained weights (default: 0; 1"
                    + " with --fine-tune)")
    private Integer freezeEpochs;

    @Option(
            names = "--backbone-learning-rate-factor",
            paramLabel = "FACTOR",
            description = "what the learning rate of the backbone is of that of the heads, such as 0.33 for pretrained"
                    + " weights (default: 1; 0.33 with --fine-tune)")
    private Double backboneLearningRateFactor;

    @Option(
            names = "--layer-decay",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "what the learning rate of each stage of the backbone is of that of the stage after it"
                    + " (default: ${DEFAULT-VALUE})")
    private double layerDecay;

    @Option(
            names = "--progressive-resizing",
            split = ",",
            paramLabel = "PIXELS",
            description = "sizes of the training images, one after the other, each for an equal share of the epochs,"
                    + " such as 128,160,224; judging and the saved model keep --image-size (default: that size)")
    private int[] imageSizes = {};

    @Option(
            names = "--ema-decay",
            paramLabel = "DECAY",
            description = "judge and save a moving average of the weights, which keeps so much of itself at each step,"
                    + " such as 0.999 (default: off)")
    private Double averageWeights;

    @Option(
            names = "--gradient-accumulation",
            paramLabel = "N",
            defaultValue = "1",
            description = "batches of one step, as if they were one batch (default: ${DEFAULT-VALUE})")
    private int accumulate;

    /** Tells a trainer of those that were given. */
    void applyTo(MultiLabelTrainerBuilder builder) {
        builder.optLayerDecay(layerDecay).optProgressiveResizing(imageSizes).optGradientAccumulation(accumulate);
        if (freezeEpochs != null) {
            builder.optFreezeEpochs(freezeEpochs);
        }
        if (backboneLearningRateFactor != null) {
            builder.optBackboneLearningRateFactor(backboneLearningRateFactor);
        }
        if (averageWeights != null) {
            builder.optEmaDecay(averageWeights);
        }
    }
}
