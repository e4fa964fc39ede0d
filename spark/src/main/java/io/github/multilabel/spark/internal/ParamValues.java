package io.github.multilabel.spark.internal;

import io.github.multilabel.core.internal.message.Given;
import java.util.Arrays;
import org.apache.spark.ml.param.Param;
import org.jspecify.annotations.Nullable;

/** Values of Spark ML's parameters, which takes them as they are. */
public final class ParamValues {

    private ParamValues() {}

    /**
     * Returns a value.
     *
     * @throws IllegalArgumentException if it is null, or an array with null in it
     */
    public static <T> T require(Param<?> param, @Nullable T value) {
        boolean hasNull = value instanceof Object[] all && Arrays.asList(all).contains(null);
        return Given.require(hasNull ? null : value, param.name(), param.doc());
    }
}
