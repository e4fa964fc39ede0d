package io.github.multilabel.core.internal.programs;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.internal.TorchEngine;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Programs of one kind, each written and loaded when it is first asked for. For many threads.
 *
 * @param <K> says which program is meant
 */
public final class TorchPrograms<K> implements AutoCloseable {

    private final Function<K, String> text;
    private final Map<K, TorchFunction> loaded = new HashMap<>();
    /** Null until the first program is asked for. */
    private @Nullable NDManager manager;

    /** @param text writes the methods of a program, as {@link TorchFunction#load} takes them */
    public TorchPrograms(Function<K, String> text) {
        this.text = text;
    }

    /**
     * The program for a key.
     *
     * @param device of the first program is that of all until {@link #close}
     * @return not to be closed by the caller
     */
    public synchronized TorchFunction get(K key, Device device) {
        NDManager owner = manager == null ? TorchEngine.newManager(device) : manager;
        manager = owner;
        return loaded.computeIfAbsent(key, wanted -> TorchFunction.load(owner, text.apply(wanted)));
    }

    /** Frees the programs; a later call loads them again. */
    @Override
    public synchronized void close() {
        loaded.values().forEach(TorchFunction::close);
        loaded.clear();
        if (manager != null) {
            manager.close();
            manager = null;
        }
    }
}
