package io.github.multilabel.model.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Application;
import ai.djl.Device;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.tensors.ImageTensors;
import io.github.multilabel.core.internal.tensors.Normalizer;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An exported file answers as the model does, in a program that does not know this library. */
class TorchScriptExportTest {

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("cars.pt");
    }

    private static BufferedImage photo(Random random) {
        BufferedImage photo = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 256; i++) {
            photo.setRGB(i % 16, i / 16, random.nextInt());
        }
        return photo;
    }

    /** What plain DJL makes of the file. */
    private NDList ask(NDManager manager, NDArray images) throws Exception {
        Criteria<NDList, NDList> criteria = Criteria.builder()
                .optApplication(Application.UNDEFINED)
                .setTypes(NDList.class, NDList.class)
                .optModelPath(file())
                .optTranslator(new NoopTranslator())
                .optEngine("PyTorch")
                .optDevice(Device.cpu())
                .build();
        try (ZooModel<NDList, NDList> loaded = criteria.loadModel();
                Predictor<NDList, NDList> predictor = loaded.newPredictor()) {
            NDList answers = predictor.predict(new NDList(images));
            answers.attach(manager);
            return answers;
        }
    }

    @Test
    void plainDjlAnswersWithTheProbabilitiesOfAPredictor() throws Exception {
        BufferedImage photo = photo(new Random(3));
        try (MultiLabelModel model = SmallModels.answering();
                MultiLabelPredictor predictor = model.newPredictor();
                NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            TorchScriptExport.of(model).optOutput(ExportOutput.PROBABILITIES).write(file());
            NDArray image = Normalizer.normalize(
                    ImageTensors.stack(manager, List.of(model.preprocessing().apply(Pixels.of(photo)))),
                    model.preprocessing());

            NDList answers = ask(manager, image);

            Prediction expected = predictor.predict(photo);
            assertThat(answers).hasSize(4);
            for (int i = 0; i < answers.size(); i++) {
                Head head = model.heads().get(i);
                HeadPrediction own = expected.head(head.name());
                float[] found = answers.get(i).toFloatArray();
                for (int k = 0; k < head.size(); k++) {
                    assertThat((double) found[k])
                            .as("%s of %s", head.categories().get(k), head.name())
                            .isCloseTo(own.probabilities().get(k).probability(), within(1e-5));
                }
            }
        }
    }

    @Test
    void anyNumberOfImagesAndAnySizeIsTaken() throws Exception {
        try (MultiLabelModel model = SmallModels.plain();
                NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            TorchScriptExport.of(model).write(file());

            NDList answers = ask(manager, manager.randomNormal(new Shape(3, 3, 20, 24)));

            assertThat(answers.get(0).getShape()).isEqualTo(new Shape(3, 4));
            assertThat(answers.get(2).getShape()).isEqualTo(new Shape(3, 2));
        }
    }

    @Test
    void whatWasWrittenIsTold() throws IOException {
        try (MultiLabelModel model = SmallModels.answering()) {
            ExportedModel exported = TorchScriptExport.of(model).write(file());

            assertThat(exported.file()).isEqualTo(file());
            assertThat(exported.bytes()).isEqualTo(Files.size(file()));
            assertThat(exported.outputs())
                    .containsExactlyElementsOf(model.heads().names());
            assertThat(exported.largestDifference()).isBetween(0.0, 1e-5);
            assertThat(exported).asString().startsWith(file().toString()).contains("outputs year, brand");
        }
    }

    @Test
    void theSameModelGivesTheSameBytes() throws IOException {
        try (MultiLabelModel model = SmallModels.answering()) {
            TorchScriptExport.of(model).write(file());
            TorchScriptExport.of(model).write(folder.resolve("again.pt"));
        }
        assertThat(folder.resolve("again.pt")).hasSameBinaryContentAs(file());
    }

    @Test
    void theArchiveSaysWhatItsAnswersMean() throws IOException {
        try (MultiLabelModel model = SmallModels.answering()) {
            TorchScriptExport.of(model).optOutput(ExportOutput.PROBABILITIES).write(file());

            JsonObject json = description();

            assertThat(json.get("format").getAsString()).isEqualTo("multilabel-torchscript");
            assertThat(json.get("formatVersion").getAsInt()).isEqualTo(1);
            assertThat(json.get("outputs").getAsString()).isEqualTo("PROBABILITIES");
            assertThat(json.get("mirrored").getAsBoolean()).isTrue();
            assertThat(json.get("weights").getAsString()).isEqualTo(model.weightsChecksum());
            assertThat(json.getAsJsonArray("heads").get(1).getAsJsonObject())
                    .hasToString("{\"name\":\"brand \\\"Škoda\\\" 🚗\",\"kind\":\"SINGLE_LABEL\","
                            + "\"categories\":[\"Škoda\",\"Audi\"]}");
            assertThat(json.getAsJsonArray("thresholds")).hasSize(1);
            assertThat(json.getAsJsonObject("preprocessing").get("size").getAsInt())
                    .isEqualTo(16);
        }
    }

    private JsonObject description() throws IOException {
        try (ZipFile zip = new ZipFile(file().toFile());
                InputStream entry = zip.getInputStream(zip.getEntry("model/extra/multilabel.json"))) {
            return JsonParser.parseString(new String(entry.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "tf_efficientnet_lite0", "convnext_tiny", "vit_small_patch16_224"})
    void networksOfEveryFamilyAnswerTheSame(String backbone) throws IOException {
        try (MultiLabelModel model = SmallModels.of(Backbones.byName(backbone)
                .withPreprocessing(Backbones.byName(backbone).preprocessing().withSize(48)))) {
            assertThat(TorchScriptExport.of(model).write(file()).largestDifference())
                    .isLessThan(1e-4);
        }
    }

    @Test
    void aModelThatIsNotFiniteIsNoFileAndAnEarlierOneStays() throws IOException {
        Files.writeString(file(), "earlier");
        try (MultiLabelModel model = SmallModels.plain()) {
            NDArray weight =
                    model.block().parametersByName().get("heads.weight").getArray();
            weight.set(weight.mul(Float.NaN).toByteBuffer());

            assertThatIllegalStateException()
                    .isThrownBy(() -> TorchScriptExport.of(model).write(file()))
                    .withMessageContaining("does not answer as the model does")
                    .withMessageContaining("not finite");
        }
        assertThat(file()).hasContent("earlier");
        assertThat(folder).isDirectoryContaining(path -> path.equals(file()));
        assertThat(folder.toFile().list()).doesNotContain(".cars.pt.part");
    }

    @Test
    void aBackboneOfWhichNoLayersAreKnownIsRefused() throws IOException {
        SequentialBlock block = new SequentialBlock().add(Blocks.batchFlattenBlock());
        HeadSet heads = HeadSet.of(Head.singleLabel("colour", "blue", "red"));
        try (MultiLabelModel model = MultiLabelModel.create(
                Backbones.of("mine", block), heads, Preprocessing.imageNet(4), Device.cpu(), 1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TorchScriptExport.of(model).write(file()))
                    .withMessageContaining("'mine' is a DJL block");
        }
        assertThat(file()).doesNotExist();
    }

    @Test
    void anOptionThatIsNullIsNamed() throws IOException {
        try (MultiLabelModel model = SmallModels.plain()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> TorchScriptExport.of(model).optOutput(null).write(file()))
                    .withMessageContaining("optOutput");
        }
    }
}
