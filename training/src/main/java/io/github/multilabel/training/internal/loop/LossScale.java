package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonObject;
import io.github.multilabel.core.torch.Precision;

/**
 * What the loss is multiplied by before the backward pass, so that the small gradients of float16 do not vanish: as
 * PyTorch's {@code torch.amp.GradScaler} with its defaults. It starts at 65,536, halves when a gradient overflows, and
 * doubles after {@value #PATIENCE} steps without that. In other precisions it is 1 always. One for all phases of a
 * training.
 */
final class LossScale {

    private static final float START = 1 << 16;
    private static final float GROWTH = 2;
    private static final float BACKOFF = 0.5f;
    private static final int PATIENCE = 2000;

    /** Below this it is not the scale that makes gradients overflow. */
    private static final float LEAST = 1;

    private static final String VALUE = "value";
    private static final String STEPS = "steps";

    private final boolean dynamic;
    private float value;
    /** Since the scale last changed. */
    private int steps;

    LossScale(Precision precision) {
        dynamic = precision == Precision.FLOAT16;
        value = dynamic ? START : 1;
    }

    double value() {
        return value;
    }

    /** The loss to go backward from; it belongs to the manager of the loss. */
    NDArray scaled(NDArray loss) {
        // An array, not a number: DJL frees the memory of a number before the gradient is computed with it.
        return dynamic ? loss.mul(loss.getManager().create(value)) : loss;
    }

    /** A step was made. */
    void stepped() {
        if (dynamic && ++steps == PATIENCE) {
            steps = 0;
            value = Float.isFinite(value * GROWTH) ? value * GROWTH : value;
        }
    }

    /**
     * The gradient of a finite loss was not finite.
     *
     * @return whether that is to be expected now and then; not so if there is no scaling, or has long been too little
     */
    boolean overflowed() {
        if (!dynamic) {
            return false;
        }
        steps = 0;
        value *= BACKOFF;
        return value >= LEAST;
    }

    /** Adds what is needed to go on to the description of a checkpoint: nothing in other precisions. */
    void save(JsonObject description) {
        if (dynamic) {
            JsonObject json = new JsonObject();
            json.addProperty(VALUE, value);
            json.addProperty(STEPS, steps);
            description.add(CheckpointKeys.LOSS_SCALE, json);
        }
    }

    /** Goes on from what {@link #save} wrote, or starts anew if the training was in another precision. */
    void restore(JsonObject description) {
        if (dynamic && description.has(CheckpointKeys.LOSS_SCALE)) {
            JsonObject json = description.getAsJsonObject(CheckpointKeys.LOSS_SCALE);
            value = json.get(VALUE).getAsFloat();
            steps = json.get(STEPS).getAsInt();
        }
    }
}
