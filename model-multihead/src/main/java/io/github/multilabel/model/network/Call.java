package io.github.multilabel.model.network;

import io.github.multilabel.core.torch.Precision;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What an operation needs to know to write its expression.
 *
 * @param inputs the names of its inputs in the text
 * @param parameters the names of its parameters in the text
 * @param precision the data type of convolutions and matrix products
 * @param updating whether a batch norm normalises by the batch and updates its running statistics
 * @param depthwise how a depthwise convolution is written
 * @param locals gives an expression a name, so that it is computed once
 * @param consumes whether nothing else needs the first input, so that the result may overwrite it
 */
record Call(
        List<String> inputs,
        List<String> parameters,
        Precision precision,
        boolean updating,
        Depthwise depthwise,
        UnaryOperator<String> locals,
        boolean consumes) {

    String input() {
        return inputs.get(0);
    }

    /** The name of a value that is computed before this operation. */
    String local(String expression) {
        return locals.apply(expression);
    }

    /** A parameter as it is stored. */
    String parameter(int index) {
        return parameters.get(index);
    }

    /** A parameter in the data type of convolutions and matrix products. */
    String cast(int index) {
        return cast(parameter(index));
    }

    /** A value in the data type of convolutions and matrix products. */
    String cast(String value) {
        return precision == Precision.FLOAT32 ? value : "torch.to(" + value + ", " + precision.scalarType() + ")";
    }

    /** The same number for height and width. */
    static String square(int value) {
        return "[" + value + ", " + value + "]";
    }

    static String flag(boolean value) {
        return value ? "True" : "False";
    }
}
