package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.nn.Parameter;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The weights that a model has before it is trained. */
class InitialWeightsTest {

    private static final int TIMES = 30;

    @Test
    void modelsOfOneSeedAreEqualAlsoIfTwoThreadsMakeThemAtOnce() {
        Backbone backbone = Backbones.of(TinyModels.network(), TinyModels.PREPROCESSING);
        List<Float> expected = weights(backbone, 7);
        CyclicBarrier atOnce = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<CompletableFuture<List<List<Float>>>> made = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                made.add(CompletableFuture.supplyAsync(() -> manyTimes(backbone, atOnce), threads));
            }
            assertThat(made)
                    .allSatisfy(all -> assertThat(all.join()).hasSize(TIMES).containsOnly(expected));
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<List<Float>> manyTimes(Backbone backbone, CyclicBarrier atOnce) {
        List<List<Float>> all = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            try {
                atOnce.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            all.add(weights(backbone, 7));
        }
        return all;
    }

    private static List<Float> weights(Backbone backbone, long seed) {
        List<Float> weights = new ArrayList<>();
        try (MultiLabelModel model = TinyModels.create(backbone, seed)) {
            for (Parameter parameter : model.block().parametersByName().values()) {
                for (float weight : parameter.getArray().toFloatArray()) {
                    weights.add(weight);
                }
            }
        }
        return weights;
    }
}
