package io.github.multilabel.model.network;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.multilabel.core.internal.files.JsonFields;
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
    static Op read(String name, JsonFields layer) {
        OpFormat format = OpFormat.named(name);
        Class<?>[] types = Arrays.stream(format.type().getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        layer.requireFields(expected(layer, format.fields(), types));
        Object[] values = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            String field = format.fields().get(i);
            values[i] = value("field '" + field + "'", types[i], layer.json().get(field));
        }
        return (Op) invoke(() -> format.type().getDeclaredConstructor(types).newInstance(values));
    }

    private static Set<String> expected(JsonFields layer, List<String> fields, Class<?>[] types) {
        Set<String> expected = new LinkedHashSet<>(List.of("name", "stage", "inputs", "op"));
        for (int i = 0; i < types.length; i++) {
            if (types[i] != ConvInit.class || layer.has(fields.get(i))) {
                expected.add(fields.get(i));
            }
        }
        return expected;
    }

    private static Object value(String what, Class<?> type, JsonElement json) {
        if (type == ConvInit.class) {
            return init(what, json);
        }
        String wanted = "of type " + type;
        if (type == boolean.class) {
            return JsonFields.primitive(what, wanted, json, JsonPrimitive::isBoolean)
                    .getAsBoolean();
        }
        JsonPrimitive number = JsonFields.primitive(what, wanted, json, JsonPrimitive::isNumber);
        if (type == double.class) {
            return number.getAsDouble();
        }
        try {
            return number.getAsBigDecimal().intValueExact();
        } catch (ArithmeticException e) {
            throw JsonFields.wrong(what, "a whole number", json);
        }
    }

    private static ConvInit init(String what, JsonElement json) {
        if (json == null) {
            return UNSAID;
        }
        return Arrays.stream(ConvInit.values())
                .filter(init -> json.equals(primitive(init)))
                .findFirst()
                .orElseThrow(() -> JsonFields.wrong(
                        what,
                        "one of "
                                + Arrays.stream(ConvInit.values())
                                        .map(ConvInit::inFiles)
                                        .toList(),
                        json));
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
