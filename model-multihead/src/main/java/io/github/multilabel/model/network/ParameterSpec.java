package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;

/**
 * A parameter that a {@link Network} needs.
 *
 * @param name unique in the network, as torchvision or timm names it: {@code layer1.0.conv1.weight}
 * @param shape its shape
 * @param type what it is for; running statistics are {@code RUNNING_MEAN} and {@code RUNNING_VAR}
 * @param initializer gives its values before training
 */
public record ParameterSpec(String name, Shape shape, Parameter.Type type, Initializer initializer) {

    /** The name, within its layer, of a parameter that bears the name of the layer itself. */
    static final String OF_LAYER = "";

    /** Whether a parameter of a type is trained by its gradient, unless it is frozen; running statistics never are. */
    public static boolean isTrained(Parameter.Type type) {
        return type != Parameter.Type.RUNNING_MEAN && type != Parameter.Type.RUNNING_VAR;
    }

    /** See {@link #isTrained(Parameter.Type)}. */
    public boolean isTrained() {
        return isTrained(type);
    }

    /**
     * Returns whether weight decay applies to a parameter: the weights of convolutions and matrix products. Biases, the
     * scales and shifts of normalisations, layer scales, class tokens and positions have no weight decay, as in timm.
     */
    public static boolean isDecayed(Parameter.Type type, Shape shape) {
        return type == Parameter.Type.WEIGHT && shape.dimension() > 1;
    }

    ParameterSpec in(String layer) {
        String full = name.equals(OF_LAYER) ? layer : layer + "." + name;
        return new ParameterSpec(full, shape, type, initializer);
    }

    /** A DJL parameter that is not initialised yet and has no shape yet, so that an array can still be set. */
    Parameter newParameter() {
        return Parameter.builder()
                .setName(name)
                .setType(type)
                .optInitializer(initializer)
                .optRequiresGrad(isTrained())
                .build();
    }
}
