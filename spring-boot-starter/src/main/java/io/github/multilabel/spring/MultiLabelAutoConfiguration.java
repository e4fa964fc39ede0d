package io.github.multilabel.spring;

import io.github.multilabel.model.ImagePredictor;
import io.github.multilabel.serving.PredictionService;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.io.ResourceLoader;

/**
 * Makes beans of the models that {@link MultiLabelProperties} name, and none if they name none: a
 * {@link PredictionService} with all of them, and, where there is exactly one model, an {@link ImagePredictor} of it:
 *
 * <pre>{@code
 * @RestController
 * class PhotoController {
 *
 *     private final ImagePredictor predictor;
 *
 *     PhotoController(ImagePredictor predictor) {
 *         this.predictor = predictor;
 *     }
 *
 *     @PostMapping("/predict")
 *     String predict(@RequestParam MultipartFile photo) throws IOException {
 *         return predictor.predict(photo.getBytes()).toJson();
 *     }
 * }
 * }</pre>
 *
 * <p>That predictor asks the service, unlike a {@link io.github.multilabel.model.MultiLabelPredictor}, which computes
 * itself: photos of requests that come at the same time share batches; a model whose files change is replaced under it;
 * and where more images wait than may, it throws a {@link io.github.multilabel.serving.BusyException}, which an
 * application answers with status 503. Closing it closes nothing else.
 *
 * <p>The service closes with the context, after Spring has stopped its web server. It counts in the
 * {@link MeterRegistry} of the application, if there is one. A bean of one's own of either type takes the place of the
 * one made here.
 */
@AutoConfiguration
@Conditional(ModelsGiven.Any.class)
@EnableConfigurationProperties(MultiLabelProperties.class)
public final class MultiLabelAutoConfiguration {

    /** Called by Spring. */
    public MultiLabelAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    PredictionService predictionService(
            MultiLabelProperties properties, ResourceLoader resources, ObjectProvider<MeterRegistry> meters) {
        return new ConfiguredService(properties, resources).start(meters.getIfUnique());
    }

    @Bean
    @ConditionalOnMissingBean
    @Conditional(ModelsGiven.One.class)
    ImagePredictor imagePredictor(PredictionService service, MultiLabelProperties properties) {
        String model = properties.models().keySet().iterator().next();
        int batches = 2 * properties.batchSize(); // one is decoded while the other is computed
        return new ServedPredictor(service.model(model), Math.min(batches, properties.queueSize()));
    }
}
