package io.github.multilabel.spark.internal.prediction;

import java.util.HashMap;
import java.util.Map;

/**
 * One model for all tasks of a process that ask for the same: the first one loads it while the others wait. It stays
 * loaded when no task uses it, until another one is asked for. Any number of threads may use it.
 *
 * @param <K> what tells models apart
 * @param <T> models
 */
final class SharedModels<K, T extends AutoCloseable> {

    private final Map<K, Shared<T>> models = new HashMap<>();

    /** Loads a model. */
    @FunctionalInterface
    interface Loading<T> {
        T load() throws Exception;
    }

    /** A model, and how many use it. */
    private static final class Shared<T> {
        private final T model;
        private int users;

        private Shared(T model) {
            this.model = model;
        }
    }

    /**
     * Takes part in a model, which is loaded if it is not there; others that nobody uses are closed before.
     *
     * @return to be closed by the caller when it is done
     * @throws Exception if it cannot be loaded; the next one tries again
     */
    synchronized Lease<T> lease(K key, Loading<T> loading) throws Exception {
        Shared<T> shared = models.get(key);
        if (shared == null) {
            closeUnused();
            shared = new Shared<>(loading.load());
            models.put(key, shared);
        }
        shared.users++;
        return new Lease<>(this, shared);
    }

    private void closeUnused() throws Exception {
        for (Shared<T> shared :
                models.values().stream().filter(each -> each.users == 0).toList()) {
            models.values().remove(shared);
            shared.model.close();
        }
    }

    private synchronized void release(Shared<T> shared) {
        shared.users--;
    }

    /**
     * A part in a model. One thread uses it at a time.
     *
     * @param <T> models
     */
    static final class Lease<T extends AutoCloseable> implements AutoCloseable {

        private final SharedModels<?, T> models;
        private final Shared<T> shared;
        private boolean isOver;

        private Lease(SharedModels<?, T> models, Shared<T> shared) {
            this.models = models;
            this.shared = shared;
        }

        T model() {
            return shared.model;
        }

        /** The model stays loaded for others. */
        @Override
        public void close() {
            if (!isOver) {
                isOver = true;
                models.release(shared);
            }
        }
    }
}
