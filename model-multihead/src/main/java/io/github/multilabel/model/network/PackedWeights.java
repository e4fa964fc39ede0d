package io.github.multilabel.model.network;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.TorchValue;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a network for prediction, in the order in which oneDNN reads them, which depends on the number and
 * size of images. Those of a shape that comes again and again are packed once, of any other at each call; the answers
 * are the same. For many threads.
 */
final class PackedWeights implements AutoCloseable {

    /** Each is a copy of the weights: for a batch and the rest of the last one, in two sizes. */
    private static final int MOST = 4;

    /** Packing takes about as long as some calls gain by it. */
    private static final int CALLS_BEFORE = 4;

    private static final int SHAPES_COUNTED = 64;

    private final NDManager manager;
    private final Network network;
    private final Fusions fusions;
    private final Packing plain;
    /** The one that was used last stands at the end, as among the counted calls. */
    private final Map<Shape, Packing> packings = new LinkedHashMap<>(MOST, 0.75f, true);

    private final Map<Shape, Integer> calls = new LinkedHashMap<>(SHAPES_COUNTED, 0.75f, true);
    private boolean closed;

    /** Weights that a call may still read after another shape has taken their place. */
    private static final class Packing {

        private final TorchValue weights;
        private int calls;
        private boolean isReplaced;

        Packing(TorchValue weights) {
            this.weights = weights;
        }

        void closeIfUnused() {
            if (isReplaced && calls == 0) {
                weights.close();
            }
        }
    }

    /**
     * Takes weights over.
     *
     * @param manager for programs
     * @param network with the fusions
     * @param weights the parameters of the network, and what follows them; closed with this
     */
    PackedWeights(NDManager manager, Network network, Fusions fusions, TorchValue weights) {
        this.manager = manager;
        this.network = network;
        this.fusions = fusions;
        plain = new Packing(weights);
    }

    /** Calls with the weights for images of a shape (N, 3, H, W); they are not closed before it returns. */
    <T> T use(Shape images, Function<TorchValue, T> call) {
        Packing packing = take(images);
        try {
            return call.apply(packing.weights);
        } finally {
            release(packing);
        }
    }

    private synchronized Packing take(Shape images) {
        Packing packing = packings.get(images);
        if (packing == null) {
            packing = isWorthPacking(images) ? pack(images) : plain;
        }
        packing.calls++;
        return packing;
    }

    private synchronized void release(Packing packing) {
        packing.calls--;
        packing.closeIfUnused();
    }

    private boolean isWorthPacking(Shape images) {
        if (closed || !fusions.arePacked() || images.get(0) == 0) {
            return false;
        }
        int before = calls.merge(images, 1, Integer::sum) - 1;
        removeEldest(calls, SHAPES_COUNTED);
        return before >= CALLS_BEFORE;
    }

    private Packing pack(Shape images) {
        calls.remove(images); // if another takes its place, it is counted anew
        Packing packing;
        try (TorchFunction program = TorchFunction.load(manager, fusions.pack(network, images))) {
            packing = new Packing(program.run("pack", plain.weights));
        }
        packings.put(images, packing);
        replace(removeEldest(packings, MOST));
        return packing;
    }

    private static <T> @Nullable T removeEldest(Map<Shape, T> map, int most) {
        if (map.size() <= most) {
            return null;
        }
        Iterator<T> values = map.values().iterator();
        T eldest = values.next();
        values.remove();
        return eldest;
    }

    private static void replace(@Nullable Packing packing) {
        if (packing != null) {
            packing.isReplaced = true;
            packing.closeIfUnused();
        }
    }

    /** How many shapes have weights of their own now. */
    synchronized int packed() {
        return packings.size();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            packings.values().forEach(PackedWeights::replace);
            packings.clear();
            replace(plain);
        }
    }
}
