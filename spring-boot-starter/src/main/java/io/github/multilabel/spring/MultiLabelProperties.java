package io.github.multilabel.spring;

import io.github.multilabel.core.torch.Precision;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the models, as {@code application.yml} has them. Ranges and defaults are those of
 * {@link io.github.multilabel.serving.PredictionService.Builder}.
 *
 * @param models Where each model is, by its name: a folder that a training saved or a file that was exported, as a path
 *     or a location such as file:/models/cars. Without one there is no bean.
 * @param engine What computes. By default pytorch for saved models and onnxruntime for exported files.
 * @param precision Data type of convolutions.
 * @param batchSize How many images are computed at once, 1 to 1024.
 * @param longestWait How long an image waits for others where the model is free, 0 to 1 s.
 * @param queueSize How many images wait for each model, 1 to 100,000. More are refused.
 * @param pixelLimit The largest height times width of an image.
 * @param reload How often to look whether the files of a model changed, at least 100 ms. By default never.
 */
@ConfigurationProperties("multilabel")
public record MultiLabelProperties(
        @DefaultValue Map<String, String> models,
        @Nullable String engine,
        @DefaultValue("float32") Precision precision,
        @DefaultValue("16") int batchSize,
        @DefaultValue("2ms") Duration longestWait,
        @DefaultValue("256") int queueSize,
        @DefaultValue("50000000") long pixelLimit,
        @Nullable Duration reload) {

    /** Copies the models, in their order. */
    public MultiLabelProperties {
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    }
}
