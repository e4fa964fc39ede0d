package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;

/**
 * A parameter that a {@link Network} needs.
 *
 * @param name unique in the network, as torchvision names it: {@code layer1.0.conv1.weight}
 * @param shape its shape
 * @param type what it is for; running statistics are {@code RUNNING_MEAN} and {@code RUNNING_VAR}
 * @param initializer gives its values before training
 */
public record ParameterSpec(String name, Shape shape, Parameter.Type type, Initializer initializer) {

    /** Whether a training step changes it by its gradient; running statistics are not trained. */
    public boolean isTrained() {
        return type != Parameter.Type.RUNNING_MEAN && type != Parameter.Type.RUNNING_VAR;
    }
}
