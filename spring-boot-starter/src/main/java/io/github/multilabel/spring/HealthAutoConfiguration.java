package io.github.multilabel.spring;

import io.github.multilabel.serving.PredictionService;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of the models in Spring Boot 4: up, since an application whose models cannot be loaded does not start. */
@AutoConfiguration(after = MultiLabelAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(PredictionService.class)
final class HealthAutoConfiguration {

    @Bean
    @ConditionalOnEnabledHealthIndicator("multilabel")
    @ConditionalOnMissingBean(name = "multilabelHealthIndicator")
    HealthIndicator multilabelHealthIndicator(PredictionService service) {
        return () -> Health.up().withDetails(ModelsDetails.of(service)).build();
    }
}
