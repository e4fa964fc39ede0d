package io.github.multilabel.spring;

import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether there are models in the properties: any, or exactly one. */
abstract class ModelsGiven extends SpringBootCondition {

    private static final String MODELS = "multilabel.models";

    /** At least one. */
    static final class Any extends ModelsGiven {
        @Override
        boolean isEnough(int models) {
            return models > 0;
        }
    }

    /** Exactly one. */
    static final class One extends ModelsGiven {
        @Override
        boolean isEnough(int models) {
            return models == 1;
        }
    }

    abstract boolean isEnough(int models);

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        int models = Binder.get(context.getEnvironment())
                .bind(MODELS, Bindable.mapOf(String.class, String.class))
                .orElse(Map.of())
                .size();
        return new ConditionOutcome(
                isEnough(models), ConditionMessage.forCondition("Models").because(MODELS + " names " + models));
    }
}
