package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.ParameterSpec;
import io.github.multilabel.model.weights.PretrainedWeights;
import io.github.multilabel.model.weights.Safetensors;
import io.github.multilabel.testsupport.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights that are fetched, with images between -1 and 1 that the backbone itself would not ask for. */
class PretrainedTrainingTest {

    private static final Preprocessing HALVES = new Preprocessing(
            16, 1, CropMode.SQUASH, Interpolation.BICUBIC, List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));

    @TempDir
    Path cache;

    private TestServer server;

    @BeforeEach
    void publish() throws IOException {
        System.setProperty("DJL_CACHE_DIR", cache.toString());
        server = new TestServer();
        server.has("toy.safetensors", file());
    }

    @AfterEach
    void stop() {
        server.close();
        System.clearProperty("DJL_CACHE_DIR");
    }

    private Backbone backbone() {
        return Toy.backbone()
                .pretrained(new PretrainedWeights(
                        "toy",
                        "formula",
                        server.base().resolve("toy.safetensors"),
                        "toy.safetensors",
                        0,
                        "",
                        "MIT",
                        HALVES,
                        Double.NaN));
    }

    /** The value of a parameter at an index. */
    private static float formula(ParameterSpec spec, int index) {
        double wave = Math.sin(spec.name().hashCode() % 100 + 0.7 * index);
        return (float) (spec.name().startsWith("conv") ? 0.3 * wave : 1 + 0.2 * wave);
    }

    private static float[] values(ParameterSpec spec) {
        float[] values = new float[(int) spec.shape().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = formula(spec, i);
        }
        return values;
    }

    private static byte[] file() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            for (ParameterSpec spec : network().parameters()) {
                tensors.put(spec.name(), manager.create(values(spec), spec.shape()));
            }
            Safetensors.write(bytes, tensors, Map.of());
        }
        return bytes.toByteArray();
    }

    private static Network network() {
        return Toy.backbone().network().orElseThrow();
    }

    private static float[] value(MultiLabelModel model, String name) {
        return model.block().parametersByName().get(name).getArray().toFloatArray();
    }

    /** Of two epochs, the backbone being frozen in the first ones. */
    private MultiLabelTrainer trainer(int frozenEpochs) throws IOException {
        return Toy.trainer(Toy.HEADS)
                .setBackbone(backbone())
                .optEpochs(2)
                .optFreezeEpochs(frozenEpochs)
                .build();
    }

    @Test
    void aFrozenBackboneKeepsItsWeightsToTheBit() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 24, 8);
                MultiLabelTrainer trainer = trainer(2)) {
            float[] heads = value(trainer.model(), "heads.weight");
            trainer.fit(train);
            for (ParameterSpec spec : network().parameters()) {
                assertThat(value(trainer.model(), "backbone." + spec.name()))
                        .as(spec.name())
                        .containsExactly(values(spec));
            }
            assertThat(value(trainer.model(), "heads.weight")).isNotEqualTo(heads);
        }
    }

    @Test
    void afterTheFrozenEpochsAllOfItLearns() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 24, 8);
                MultiLabelTrainer trainer = trainer(1)) {
            trainer.fit(train);
            for (ParameterSpec spec : network().parameters()) {
                assertThat(value(trainer.model(), "backbone." + spec.name()))
                        .as(spec.name())
                        .isNotEqualTo(values(spec));
            }
        }
    }

    /** The same weights with the images that the backbone itself asks for. */
    private Backbone otherwise() {
        return backbone().withPreprocessing(Toy.backbone().preprocessing());
    }

    @Test
    void evaluationAndTheSavedModelWantTheImagesOfTheWeights() throws Exception {
        Path saved = cache.resolve("model");
        try (ImageDataset data = Toy.data(Toy.HEADS, 24, 8);
                MultiLabelTrainer trainer =
                        Toy.trainer(Toy.HEADS).setBackbone(backbone()).build();
                MultiLabelTrainer other =
                        Toy.trainer(Toy.HEADS).setBackbone(otherwise()).build();
                MultiLabelTrainer asked = Toy.trainer(Toy.HEADS)
                        .setBackbone(otherwise())
                        .optPreprocessing(HALVES)
                        .build()) {
            double loss = trainer.evaluate(data).loss();
            assertThat(loss).isNotEqualTo(other.evaluate(data).loss());
            assertThat(loss).isEqualTo(asked.evaluate(data).loss());
            trainer.model().save(saved);
        }
        try (MultiLabelModel model = MultiLabelModel.load(saved)) {
            assertThat(model.preprocessing()).isEqualTo(HALVES);
        }
    }
}
