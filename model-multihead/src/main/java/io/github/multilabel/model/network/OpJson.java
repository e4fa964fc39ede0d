package io.github.multilabel.model.network;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.multilabel.core.internal.message.Excerpt;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An operation as JSON and back: its name and its fields as {@link OpFormat} has them. */
final class OpJson {

    /** Goes without saying: what is older than the field has none. */
    private static final ConvInit UNSAID = ConvInit.FAN_OUT;

    private OpJson() {}

    /** Adds the operation to the JSON of its layer. */
    static void write(Op op, JsonObject layer) {
        OpFormat format = OpFormat.of(op);
        layer.addProperty("op", format.inFiles());
        RecordComponent[] components = op.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            Object value = invoke(() -> component.getAccessor().invoke(op));
            if (value != UNSAID) {
                layer.add(format.fields().get(i), primitive(value));
            }
        }
    }

    private static JsonPrimitive primitive(Object value) {
        if (value instanceof ConvInit init) {
            return new JsonPrimitive(init.inFiles());
        }
        return value instanceof Boolean flag ? new JsonPrimitive(flag) : new JsonPrimitive((Number) value);
    }

    /** Reads the operation of a layer. */
    static Op read(String name, JsonObject layer) {
        OpFormat format = OpFormat.named(name);
        Class<?>[] types = Arrays.stream(format.type().getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        requireFields(layer, format.fields(), types);
        Object[] values = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            String field = format.fields().get(i);
            values[i] = value(field, types[i], layer.get(field));
        }
        return (Op) invoke(() -> format.type().getDeclaredConstructor(types).newInstance(values));
    }

    private static void requireFields(JsonObject layer, List<String> fields, Class<?>[] types) {
        Set<String> expected = new LinkedHashSet<>(List.of("name", "stage", "inputs", "op"));
        for (int i = 0; i < types.length; i++) {
            if (types[i] != ConvInit.class || layer.has(fields.get(i))) {
                expected.add(fields.get(i));
            }
        }
        if (!layer.keySet().equals(expected)) {
            throw new IllegalArgumentException(
                    "it has the fields " + Excerpt.of(layer.keySet()) + ", expected " + expected);
        }
    }

    private static Object value(String field, Class<?> type, JsonElement json) {
        if (type == ConvInit.class) {
            return init(field, json);
        }
        if (json.isJsonPrimitive()) {
            JsonPrimitive value = json.getAsJsonPrimitive();
            if (type == boolean.class && value.isBoolean()) {
                return value.getAsBoolean();
            }
            if (type == double.class && value.isNumber()) {
                return value.getAsDouble();
            }
            if (type == int.class && value.isNumber()) {
                try {
                    return value.getAsBigDecimal().intValueExact();
                } catch (ArithmeticException e) {
                    throw new IllegalArgumentException(
                            "field '" + field + "' must be a whole number, got " + Excerpt.of(json), e);
                }
            }
        }
        throw new IllegalArgumentException(
                "field '" + field + "' must be of type " + type + ", got " + Excerpt.of(json));
    }

    private static ConvInit init(String field, JsonElement json) {
        if (json == null) {
            return UNSAID;
        }
        return Arrays.stream(ConvInit.values())
                .filter(init -> json.equals(primitive(init)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("field '" + field + "' must be one of "
                        + Arrays.stream(ConvInit.values())
                                .map(ConvInit::inFiles)
                                .toList() + ", got "
                        + Excerpt.of(json)));
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
