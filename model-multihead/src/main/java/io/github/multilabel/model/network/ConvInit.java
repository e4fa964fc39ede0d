package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.UniformInitializer;

/** How the weight of a convolution starts, as the makers of a family do it; biases start at 0 unless said otherwise. */
public enum ConvInit {
    /** Normal with variance 2 / (out * kernel * kernel) (He et al. 2015, fan out): torchvision's choice. */
    FAN_OUT("FAN_OUT"),
    /** The same with the outputs of one group only: TensorFlow's and timm's choice for EfficientNets. */
    FAN_OUT_OF_GROUP("FAN_OUT_OF_GROUP"),
    /** Normal with deviation 0.02: the choice for ConvNeXt. */
    NARROW("NARROW"),
    /** Uniform within 1 / sqrt(in / groups * kernel * kernel), the bias too: what PyTorch does unasked. */
    FAN_IN("FAN_IN");

    private static final float NARROW_DEVIATION = 0.02f;

    private final String inFiles;

    ConvInit(String inFiles) {
        this.inFiles = inFiles;
    }

    /** Its name in saved models, which stays whatever the constant is called. */
    String inFiles() {
        return inFiles;
    }

    /** @param weight (out, in / groups, kernel, kernel) */
    Initializer weight(Shape weight, int groups) {
        double window = weight.get(2) * weight.get(3);
        return switch (this) {
            case FAN_OUT -> new NormalInitializer((float) Math.sqrt(2 / (weight.get(0) * window)));
            case FAN_OUT_OF_GROUP -> new NormalInitializer((float) Math.sqrt(2 * groups / (weight.get(0) * window)));
            case NARROW -> new NormalInitializer(NARROW_DEVIATION);
            case FAN_IN -> fanIn(weight);
        };
    }

    /** @param weight (out, in / groups, kernel, kernel) */
    Initializer bias(Shape weight) {
        return this == FAN_IN ? fanIn(weight) : Initializer.ZEROS;
    }

    private static Initializer fanIn(Shape weight) {
        return new UniformInitializer((float) (1 / Math.sqrt(weight.size() / (double) weight.get(0))));
    }
}
