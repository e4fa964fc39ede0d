package io.github.multilabel.model.network;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.torch.TorchFunction;
import java.util.HashMap;
import java.util.Map;

/** The native programs of a network, each loaded when it is first asked for. They hold no weights. */
final class NetworkPrograms implements AutoCloseable {

    private final Network network;
    private final Map<Variant, TorchFunction> loaded = new HashMap<>();
    private NDManager manager;

    NetworkPrograms(Network network) {
        this.network = network;
    }

    synchronized TorchFunction get(Variant variant, Device device) {
        if (manager == null) {
            manager = NDManager.newBaseManager(device);
        }
        return loaded.computeIfAbsent(variant, key -> TorchFunction.load(manager, NetworkText.forward(network, key)));
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
