package io.github.multilabel.model.backbone;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.github.multilabel.model.card.ModelCard;
import io.github.multilabel.model.weights.WeightFile;
import io.github.multilabel.model.weights.WeightLoader;
import io.github.multilabel.model.weights.WeightMatching;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that a backbone's weights come from, in place of random ones. */
record FileWeights(Source source, WeightMatching matching, ModelCard.Weights from) implements InitialWeights {

    private static final Logger LOG = LoggerFactory.getLogger(Backbone.class);

    /** Finds the file, which may have to be fetched, and opens it. */
    @FunctionalInterface
    interface Source {
        WeightFile open() throws IOException;
    }

    @Override
    public void load(Block block) throws IOException {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        block.getParameters().forEach(parameter -> parameters.put(parameter.getKey(), parameter.getValue()));
        try (WeightFile file = source.open()) {
            LOG.info("weights of {}", WeightLoader.load(file, parameters, matching));
        }
    }

    @Override
    public Optional<ModelCard.Weights> origin() {
        return Optional.of(from);
    }
}
