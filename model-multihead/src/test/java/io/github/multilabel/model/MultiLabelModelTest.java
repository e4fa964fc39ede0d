package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.card.ModelCard;
import io.github.multilabel.model.internal.description.Answering;
import io.github.multilabel.model.weights.Safetensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultiLabelModelTest {

    @TempDir
    private Path temporary;

    private Path saved(long seed) throws IOException {
        Path folder = temporary.resolve("model");
        try (MultiLabelModel model = TinyModels.create(seed)) {
            model.save(folder);
        }
        return folder;
    }

    private static float[] loadedLogits(Path folder) throws IOException, MalformedModelException {
        try (MultiLabelModel model = MultiLabelModel.load(folder, Device.cpu())) {
            return TinyModels.logits(model);
        }
    }

    private static void assertMalformed(Path folder, String... messageParts) {
        assertThatExceptionOfType(MalformedModelException.class)
                .isThrownBy(() -> MultiLabelModel.load(folder).close())
                .withMessageContaining(folder.toString())
                .satisfies(e -> assertThat(e).hasMessageContainingAll(messageParts));
    }

    @Test
    void aSavedModelAnswersAsBefore() throws Exception {
        Path folder = temporary.resolve("some/deep/folder");
        try (MultiLabelModel model = TinyModels.create(1)) {
            TinyModels.shake(model); // running statistics too
            model.save(folder);
            try (MultiLabelModel loaded = MultiLabelModel.load(folder)) {
                assertThat(TinyModels.logits(loaded)).containsExactly(TinyModels.logits(model));
                assertThat(loaded.heads()).isEqualTo(model.heads());
                assertThat(loaded.preprocessing()).isEqualTo(model.preprocessing());
                assertThat(loaded.backboneName()).isEqualTo("tiny");
                assertThat(loaded.network()).isEqualTo(model.network());
                assertThat(loaded).hasToString(model.toString());
            }
        }
    }

    @Test
    void everyPartOfThePreprocessingIsSaved() throws Exception {
        Preprocessing unusual = new Preprocessing(
                        24,
                        0.95,
                        Preprocessing.CropMode.CENTER,
                        Preprocessing.Interpolation.BICUBIC,
                        List.of(0.5, 0.1, 1.0 / 3),
                        List.of(0.25, 1.0, 1e-7))
                .withSize(17);
        for (Preprocessing preprocessing : new Preprocessing[] {unusual, unusual.squashed()}) {
            Path folder = temporary.resolve("model");
            try (MultiLabelModel model = MultiLabelModel.create(
                    Backbones.of(TinyModels.network(), preprocessing),
                    TinyModels.HEADS,
                    preprocessing,
                    Device.cpu(),
                    1)) {
                model.save(folder);
            }
            try (MultiLabelModel loaded = MultiLabelModel.load(folder)) {
                assertThat(loaded.preprocessing()).isEqualTo(preprocessing);
            }
        }
    }

    @Test
    void whetherMirrorImagesCountIsSavedAndKeptWithFewerHeads() throws Exception {
        Path folder = temporary.resolve("model");
        try (MultiLabelModel model = TinyModels.create(1);
                MultiLabelModel flipping = model.withTestTimeFlip(true)) {
            assertThat(model.isTestTimeFlip()).isFalse();
            flipping.save(folder);
            try (MultiLabelModel fewer = flipping.withHeads(List.of("year"))) {
                assertThat(fewer.isTestTimeFlip()).isTrue();
            }
        }
        try (MultiLabelModel loaded = MultiLabelModel.load(folder)) {
            assertThat(loaded.isTestTimeFlip()).isTrue();
        }
    }

    @Test
    void aModelOfBeforeMirrorImagesIsRead() throws Exception {
        Path json = saved(1).resolve("model.json");
        Files.writeString(json, Files.readString(json).replaceFirst(",\\s*\"flip\": false", ""));
        assertThat(json).content().doesNotContain("flip");
        TinyModels.acceptChanges(json.getParent());
        try (MultiLabelModel loaded = MultiLabelModel.load(json.getParent())) {
            assertThat(loaded.isTestTimeFlip()).isFalse();
        }
    }

    @Test
    void theOrderOfHeadsAndCategoriesIsTheUsers() throws Exception {
        try (MultiLabelModel loaded = MultiLabelModel.load(saved(1))) {
            assertThat(loaded.heads().names()).containsExactly("year", "brand", "a.weight", "body");
            assertThat(loaded.heads().get("year").categories()).containsExactly("10", "9", "2");
            assertThat(loaded.heads().get("a.weight").kind()).isEqualTo(Head.Kind.MULTI_LABEL);
        }
    }

    @Test
    void headsOfEqualSizeDoNotSwap() throws Exception {
        Path folder = temporary.resolve("model");
        try (MultiLabelModel model = TinyModels.create(1)) {
            model.block().parametersByName().get("heads.weight").getArray().muli(0);
            float[] bias = {1, 2, 3, 4, -4, 5, -5, -6, 6}; // brand and body are of size 2
            model.block().parametersByName().get("heads.bias").getArray().set(bias);
            model.save(folder);
            assertThat(loadedLogits(folder)).containsExactly(bias);
        }
        try (Safetensors weights = Safetensors.open(folder.resolve("weights.safetensors"));
                NDManager manager = NDManager.newBaseManager()) {
            assertThat(weights.read(manager, "heads.brand.bias").toFloatArray()).containsExactly(4, -4);
            assertThat(weights.read(manager, "heads.body.bias").toFloatArray()).containsExactly(-6, 6);
            assertThat(weights.tensors().get("heads.year.weight").shape()).isEqualTo(new Shape(3, 8));
            assertThat(weights.tensors()).containsKeys("backbone.conv1.weight", "backbone.bn1.running_mean");
        }
    }

    @Test
    void theSameSeedGivesTheSameModelToTheByte() throws IOException {
        Path one = temporary.resolve("one");
        Path another = temporary.resolve("another");
        Path different = temporary.resolve("different");
        for (Map.Entry<Path, Long> seed :
                Map.of(one, 7L, another, 7L, different, 8L).entrySet()) {
            try (MultiLabelModel model = TinyModels.create(seed.getValue())) {
                model.save(seed.getKey());
            }
        }
        assertThat(contents(one)).isEqualTo(contents(another));
        assertThat(contents(one).get("weights.safetensors"))
                .isNotEqualTo(contents(different).get("weights.safetensors"));
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(
                        file.getFileName().toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    @Test
    void whatIsLoadedCanTrain() throws Exception {
        try (MultiLabelModel loaded = MultiLabelModel.load(saved(1))) {
            assertThat(loaded.block()
                            .parametersByName()
                            .get("backbone.conv1.weight")
                            .getArray()
                            .hasGradient())
                    .isTrue();
            assertThat(loaded.block()
                            .parametersByName()
                            .get("heads.weight")
                            .getArray()
                            .hasGradient())
                    .isTrue();
        }
    }

    @Test
    void savingAndLoadingLeaveNoArraysBehind() throws Exception {
        try (MultiLabelModel model = TinyModels.create(1)) {
            int parameters = model.manager().getManagedArrays().size();
            model.save(temporary.resolve("model"));
            assertThat(model.manager().getManagedArrays()).hasSize(parameters);
            try (MultiLabelModel loaded = MultiLabelModel.load(temporary.resolve("model"))) {
                assertThat(loaded.manager().getManagedArrays()).hasSize(parameters);
            }
        }
    }

    @Test
    void anEarlierModelIsReplaced() throws Exception {
        Path folder = saved(1);
        float[] before = loadedLogits(folder);
        saved(2);
        assertThat(loadedLogits(folder)).isNotEqualTo(before);
        assertThat(temporary).isDirectoryNotContaining("glob:**.part").isDirectoryNotContaining("glob:**.old");
    }

    @Test
    void aModelSurvivesADiskThatIsFull() throws Exception {
        Path folder = saved(1);
        Map<String, String> before = contents(folder);
        try (MultiLabelModel model = TinyModels.create(2)) {
            ModelDescription description = new ModelDescription(
                    model.heads(),
                    Map.of(),
                    model.backboneName(),
                    model.network(),
                    model.preprocessing(),
                    false,
                    Answering.ALONE);
            assertThatIOException()
                    .isThrownBy(() -> new ModelFolder(folder)
                            .write(
                                    description,
                                    ModelCard.empty(),
                                    Map.of(),
                                    out -> ModelWeights.write(
                                            model.block(), Optional.empty(), model.manager(), full(out))))
                    .withMessage("No space left on device");
        }
        assertThat(contents(folder)).isEqualTo(before);
        try (Stream<Path> entries = Files.list(temporary)) {
            assertThat(entries).containsExactly(folder);
        }
    }

    private static OutputStream full(OutputStream out) {
        return new OutputStream() {
            private int room = 1000;

            @Override
            public void write(int value) throws IOException {
                if (--room < 0) {
                    throw new IOException("No space left on device");
                }
                out.write(value);
            }
        };
    }

    @Test
    void aSaveThatWasKilledBetweenItsTwoMovesIsUndoneByLoading() throws Exception {
        Path folder = saved(1);
        float[] before = loadedLogits(folder);
        Files.move(folder, folder.resolveSibling(".model.old"));
        assertThat(loadedLogits(folder)).containsExactly(before);
    }

    @Test
    void whatIsNotAModelIsNeverReplaced() throws IOException {
        Path photos = Files.createDirectory(temporary.resolve("photos"));
        Files.writeString(photos.resolve("cat.jpg"), "a photo");
        Path notes = saved(1);
        Files.writeString(notes.resolve("notes.txt"), "my notes");
        Path other = Files.createDirectory(temporary.resolve("other"));
        Files.writeString(other.resolve("model.json"), "{\"format\": \"of another program\"}");
        Path file = Files.writeString(temporary.resolve("file"), "a file");
        try (MultiLabelModel model = TinyModels.create(1)) {
            for (Path folder : new Path[] {photos, notes, other}) {
                Map<String, String> before = contents(folder);
                assertThatIOException()
                        .isThrownBy(() -> model.save(folder))
                        .withMessageContaining(folder.toString())
                        .withMessageContaining("not replaced")
                        .withMessageContaining(before.keySet().iterator().next());
                assertThat(contents(folder)).isEqualTo(before);
            }
            assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> model.save(file));
            assertThat(file).hasContent("a file");
        }
    }

    @Test
    void anEmptyFolderIsFilledAndALinkStaysALink() throws Exception {
        Path empty = Files.createDirectory(temporary.resolve("empty"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), empty);
        try (MultiLabelModel model = TinyModels.create(1)) {
            model.save(link);
        }
        assertThat(link).isSymbolicLink();
        assertThat(loadedLogits(empty)).containsExactly(loadedLogits(link));
    }

    @Test
    void missingPartsAreNamed() throws IOException {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> MultiLabelModel.load(temporary.resolve("absent")))
                .withMessageContaining("absent")
                .withMessageContaining("no such model folder");
        Path file = Files.writeString(temporary.resolve("file"), "text");
        assertMalformed(file, "is a file");
        Path folder = saved(1);
        Files.delete(folder.resolve("weights.safetensors"));
        assertMalformed(folder, "no file weights.safetensors", "it holds [MODEL_CARD.md, model-card.json, model.json]");
        Files.delete(folder.resolve("model.json"));
        assertMalformed(folder, "no file model.json", "it holds [MODEL_CARD.md, model-card.json]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"formatVersion\": 3|\"formatVersion\": 8|format version is 8, this release reads 1 to 7; use a newer",
                "\"formatVersion\": 3|\"formatVersion\": 0|format version is 0, this release reads 1 to 7; load and save",
                "\"formatVersion\": 3|\"formatVersion\": 1.5|'formatVersion' must be a whole number, got 1.5",
                "\"formatVersion\": 3|\"formatVersion\": \"1\"|'formatVersion' must be a number, got \"1\"",
                "\"formatVersion\": 3|\"formatVersion\": null|'formatVersion' must be a number, got null",
                "\"formatVersion\": 3,|`` |'formatVersion' must be a number, but is missing",
                "\"multilabel-model\"|\"keras\"|its format is 'keras', not 'multilabel-model'",
                "\"SINGLE_LABEL\"|\"RANKED\"|'heads[0].kind' must be one of [SINGLE_LABEL, MULTI_LABEL], got \"RANKED\"",
                "\"name\": \"brand\"|\"name\": \"year\"|two heads are named 'year'",
                "\"name\": \"brand\"|\"name\": 3|'heads[1].name' must be a text, got 3",
                "\"Audi\"|\"Škoda\"|head 'brand': category 'Škoda' appears twice",
                "\"Audi\"|null|'heads[1].categories[1]' must be a text, got null",
                "\"heads\"|\"tails\"|'heads' must be a list, but is missing",
                "\"size\": 16|\"size\": -1|image size -1: height and width must be at least 1",
                "\"size\": 16|\"size\": 1e99|'preprocessing.size' must be a whole number",
                "0.485|NaN|not valid JSON at $.preprocessing.mean[0]",
                "0.485|\"0.485\"|'preprocessing.mean[0]' must be a number",
                "\"bn1\"|\"conv1\"|conv1",
                "\"preprocessing\"|\"processing\"|'preprocessing' must be an object, but is missing",
            })
    void aDescriptionThatDoesNotHoldTogetherIsRefused(String text, String replacement, String message)
            throws IOException {
        Path folder = saved(1);
        Path file = folder.resolve("model.json");
        String json = Files.readString(file);
        assertThat(json).contains(text);
        Files.writeString(file, json.replaceFirst(Pattern.quote(text), replacement));
        assertMalformed(folder, "model.json", message);
    }

    @Test
    void aDescriptionCutAtAnyByteIsRefused() throws IOException {
        Path folder = saved(1);
        byte[] json = Files.readAllBytes(folder.resolve("model.json"));
        for (int length = 0; length < json.length; length += 7) {
            Files.write(folder.resolve("model.json"), Arrays.copyOf(json, length));
            assertMalformed(folder, "model.json");
        }
    }

    @Test
    void weightsThatAreCutShortAreNamed() throws IOException {
        Path weights = saved(1).resolve("weights.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(whole, whole.length - 10));
        assertThatIOException()
                .isThrownBy(() -> MultiLabelModel.load(weights.getParent()))
                .withMessageContaining(weights.toString())
                .withMessageContaining("cut short");
    }

    private static void rewriteWeights(Path folder, Consumer<Map<String, NDArray>> change) throws IOException {
        Path path = folder.resolve("weights.safetensors");
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> tensors = new TreeMap<>();
            try (Safetensors file = Safetensors.open(path)) {
                for (String name : file.tensors().keySet()) {
                    tensors.put(name, file.read(manager, name));
                }
            }
            change.accept(tensors);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Safetensors.write(out, tensors, Map.of());
            Files.write(path, out.toByteArray());
        }
        TinyModels.acceptChanges(folder);
    }

    @Test
    void weightsThatDoNotFitAreListedTogether() throws IOException {
        Path folder = saved(1);
        rewriteWeights(folder, tensors -> {
            NDManager manager = tensors.remove("heads.brand.bias").getManager();
            tensors.put("heads.colour.bias", manager.ones(new Shape(2)));
            tensors.put("backbone.conv1.weight", manager.ones(new Shape(8, 1, 3, 3)));
            tensors.put("backbone.bn1.weight", manager.create(new long[8]));
        });
        assertMalformed(
                folder,
                "missing heads.brand.bias (2)",
                "unexpected heads.colour.bias",
                "backbone.conv1.weight has shape (8, 1, 3, 3), the model needs (8, 3, 3, 3)",
                "backbone.bn1.weight is of type I64");
    }

    @Test
    void weightsInHalfPrecisionAreAccepted() throws Exception {
        Path folder = saved(1);
        float[] before = loadedLogits(folder);
        rewriteWeights(folder, tensors -> tensors.replaceAll((name, array) -> array.toType(DataType.FLOAT16, false)));
        assertThat(loadedLogits(folder)).containsExactly(before, within(1e-2f));
    }

    @Test
    void aDescriptionOfAHugeNetworkIsRefusedBeforeItTakesMemory() throws IOException {
        Path folder = saved(1);
        Path file = folder.resolve("model.json");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"out\": 8", "\"out\": 60000")
                        .replace("\"channels\": 8", "\"channels\": 60000"));
        TinyModels.acceptChanges(folder);
        assertMalformed(folder, "backbone.conv1.weight has shape (8, 3, 3, 3), the model needs (60000, 3, 3, 3)");
    }

    @Test
    void aDescriptionOfEndlessDepthIsRefused() throws IOException {
        Path folder = saved(1);
        Files.writeString(folder.resolve("model.json"), "{\"heads\":" + "[".repeat(200_000));
        assertMalformed(folder, "model.json: not valid JSON");
    }

    @Test
    void aClosedModelSaysSo() {
        MultiLabelModel model = TinyModels.create(1);
        String before = model.toString();
        model.close();
        model.close();
        assertThat(model).hasToString(before);
        assertThatIllegalStateException()
                .isThrownBy(() -> model.save(temporary.resolve("model")))
                .withMessageContaining("this model is closed");
        assertThatIllegalStateException().isThrownBy(model::newPredictor).withMessageContaining("this model is closed");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aBackboneWithoutDescriptionIsLoadedWithTheBlockAtHand() throws Exception {
        Path folder = temporary.resolve("model");
        float[] before;
        try (MultiLabelModel model = TinyModels.create(TinyModels.foreign(), 1)) {
            model.save(folder);
            before = TinyModels.logits(model);
        }
        assertMalformed(folder, "'mine'", "Backbones.of(\"mine\", block)");
        try (MultiLabelModel loaded = MultiLabelModel.load(folder, TinyModels.foreign())) {
            assertThat(TinyModels.logits(loaded)).containsExactly(before);
            assertThat(loaded.network()).isEmpty();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MultiLabelModel.load(folder, Backbones.small()))
                .withMessageContaining("'mine', got 'small'");
    }

    @Test
    void aDeviceThatIsNotThereIsRefused() throws IOException {
        Path folder = saved(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MultiLabelModel.load(folder, Device.gpu(99)))
                .withMessageContaining("gpu(99)");
    }

    @Test
    void itPrintsWhatItIs() {
        try (MultiLabelModel model = TinyModels.create(1)) {
            assertThat(model)
                    .hasToString("tiny, 0.0 M parameters, 16 px, heads year (3), brand (2), a.weight (2), body (2)");
            assertThat(model.parameterCount()).isEqualTo(8 * 3 * 3 * 3 + 2 * 8 + 9 * 8 + 9);
        }
    }
}
