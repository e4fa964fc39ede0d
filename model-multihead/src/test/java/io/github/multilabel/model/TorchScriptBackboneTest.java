package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.testsupport.Golden;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Feature extractors that Python saved; written by golden/scripts.py. */
class TorchScriptBackboneTest {

    private static final Offset<Float> TOLERANCE = within(1e-4f);

    @TempDir
    private Path temporary;

    private final NDManager manager = NDManager.newBaseManager(Device.cpu());
    private final ParameterStore store = new ParameterStore(manager, false);

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private static Path file(String name) {
        try {
            return Path.of(TorchScriptBackboneTest.class
                    .getResource("/golden/scripts/" + name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Golden golden() {
        return Golden.read("scripts/golden.json");
    }

    private static MultiLabelModel model(String name) throws IOException {
        return TinyModels.create(Backbones.torchScript(file(name)), 1);
    }

    private NDArray images() {
        return manager.arange(2 * 3 * 16 * 16)
                .toType(DataType.FLOAT32, false)
                .div(300)
                .reshape(2, 3, 16, 16);
    }

    @ParameterizedTest
    @CsvSource({"traced.pt, true", "scripted.pt, true", "scripted.pt, false", "frozen.pt, false"})
    void featuresEqualPyTorchsInEvaluation(String name, boolean training) throws IOException {
        try (MultiLabelModel model = model(name)) {
            NDArray features = model.block().features(store, images(), training);
            assertThat(features.getShape()).isEqualTo(new Shape(2, 4));
            assertThat(features.toFloatArray()).containsExactly(golden().floats("features"), TOLERANCE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"traced.pt", "scripted.pt"})
    void gradientsEqualPyTorchs(String name) throws IOException {
        try (MultiLabelModel model = model(name)) {
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                gradients.backward(
                        model.block().features(store, images(), true).square().sum());
            }
            Map<String, Parameter> parameters = model.block().parametersByName();
            Golden gradients = golden().part("gradients");
            gradients.names().forEach(parameter -> assertThat(parameters
                            .get("backbone." + parameter)
                            .getArray()
                            .getGradient()
                            .toFloatArray())
                    .as(parameter)
                    .containsExactly(gradients.floats(parameter), TOLERANCE));
        }
    }

    /** One step of gradient descent on the logits of one head, written into the parameters. */
    private void train(MultiLabelModel model) {
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDList logits = model.block().forward(store, new NDList(images()), true);
            gradients.backward(logits.get("year").square().sum());
        }
        for (Parameter parameter : model.block().parametersByName().values()) {
            if (parameter.requiresGradient()) {
                try (NDArray gradient = parameter.getArray().getGradient();
                        NDArray change = gradient.mul(0.01)) {
                    parameter.getArray().subi(change);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"traced.pt", "scripted.pt", "frozen.pt"})
    void whatWasTrainedIsSavedAndLoaded(String name) throws Exception {
        Path folder = temporary.resolve("model");
        try (MultiLabelModel model = model(name)) {
            float[] before = TinyModels.logits(model);
            train(model);
            float[] after = TinyModels.logits(model);
            assertThat(after).isNotEqualTo(before);
            model.save(folder);
            try (MultiLabelModel loaded = MultiLabelModel.load(folder, Backbones.torchScript(file(name)));
                    MultiLabelModel some = loaded.withHeads(loaded.heads().names())) {
                assertThat(TinyModels.logits(loaded)).containsExactly(after);
                assertThat(TinyModels.logits(some)).containsExactly(after);
                train(loaded);
                assertThat(TinyModels.logits(some)).containsExactly(after);
            }
        }
    }

    @Test
    void headsTrainOverAFrozenBackbone() throws IOException {
        try (MultiLabelModel model = model("traced.pt")) {
            Parameter conv = model.block().parametersByName().get("backbone.conv.weight");
            float[] before = conv.getArray().toFloatArray();
            model.block().setBackboneFrozen(true);
            train(model);
            assertThat(conv.getArray().toFloatArray()).containsExactly(before);
            assertThat(model.block()
                            .parametersByName()
                            .get("heads.weight")
                            .getArray()
                            .getGradient()
                            .norm()
                            .getFloat())
                    .isPositive();
        }
    }

    @Test
    void aSavedModelNeedsTheVeryFile() throws Exception {
        Path folder = temporary.resolve("model");
        try (MultiLabelModel model = model("traced.pt")) {
            model.save(folder);
        }
        assertThatExceptionOfType(MalformedModelException.class)
                .isThrownBy(() -> MultiLabelModel.load(folder).close())
                .withMessageContainingAll("traced.pt@", "Backbones.torchScript(file)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MultiLabelModel.load(folder, Backbones.torchScript(file("scripted.pt")))
                        .close())
                .withMessageContainingAll("traced.pt@", "scripted.pt@");
    }

    @Test
    void itsImagesAreImageNetsUnlessSaidOtherwise() throws IOException {
        Backbone backbone = Backbones.torchScript(file("traced.pt"));
        assertThat(backbone.preprocessing()).isEqualTo(Preprocessing.imageNet(224));
        Preprocessing other = Preprocessing.imageNet(32).squashed();
        assertThat(backbone.withPreprocessing(other).preprocessing()).isEqualTo(other);
    }

    @ParameterizedTest
    @CsvSource({
        "state_dict.pth, pretrained(file)",
        "half.pt, module.float()",
        "bfloat16.pt, module.float()",
        "golden.json, torch.jit.trace"
    })
    void whatCannotBeABackboneIsRefusedAtOnce(String name, String remedy) {
        assertThatIOException()
                .isThrownBy(() -> Backbones.torchScript(file(name)))
                .withMessageContainingAll(name, remedy);
    }

    @Test
    void missingAndDamagedFilesAreNamed() throws IOException {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> Backbones.torchScript(temporary.resolve("absent.pt")))
                .withMessageContaining("absent.pt");
        byte[] whole = Files.readAllBytes(file("traced.pt"));
        for (int length : List.of(0, 10, whole.length / 2, whole.length - 1)) {
            Path cut = Files.write(temporary.resolve("cut.pt"), Arrays.copyOf(whole, length));
            assertThatIOException().isThrownBy(() -> Backbones.torchScript(cut)).withMessageContaining("cut.pt");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "two.pt, 'a backbone must give one array of features'",
        "fixed_batch.pt, 'gives (1, 4, 1, 1) for images (2, 3, 16, 16): its batch size is fixed'",
    })
    void whatGivesNoFeaturesIsRefusedWhenAModelIsMade(String name, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> model(name)).withMessageContaining(message);
    }

    @Test
    void theNumberOfFeaturesMustNotDependOnTheImage() throws IOException {
        try (MultiLabelModel model = model("flat.pt")) {
            NDArray larger = manager.zeros(new Shape(1, 3, 20, 20));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.block().features(store, larger, false))
                    .withMessageContainingAll("1200 features", "gave 768", "global average pooling");
        }
    }

    @Test
    void imagesOfOtherChannelsAreRefused() throws IOException {
        try (MultiLabelModel model = model("traced.pt")) {
            NDArray grey = manager.zeros(new Shape(1, 1, 16, 16));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.block().features(store, grey, false))
                    .withMessageContainingAll("traced.pt", "(1, 1, 16, 16)", "(N, 3, H, W)");
        }
    }

    @Test
    void nothingIsLeftBehindByTrainingAndPrediction() throws IOException {
        try (MultiLabelModel model = model("traced.pt")) {
            train(model);
            int before = model.manager().getManagedArrays().size();
            for (int i = 0; i < 3; i++) {
                train(model);
                TinyModels.logits(model);
            }
            assertThat(model.manager().getManagedArrays()).hasSize(before);
        }
    }
}
