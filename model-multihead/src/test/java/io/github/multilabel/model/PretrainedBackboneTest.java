package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.network.Formula;
import io.github.multilabel.model.network.NetworkBlock;
import io.github.multilabel.model.weights.NameRules;
import io.github.multilabel.model.weights.PretrainedWeights;
import io.github.multilabel.model.weights.Safetensors;
import io.github.multilabel.model.weights.WeightMatching;
import io.github.multilabel.testsupport.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainedBackboneTest {

    /** Bytes between -1 and 1, resized to 16 from 17 pixels. */
    private static final Preprocessing HALVES = new Preprocessing(
            16, 16 / 17.0, CropMode.CENTER, Interpolation.BICUBIC, List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));

    @TempDir
    Path folder;

    private static Backbone tiny() {
        return Backbones.of(TinyModels.network(), TinyModels.PREPROCESSING);
    }

    /** The values of the formula, by the network's names. */
    private static Map<String, float[]> formula() {
        Map<String, float[]> values = new LinkedHashMap<>();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                NetworkBlock block = new NetworkBlock(TinyModels.network())) {
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 16, 16));
            Formula.fill(block, 0.25, 0.75);
            for (var parameter : block.getDirectParameters()) {
                values.put(parameter.getKey(), parameter.getValue().getArray().toFloatArray());
            }
        }
        return values;
    }

    /** A file of those values, with a classifier's layer as published files have one. */
    private Path file(UnaryOperator<String> names) throws IOException {
        Path file = folder.resolve("tiny.safetensors");
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                OutputStream out = Files.newOutputStream(file)) {
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            Map<String, float[]> values = formula();
            TinyModels.network()
                    .parameters()
                    .forEach(spec -> tensors.put(
                            names.apply(spec.name()), manager.create(values.get(spec.name()), spec.shape())));
            tensors.put("fc.weight", manager.zeros(new Shape(10, 8)));
            Safetensors.write(out, tensors, Map.of());
        }
        return file;
    }

    private static Map<String, float[]> backboneValues(MultiLabelModel model) {
        Map<String, float[]> values = new LinkedHashMap<>();
        for (var parameter : model.block().backbone().getParameters()) {
            values.put(parameter.getKey(), parameter.getValue().getArray().toFloatArray());
        }
        return values;
    }

    private static MultiLabelModel create(Backbone backbone) throws IOException {
        return MultiLabelModel.create(backbone, TinyModels.HEADS, backbone.preprocessing(), Device.cpu(), 1);
    }

    private static void assertFilled(Backbone backbone) throws IOException {
        try (MultiLabelModel model = create(backbone)) {
            assertThat(backboneValues(model)).usingRecursiveComparison().isEqualTo(formula());
        }
    }

    @Test
    void aModelStartsWithTheWeightsOfTheFile() throws IOException {
        assertFilled(tiny().pretrained(file(name -> name)));
    }

    @Test
    void theHeadsStartAsWithoutWeights() throws IOException {
        try (MultiLabelModel random = create(tiny());
                MultiLabelModel filled = create(tiny().pretrained(file(name -> name)))) {
            for (String name : List.of("heads.weight", "heads.bias")) {
                assertThat(filled.block().parametersByName().get(name).getArray())
                        .isEqualTo(random.block().parametersByName().get(name).getArray());
            }
        }
    }

    @Test
    void theFilledParametersCanBeTrained() throws IOException {
        try (MultiLabelModel model = create(tiny().pretrained(file(name -> name)))) {
            Parameter weight = model.block().parametersByName().get("backbone.conv1.weight");
            assertThat(weight.requiresGradient()).isTrue();
            assertThat(weight.getArray().getManager().isOpen()).isTrue();
        }
    }

    @Test
    void prefixesAreRemoved() throws IOException {
        assertFilled(tiny().pretrained(file(name -> "module.backbone." + name)));
    }

    @Test
    void otherNamesAreMappedByRules() throws IOException {
        Path file = file(name -> name.replace("conv1", "stem").replace("bn1", "norm"));
        assertFilled(tiny().withWeightNames(NameRules.of("^stem\\.", "conv1.", "^norm\\.", "bn1."))
                .pretrained(file));
        assertFilled(tiny().withWeightNames(NameRules.of("^norm\\.", "bn1."))
                .pretrained(file, WeightMatching.strict().withNames(NameRules.of("^stem\\.", "conv1."))));
    }

    @Test
    void aFileThatDoesNotFitIsRefusedWithAllThatDiffers() throws IOException {
        Path file = file(name -> name.replace("bn1.", "other."));
        assertThatThrownBy(() -> create(tiny().pretrained(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'" + file + "' does not fit the parameters")
                .hasMessageContaining("missing (4): ")
                .hasMessageContaining("bn1.running_mean")
                .hasMessageContaining("unexpected (4): ")
                .hasMessageContaining("other.weight");
    }

    @Test
    void aPartOfTheWeightsIsEnoughIfTheUserSaysSo() throws IOException {
        Path file = file(name -> name.replace("bn1.", "other."));
        try (MultiLabelModel model = create(tiny().pretrained(file, WeightMatching.lenient(0.8)))) {
            assertThat(backboneValues(model).get("conv1.weight"))
                    .isEqualTo(formula().get("conv1.weight"));
        }
    }

    @Test
    void aFileThatIsMissingOrNoWeightFileIsToldWhenTheModelIsMade() throws IOException {
        Backbone missing = tiny().pretrained(folder.resolve("nothing.pth"));
        assertThatThrownBy(() -> create(missing)).isInstanceOf(NoSuchFileException.class);
        Path text = Files.writeString(folder.resolve("page.pth"), "<html>");
        Backbone page = tiny().pretrained(text);
        assertThatThrownBy(() -> create(page))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("page.pth' is not a weight file");
    }

    @Test
    void nothingIsFetchedBeforeAModelIsMade() throws IOException {
        System.setProperty("DJL_CACHE_DIR", folder.resolve("cache").toString());
        try (TestServer server = new TestServer()) {
            server.has("tiny.safetensors", Files.readAllBytes(file(name -> name)));
            Backbone backbone = tiny().pretrained(published("tiny", server));
            assertThat(server.ranges()).isEmpty();
            assertThat(backbone.preprocessing()).isEqualTo(HALVES);
            assertFilled(backbone);
            assertFilled(backbone);
            assertThat(server.ranges()).hasSize(1);
        } finally {
            System.clearProperty("DJL_CACHE_DIR");
        }
    }

    private static PretrainedWeights published(String backbone, TestServer server) {
        return new PretrainedWeights(
                backbone,
                "formula",
                server.base().resolve("tiny.safetensors"),
                "tiny.safetensors",
                0,
                "",
                "MIT",
                HALVES,
                Double.NaN);
    }

    @Test
    void whatTheWeightsWantIsSavedWithTheModel() throws Exception {
        System.setProperty("DJL_CACHE_DIR", folder.resolve("cache").toString());
        Path saved = folder.resolve("model");
        try (TestServer server = new TestServer()) {
            server.has("tiny.safetensors", Files.readAllBytes(file(name -> name)));
            try (MultiLabelModel model = create(tiny().pretrained(published("tiny", server)))) {
                model.save(saved);
            }
        } finally {
            System.clearProperty("DJL_CACHE_DIR");
        }
        try (MultiLabelModel model = MultiLabelModel.load(saved)) {
            assertThat(model.preprocessing()).isEqualTo(HALVES);
            assertThat(backboneValues(model)).usingRecursiveComparison().isEqualTo(formula());
        }
    }

    @Test
    void weightsOfAnotherBackboneAreRefused() throws IOException {
        try (TestServer server = new TestServer()) {
            PretrainedWeights other = published("huge", server);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tiny().pretrained(other))
                    .withMessage("the weights formula of huge do not fit backbone 'tiny'");
        }
    }

    @Test
    void aBackboneWithoutPublishedWeightsNamesThoseThatHaveSome() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tiny().pretrained())
                .withMessageContaining("no published weights are known for backbone 'tiny'")
                .withMessageContaining("resnet34");
    }

    @Test
    void thePreprocessingOfThePublishedWeightsReplacesTheBackbones() {
        Preprocessing own = Preprocessing.imageNet(64);
        Backbone backbone = Backbones.resnet50().withPreprocessing(own);
        Preprocessing published = PretrainedWeights.of("resnet50").preprocessing();
        assertThat(backbone.pretrained().preprocessing()).isEqualTo(published);
        assertThat(backbone.pretrained(Path.of("resnet50.pth")).preprocessing()).isEqualTo(published);
        assertThat(backbone.pretrained().withPreprocessing(own).preprocessing()).isEqualTo(own);
        assertThat(backbone.preprocessing()).as("a backbone never changes").isEqualTo(own);
    }

    @Test
    void allPublishedWeightsHaveTheirBackbone() {
        assertThat(PretrainedWeights.published()).allSatisfy(weights -> assertThat(
                        Backbones.byName(weights.backbone()).pretrained().preprocessing())
                .isEqualTo(weights.preprocessing()));
    }

    @Test
    void aFileForABackboneOfOnesOwnLeavesItsPreprocessing() {
        assertThat(tiny().pretrained(Path.of("tiny.pth")).preprocessing()).isEqualTo(TinyModels.PREPROCESSING);
    }
}
