package io.github.multilabel.model.heads;

import java.util.OptionalInt;

/**
 * What lies between the features of a backbone and the logits of one head: by default, one linear layer. With a hidden
 * layer, as in the classifiers of VGG and MobileNetV3: linear, ReLU, dropout, linear.
 *
 * <pre>{@code
 * HeadLayers.linear().withHidden(256).withDropout(0.2)
 * }</pre>
 *
 * @param hidden the units of the hidden layer, at least 1; empty for none
 * @param dropout in [0, 1): the share of what the last layer sees that is set to 0 while training, anew for each image;
 *     what is left is scaled up by {@code 1 / (1 - dropout)}, as PyTorch's {@code dropout} does (Srivastava et al.
 *     2014). Prediction knows nothing of it
 */
public record HeadLayers(OptionalInt hidden, double dropout) {

    private static final HeadLayers LINEAR = new HeadLayers(OptionalInt.empty(), 0);

    /** @throws IllegalArgumentException if a value is outside its range */
    public HeadLayers {
        if (hidden.isPresent() && hidden.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "a hidden layer of " + hidden.getAsInt() + " units; at least 1, e.g. 256");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("a dropout rate of " + dropout + " is outside [0, 1); 0.2 is usual");
        }
    }

    /** One linear layer, and nothing is dropped. */
    public static HeadLayers linear() {
        return LINEAR;
    }

    /** The same with a hidden layer of so many units. */
    public HeadLayers withHidden(int units) {
        return new HeadLayers(OptionalInt.of(units), dropout);
    }

    /** The same with another dropout before the last layer. */
    public HeadLayers withDropout(double rate) {
        return new HeadLayers(hidden, rate);
    }

    /** For people: {@code 256 hidden, dropout 0.2}. */
    @Override
    public String toString() {
        return (hidden.isPresent() ? hidden.getAsInt() + " hidden" : "linear")
                + (dropout > 0 ? ", dropout " + dropout : "");
    }
}
