package io.github.multilabel.spring;

import io.github.multilabel.serving.ModelInfo;
import io.github.multilabel.serving.PredictionService;
import io.github.multilabel.serving.ServedModel;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the health of an application tells of its models. */
final class ModelsDetails {

    private ModelsDetails() {}

    /**
     * For each model its version, the engine, when it was loaded, how many images wait, and why a change was not
     * loaded.
     */
    static Map<String, Object> of(PredictionService service) {
        Map<String, Object> models = new LinkedHashMap<>();
        for (ServedModel model : service.models()) {
            ModelInfo info = model.info();
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("version", info.version());
            details.put("engine", info.engine());
            details.put("loaded", info.loaded().toString());
            details.put("waiting", model.waiting());
            model.reloadProblem().ifPresent(problem -> details.put("notReloaded", problem));
            models.put(model.name(), details);
        }
        return models;
    }
}
