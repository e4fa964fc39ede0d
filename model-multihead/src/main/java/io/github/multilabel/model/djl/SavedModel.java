package io.github.multilabel.model.djl;

import ai.djl.Model;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.Translator;
import java.util.List;

/** A model of DJL around one of this library, which is closed with it. */
final class SavedModel<I, O> extends ZooModel<I, O> {

    private final List<AutoCloseable> owned;

    /** @param owned is closed with the model, in this order */
    SavedModel(Model model, Translator<I, O> translator, List<AutoCloseable> owned) {
        super(model, translator);
        this.owned = owned;
    }

    @Override
    public void close() {
        super.close();
        for (AutoCloseable each : owned) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
