package io.github.multilabel.model.weights;

import static java.util.Map.entry;

import io.github.multilabel.core.internal.message.Excerpt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a pickle may name, and what becomes of it: tensors, their storages, and containers that do nothing. It is
 * close to the list of {@code torch.load(weights_only=True)}. Any other name is refused.
 */
final class TorchObjects {

    /** What stands for a class or function of Python: builds a value of Java from its arguments. */
    @FunctionalInterface
    interface Builder {
        Object build(Object[] arguments) throws IOException;
    }

    /** More than any file has, and far enough from the largest long for its number of bytes. */
    private static final long MOST_VALUES = 1L << 56;

    private static final Map<String, TensorType> STORAGES = Map.ofEntries(
            entry("DoubleStorage", TensorType.F64),
            entry("FloatStorage", TensorType.F32),
            entry("HalfStorage", TensorType.F16),
            entry("BFloat16Storage", TensorType.BF16),
            entry("LongStorage", TensorType.I64),
            entry("IntStorage", TensorType.I32),
            entry("ShortStorage", TensorType.I16),
            entry("CharStorage", TensorType.I8),
            entry("ByteStorage", TensorType.U8),
            entry("BoolStorage", TensorType.BOOL));

    private static final Map<String, Builder> BUILDERS = Map.ofEntries(
            entry("torch._utils._rebuild_tensor", TorchObjects::tensor),
            entry("torch._utils._rebuild_tensor_v2", TorchObjects::tensor),
            entry("torch._utils._rebuild_parameter", TorchObjects::first),
            entry("torch._utils._rebuild_parameter_with_state", TorchObjects::first),
            entry("torch.Size", TorchObjects::first),
            entry("torch.device", TorchObjects::first),
            entry("collections.OrderedDict", TorchObjects::dictionary),
            entry("collections.Counter", TorchObjects::dictionary),
            entry("argparse.Namespace", TorchObjects::dictionary),
            entry("builtins.set", TorchObjects::set),
            entry("__builtin__.set", TorchObjects::set));

    /** Where {@code torch.float32} and its like are written as what they are. */
    private static final List<String> DATA_TYPES =
            List.of("float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool");

    private final Map<String, TorchStorage> storages = new HashMap<>();

    /** The storages that were referred to, by key. */
    Map<String, TorchStorage> storages() {
        return storages;
    }

    /**
     * What a name stands for.
     *
     * @throws IOException if it is none of those allowed
     */
    Object named(String module, String name) throws IOException {
        String full = module + "." + name;
        if (BUILDERS.containsKey(full)) {
            return BUILDERS.get(full);
        }
        if ((module.equals("torch") || module.equals("torch.cuda")) && STORAGES.containsKey(name)) {
            return STORAGES.get(name);
        }
        if (module.equals("torch") && DATA_TYPES.contains(name)) {
            return full;
        }
        throw new IOException("its pickle names '" + Excerpt.of(full)
                + "', which is refused: only tensors and plain containers are read, and nothing else is built or run."
                + " If you trust the file, keep its weights alone in Python: torch.save(model.state_dict(), file)");
    }

    /** A storage, by the tuple that stands for it in the pickle. */
    TorchStorage storage(Object[] id) throws IOException {
        if (id.length < 5 || id.length > 6 || !"storage".equals(id[0])) {
            throw new IOException("its pickle refers to something outside that is not a storage");
        }
        TensorType type = Unpickler.cast(TensorType.class, id[1]);
        String key = Unpickler.cast(String.class, id[2]);
        Unpickler.requireKey(key);
        TorchStorage whole = new TorchStorage(key, type, 0, count(id[4]));
        storages.putIfAbsent(whole.key(), whole);
        if (id.length == 5 || id[5] == null) {
            return whole;
        }
        Object[] view = Unpickler.cast(Object[].class, id[5]); // its key, first value, number of values
        if (view.length != 3) {
            throw new IOException("its pickle has a view of a storage with " + view.length + " parts in place of 3");
        }
        return whole.view(count(view[1]), count(view[2]));
    }

    /** storage, offset, sizes, strides, and in newer files: needs a gradient, hooks, flags such as negation. */
    private static Object tensor(Object[] arguments) throws IOException {
        if (arguments.length < 4) {
            throw new IOException("its pickle has a tensor with too few arguments");
        }
        if (arguments.length > 6 && arguments[6] instanceof Map<?, ?> flags && !flags.isEmpty()) {
            throw new IOException("its pickle has a tensor that is a conjugated or negated view, which is not read;"
                    + " call resolve_conj() and resolve_neg() before saving it");
        }
        return new TorchTensor(
                Unpickler.cast(TorchStorage.class, arguments[0]),
                count(arguments[1]),
                counts(arguments[2]),
                counts(arguments[3]));
    }

    private static long[] counts(Object tuple) throws IOException {
        Object[] values = Unpickler.cast(Object[].class, tuple);
        if (values.length > TorchTensor.MOST_DIMENSIONS) {
            throw new IOException("its pickle has a tensor of " + values.length + " dimensions; at most "
                    + TorchTensor.MOST_DIMENSIONS + " are possible");
        }
        long[] counts = new long[values.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = count(values[i]);
        }
        return counts;
    }

    private static long count(Object value) throws IOException {
        long count = Unpickler.cast(Long.class, value);
        if (count < 0 || count > MOST_VALUES) {
            throw new IOException("its pickle has a tensor with the size, stride or offset " + count);
        }
        return count;
    }

    private static Object first(Object[] arguments) throws IOException {
        if (arguments.length == 0) {
            throw new IOException("its pickle calls a function without its argument");
        }
        return arguments[0];
    }

    private static Object set(Object[] arguments) {
        return arguments.length == 0 ? new ArrayList<>() : arguments[0];
    }

    /** From nothing, another dictionary, or, as Python 2 wrote it, a list of pairs. */
    private static Object dictionary(Object[] arguments) throws IOException {
        if (arguments.length > 0 && arguments[0] instanceof Map) {
            return arguments[0];
        }
        Map<Object, Object> dictionary = new LinkedHashMap<>();
        if (arguments.length > 0) {
            List<?> pairs = Unpickler.cast(List.class, arguments[0]);
            for (Object pair : pairs) {
                List<?> entry = Unpickler.cast(List.class, pair);
                if (entry.size() != 2) { // the same long list could be given again and again
                    throw new IOException("its pickle has a dictionary of pairs, one of which has " + entry.size()
                            + " entries in place of 2");
                }
                Unpickler.put(dictionary, entry.get(0), entry.get(1));
            }
            pairs.clear(); // taken, not copied: a hostile file could ask for the same list again and again
        }
        return dictionary;
    }
}
