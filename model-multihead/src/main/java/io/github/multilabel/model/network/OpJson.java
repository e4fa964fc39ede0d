package io.github.multilabel.model.network;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.multilabel.core.NearMatches;
import io.github.multilabel.core.message.Excerpt;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An operation as JSON and back: its name, and the components of its record as fields. */
final class OpJson {

    private static final Map<String, Class<?>> OPS = new LinkedHashMap<>();

    static {
        for (Class<?> op : Op.class.getPermittedSubclasses()) {
            OPS.put(name(op), op);
        }
    }

    private OpJson() {}

    /** {@code BatchNorm2d} is {@code batchNorm2d}. */
    private static String name(Class<?> op) {
        String name = op.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** Adds the operation to the JSON of its layer. */
    static void write(Op op, JsonObject layer) {
        layer.addProperty("op", name(op.getClass()));
        for (RecordComponent component : op.getClass().getRecordComponents()) {
            Object value = invoke(() -> component.getAccessor().invoke(op));
            if (!isDefault(value)) {
                layer.add(component.getName(), primitive(value));
            }
        }
    }

    /** The first constant of an enum goes without saying, so that what is older than the enum can be read. */
    private static boolean isDefault(Object value) {
        return value instanceof Enum<?> constant && constant.ordinal() == 0;
    }

    private static JsonPrimitive primitive(Object value) {
        if (value instanceof Enum<?> constant) {
            return new JsonPrimitive(constant.name());
        }
        return value instanceof Boolean flag ? new JsonPrimitive(flag) : new JsonPrimitive((Number) value);
    }

    /** Reads the operation of a layer. */
    static Op read(String name, JsonObject layer) {
        Class<?> op = OPS.get(name);
        if (op == null) {
            throw new IllegalArgumentException("unknown operation '" + Excerpt.of(name) + "'; there are "
                    + NearMatches.describe(name, OPS.keySet()));
        }
        RecordComponent[] components = op.getRecordComponents();
        requireFields(layer, components);
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components)
                .map(component -> value(component, layer.get(component.getName())))
                .toArray();
        return (Op) invoke(() -> op.getDeclaredConstructor(types).newInstance(values));
    }

    private static void requireFields(JsonObject layer, RecordComponent[] components) {
        Set<String> expected = new LinkedHashSet<>(List.of("name", "stage", "inputs", "op"));
        for (RecordComponent component : components) {
            if (!component.getType().isEnum() || layer.has(component.getName())) {
                expected.add(component.getName());
            }
        }
        if (!layer.keySet().equals(expected)) {
            throw new IllegalArgumentException(
                    "it has the fields " + Excerpt.of(layer.keySet()) + ", expected " + expected);
        }
    }

    private static Object value(RecordComponent component, JsonElement json) {
        if (component.getType().isEnum()) {
            return constant(component, json);
        }
        if (json.isJsonPrimitive()) {
            JsonPrimitive value = json.getAsJsonPrimitive();
            if (component.getType() == boolean.class && value.isBoolean()) {
                return value.getAsBoolean();
            }
            if (component.getType() == double.class && value.isNumber()) {
                return value.getAsDouble();
            }
            if (component.getType() == int.class && value.isNumber()) {
                try {
                    return value.getAsBigDecimal().intValueExact();
                } catch (ArithmeticException e) {
                    throw new IllegalArgumentException(
                            "field '" + component.getName() + "' must be a whole number, got " + Excerpt.of(json), e);
                }
            }
        }
        throw new IllegalArgumentException("field '" + component.getName() + "' must be of type " + component.getType()
                + ", got " + Excerpt.of(json));
    }

    private static Object constant(RecordComponent component, JsonElement json) {
        Object[] constants = component.getType().getEnumConstants();
        if (json == null) {
            return constants[0];
        }
        return Arrays.stream(constants)
                .filter(constant -> json.equals(primitive(constant)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("field '" + component.getName() + "' must be one of "
                        + Arrays.toString(constants) + ", got " + Excerpt.of(json)));
    }

    private interface Reflection {
        Object get() throws ReflectiveOperationException;
    }

    private static Object invoke(Reflection reflection) {
        try {
            return reflection.get();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) {
                throw wrong;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
