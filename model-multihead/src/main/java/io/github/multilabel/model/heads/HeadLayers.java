package io.github.multilabel.model.heads;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * The layers of one head, from the features of the backbone to the logits of the head: by default, one linear layer.
 * With a hidden layer, as in the classifiers of VGG and MobileNetV3: linear, ReLU, dropout, linear.
 *
 * <pre>{@code
 * HeadLayers.linear().withHidden(256).withDropout(0.2)
 * }</pre>
 *
 * @param hidden the number of units of the hidden layer, 1 to 1,000,000; empty for no hidden layer
 * @param dropout in [0, 1): the fraction of the last layer's inputs that is set to 0 during training, drawn anew for
 *     each image; the others are scaled by {@code 1 / (1 - dropout)}, as PyTorch's {@code dropout} does (Srivastava et
 *     al. 2014). Prediction uses no dropout
 */
public record HeadLayers(OptionalInt hidden, double dropout) {

    /** More are a mistake, of which the memory for their weights would be the first to tell. */
    private static final int MOST_UNITS = 1_000_000;

    private static final HeadLayers LINEAR = new HeadLayers(OptionalInt.empty(), 0);

    /** @throws IllegalArgumentException if a value is outside its range */
    public HeadLayers {
        if (hidden.isPresent() && hidden.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "a hidden layer of " + hidden.getAsInt() + " units; at least 1, e.g. 256");
        }
        if (hidden.isPresent() && hidden.getAsInt() > MOST_UNITS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "a hidden layer of %,d units; at most %,d", hidden.getAsInt(), MOST_UNITS));
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("a dropout rate of " + dropout + " is outside [0, 1); 0.2 is usual");
        }
    }

    /** Returns one linear layer without dropout. */
    public static HeadLayers linear() {
        return LINEAR;
    }

    /** Returns these layers with a hidden layer of the given number of units. */
    public HeadLayers withHidden(int units) {
        return new HeadLayers(OptionalInt.of(units), dropout);
    }

    /** Returns these layers with the given dropout before the last layer. */
    public HeadLayers withDropout(double rate) {
        return new HeadLayers(hidden, rate);
    }

    /** For example {@code 256 hidden, dropout 0.2}. */
    @Override
    public String toString() {
        return (hidden.isPresent() ? hidden.getAsInt() + " hidden" : "linear")
                + (dropout > 0 ? ", dropout " + dropout : "");
    }
}
