package io.github.multilabel.spring;

import io.github.multilabel.serving.PredictionService;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The health of the models in Spring Boot 3: up, since an application whose models cannot be loaded does not start. */
@AutoConfiguration(after = MultiLabelAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(PredictionService.class)
final class ActuatorHealthAutoConfiguration {

    @Bean
    @ConditionalOnEnabledHealthIndicator("multilabel")
    @ConditionalOnMissingBean(name = "multilabelHealthIndicator")
    HealthIndicator multilabelHealthIndicator(PredictionService service) {
        return () -> Health.up().withDetails(ModelsDetails.of(service)).build();
    }
}
