package io.github.multilabel.serving;

import ai.djl.MalformedModelException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.model.drift.HeadDrift;
import io.github.multilabel.model.explain.Target;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model of a {@link PredictionService}: it answers images of any number of callers, which share batches, and is
 * replaced without a lost image when its files change. Any number of threads may use it. The service closes it.
 */
public final class ServedModel {

    private static final Logger LOG = LoggerFactory.getLogger(ServedModel.class);

    private final String name;
    private final ModelPlace place;
    private final ServiceSettings settings;
    private final ServiceMeters meters;
    private volatile LoadedModel current;
    /** Of files that could not be loaded, so that they are tried once. */
    private volatile Optional<ModelPlace.Stamp> refused = Optional.empty();

    /** Why the last change could not be loaded. */
    private volatile String problem = "";

    private volatile boolean isClosed;

    private ServedModel(
            String name, ModelPlace place, ServiceSettings settings, ServiceMeters meters, LoadedModel current) {
        this.name = name;
        this.place = place;
        this.settings = settings;
        this.meters = meters;
        this.current = current;
    }

    /** Loads a model; it is ready then. */
    static ServedModel load(String name, ModelPlace place, ServiceSettings settings, ServiceMeters meters)
            throws IOException, MalformedModelException {
        ServedModel model =
                new ServedModel(name, place, settings, meters, LoadedModel.load(name, place, settings, meters));
        meters.watchQueue(() -> model.current.waiting());
        model.watchDrift();
        return model;
    }

    /** The name under which it is served. */
    public String name() {
        return name;
    }

    /** What is known of the version that answers now. */
    public ModelInfo info() {
        return current.info();
    }

    /** Heads may come and go with later versions; what is watched stays, and is NaN. */
    private void watchDrift() {
        info().heads()
                .names()
                .forEach(head -> meters.watchDrift(head, () -> drift().stream()
                        .filter(each -> each.head().equals(head))
                        .findFirst()));
    }

    /**
     * How far the answers of each head are from those on validation images, over the last 10,000 predictions of the
     * version that answers now; none where the model was trained without such images.
     */
    public List<HeadDrift> drift() {
        return current.drift();
    }

    /** Why the last change of its files could not be loaded, while the version before goes on; empty if all is well. */
    public Optional<String> reloadProblem() {
        return Optional.of(problem).filter(found -> !found.isEmpty());
    }

    /** The number of images that wait. */
    public int waiting() {
        return current.waiting();
    }

    /**
     * Predicts images, together with those of other callers.
     *
     * @param images in memory or quick to read; at most as many as may wait
     * @return answers that come, from one version of the model
     * @throws BusyException if there is no room in the queue
     * @throws IllegalStateException if the service is closed
     */
    public Accepted predict(List<ImageSource> images) {
        while (true) {
            LoadedModel asked = current;
            try {
                return asked.predict(images);
            } catch (IllegalStateException e) {
                requireReplaced(asked, e);
            }
        }
    }

    /**
     * Shows where the model looks. Callers take turns, and wait.
     *
     * @param target a head, and perhaps a category of it
     * @return the first map; empty where the head predicts nothing
     * @throws IOException if the image cannot be read
     * @throws IllegalArgumentException if there is no such head or category
     * @throws UnsupportedOperationException if it is an exported file, or of a backbone that cannot be explained
     * @throws IllegalStateException if the service is closed
     */
    public Optional<HeatPicture> explain(ImageSource image, Target target) throws IOException {
        while (true) {
            LoadedModel asked = current;
            try {
                return asked.explain(image, target);
            } catch (IllegalStateException e) {
                requireReplaced(asked, e);
            }
        }
    }

    /** A version that was closed may have been replaced between two lines; then the next one is asked. */
    private void requireReplaced(LoadedModel asked, IllegalStateException problem) {
        if (isClosed || asked == current) {
            throw problem;
        }
    }

    /**
     * Replaces the model if its files have changed. One that cannot be loaded is logged, and the old one goes on.
     *
     * @param loaded told of a new version
     */
    void refresh(Consumer<ModelInfo> loaded) {
        try {
            ModelPlace.Stamp found = place.stamp();
            if (found.equals(current.stamp())) {
                problem = ""; // the files before may have been put back
                return;
            }
            if (refused.filter(found::equals).isPresent()) {
                return;
            }
            LOG.info("the model '{}' changed; loading it from {}", name, place.path());
            try {
                replace(LoadedModel.load(name, place, settings, meters));
            } catch (IOException | MalformedModelException | RuntimeException e) {
                refused = Optional.of(found);
                throw e;
            }
            meters.onReload(true);
            loaded.accept(info());
        } catch (IOException | MalformedModelException | RuntimeException | OutOfMemoryError e) { // or half written
            String found = String.valueOf(e.getMessage());
            if (!found.equals(problem)) { // said once, however often it is looked at
                problem = found;
                meters.onReload(false);
                LOG.error("the model '{}' changed, but cannot be loaded: {}. The one before goes on", name, found);
            }
        }
    }

    private void replace(LoadedModel next) {
        LoadedModel old = current;
        current = next;
        refused = Optional.empty();
        problem = "";
        watchDrift();
        old.close(); // after it has answered what waits
    }

    void close() {
        isClosed = true;
        current.close();
    }
}
