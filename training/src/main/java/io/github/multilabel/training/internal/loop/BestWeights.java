package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.internal.programs.ArrayCopy;
import io.github.multilabel.core.torch.internal.EngineLock;
import io.github.multilabel.training.event.EpochReport;
import io.github.multilabel.training.internal.settings.MonitorRule;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The best epoch so far and, if wanted, a copy of the weights that the model had after it. */
final class BestWeights implements AutoCloseable {

    private final NDManager manager;
    private final Map<String, NDArray> weights;
    private final boolean keep;
    private final BestEpoch best;
    /** Null until the first epoch that is worth keeping. */
    private @Nullable Snapshot copy;

    /**
     * Starts with nothing.
     *
     * @param weights the live arrays of the model, by name
     * @param keep whether to copy them
     */
    BestWeights(NDManager manager, Map<String, NDArray> weights, MonitorRule rule, boolean keep) {
        this.manager = manager;
        this.weights = weights;
        this.keep = keep;
        this.best = new BestEpoch(rule);
    }

    BestEpoch epoch() {
        return best;
    }

    /** Takes the weights if they are better than all before; returns whether. */
    boolean offer(EpochReport report) {
        boolean better = best.improves(report);
        if (better && keep) {
            take();
        }
        return better;
    }

    private void take() {
        if (copy == null) {
            copy = new Snapshot(manager, new NDList(weights.values()));
        } else {
            copy.take();
        }
    }

    /** Gives the model the best weights; does nothing if none were taken. */
    void putBack() {
        if (copy != null) {
            copy.putBack();
        }
    }

    /** The best weights by name; empty if none were taken. */
    Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        if (copy != null) {
            Iterator<NDArray> copies = copy.copies().iterator();
            weights.keySet().forEach(name -> state.put(name, copies.next()));
        }
        return state;
    }

    /** Takes over weights that {@link #state} gave; the model has them, too, afterwards. */
    void restore(Map<String, NDArray> saved) {
        if (!saved.isEmpty()) {
            try (EngineLock turn = EngineLock.take()) { // another thread may copy the model
                ArrayCopy.copy(manager, weights, saved);
            }
            take();
        }
    }

    @Override
    public void close() {
        if (copy != null) {
            copy.close();
        }
    }
}
