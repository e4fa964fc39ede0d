package io.github.multilabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.google.gson.JsonObject;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.core.internal.files.StrictJson;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.export.ExportOutput;
import io.github.multilabel.model.heads.HeadCalibration;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.model.heads.JointDecoding;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.prediction.Prediction;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an exported file is, beyond the layers of its network. */
class OnnxExportTest {

    private static final HeadSet HIERARCHY =
            TestModels.HEADS.withParent("year", "brand", Map.of("10", "Audi", "2", "Škoda")); // of 9 it is not known
    private static final int SIDE = 16;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("model.onnx");
    }

    /** All that changes answers: mirror images, joint answers, calibration, and a threshold. */
    private static MultiLabelModel answering() throws IOException {
        try (MultiLabelModel model = TestModels.tiny(HIERARCHY);
                MultiLabelModel mirrored = model.withTestTimeFlip(true);
                MultiLabelModel joint =
                        mirrored.withJointDecoding(List.of(new JointDecoding("year", Map.of("brand", 0.5))));
                MultiLabelModel calibrated = joint.withCalibration(List.of(
                        new HeadCalibration.Temperature("brand", 0.25),
                        new HeadCalibration.TagScales("tags", List.of(2.0, 0.5), List.of(-0.25, 0.125))))) {
            return calibrated.withThresholds(List.of(new HeadThreshold.UnknownBelow("brand", 0.75, 0.9)));
        }
    }

    private static OrtSession open(Path file) throws OrtException {
        return OrtEnvironment.getEnvironment().createSession(file.toString());
    }

    private static OnnxDescription description(OrtSession session) throws Exception {
        return OnnxDescription.parse(session.getMetadata().getCustomMetadata().get(OnnxDescription.PROPERTY));
    }

    @Test
    void aFileHasAnInputForAnyNumberOfImagesAndAnOutputForEachHeadInOrder() throws Exception {
        try (MultiLabelModel model = TestModels.tiny(TestModels.HEADS)) {
            ExportedModel exported = OnnxExport.of(model).write(file);
            try (OrtSession session = open(file)) {
                assertThat(session.getInputInfo().keySet()).containsExactly("image");
                assertThat(shape(session.getInputInfo().get("image"))).containsExactly(-1, 3, SIDE, SIDE);
                assertThat(session.getOutputInfo().keySet()).containsExactly("year", "brand", "tags", "body");
                assertThat(shape(session.getOutputInfo().get("year"))).containsExactly(-1, 3);
            }
            assertThat(exported.outputs()).containsExactly("year", "brand", "tags", "body");
            assertThat(exported.bytes()).isEqualTo(Files.size(file));
            assertThat(exported.largestDifference()).isLessThan(1e-5);
            assertThat(exported)
                    .hasToString(exported.toString())
                    .asString()
                    .contains("model.onnx", "year, brand, tags, body");
        }
    }

    private static long[] shape(NodeInfo info) {
        return ((TensorInfo) info.getInfo()).getShape();
    }

    @Test
    void probabilitiesOfPixelsAreThoseOfAPredictor() throws Exception {
        byte[] rgb = new byte[SIDE * SIDE * 3];
        new Random(3).nextBytes(rgb);
        try (MultiLabelModel model = answering();
                MultiLabelPredictor predictor = model.newPredictor()) {
            OnnxExport.of(model)
                    .optInput(OnnxInput.UINT8)
                    .optOutput(ExportOutput.PROBABILITIES)
                    .write(file);
            Prediction expected = predictor.predict(image(rgb));
            try (OrtSession session = open(file);
                    OnnxTensor pixels = OnnxTensor.createTensor(
                            OrtEnvironment.getEnvironment(),
                            ByteBuffer.allocateDirect(rgb.length).put(rgb).rewind(),
                            new long[] {1, SIDE, SIDE, 3},
                            OnnxJavaType.UINT8);
                    OrtSession.Result result = session.run(Map.of("image", pixels))) {
                for (Head head : HIERARCHY) {
                    float[] found =
                            ((float[][]) result.get(head.name()).orElseThrow().getValue())[0];
                    for (int k = 0; k < head.size(); k++) {
                        assertThat((double) found[k])
                                .as("%s of head %s", head.categories().get(k), head.name())
                                .isCloseTo(
                                        expected.head(head.name())
                                                .probability(head.categories().get(k)),
                                        within(1e-5));
                    }
                }
            }
        }
    }

    private static BufferedImage image(byte[] rgb) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        IntStream.range(0, SIDE * SIDE)
                .forEach(i -> image.setRGB(
                        i % SIDE,
                        i / SIDE,
                        (rgb[3 * i] & 255) << 16 | (rgb[3 * i + 1] & 255) << 8 | (rgb[3 * i + 2] & 255)));
        return image;
    }

    @Test
    void eachFormOfInputAndOutputAgreesWithTheModel() throws Exception {
        try (MultiLabelModel model = answering()) {
            for (OnnxInput input : OnnxInput.values()) {
                for (ExportOutput output : ExportOutput.values()) {
                    assertThat(OnnxExport.of(model)
                                    .optInput(input)
                                    .optOutput(output)
                                    .write(file)
                                    .largestDifference())
                            .as("%s to %s", input, output)
                            .isLessThan(1e-5);
                }
            }
        }
    }

    @Test
    void theMetadataHaveAllThatAPredictorNeeds() throws Exception {
        try (MultiLabelModel model = answering()) {
            OnnxExport.of(model).optInput(OnnxInput.UINT8).write(file);
            model.save(folder.resolve("model"));

            OnnxDescription description;
            try (OrtSession session = open(file)) {
                assertThat(session.getMetadata().getProducerName()).isEqualTo("multilabel");
                description = description(session);
            }

            assertThat(description.heads()).isEqualTo(HIERARCHY);
            assertThat(description.preprocessing()).isEqualTo(model.preprocessing());
            assertThat(description.input()).isEqualTo(OnnxInput.UINT8);
            assertThat(description.output()).isEqualTo(ExportOutput.LOGITS);
            assertThat(description.isMirrored()).isTrue();
            assertThat(description.answering().joint()).isEqualTo(model.jointDecoding());
            assertThat(description.answering().calibration()).isEqualTo(model.calibration());
            assertThat(description.answering().thresholds()).isEqualTo(model.thresholds());
            JsonObject saved = StrictJson.object(Files.readString(folder.resolve("model/model.json")));
            assertThat(description.weights())
                    .isEqualTo(saved.getAsJsonObject("checksums")
                            .get("weights.safetensors")
                            .getAsString());
        }
    }

    @Test
    void headsWithOddNamesAreAnsweredUnderOthers() throws Exception {
        HeadSet odd = HeadSet.of(
                Head.singleLabel("image", "a", "b"),
                Head.singleLabel("Größe / \"L\"", "🚗", "色"),
                Head.multiLabel("heads.weight", "a", "b"),
                Head.singleLabel("backbone.conv1.weight", "a", "b"));
        try (MultiLabelModel model = TestModels.tiny(odd)) {
            ExportedModel exported = OnnxExport.of(model).write(file);
            assertThat(exported.outputs())
                    .containsExactly("image_2", "Gr_e_L_", "heads_weight", "backbone_conv1_weight");
            try (OrtSession session = open(file)) {
                assertThat(description(session).heads()).isEqualTo(odd);
            }
        }
    }

    @Test
    void aHundredHeadsAreOneProduct() throws Exception {
        HeadSet many = HeadSet.of(IntStream.range(0, 100)
                .mapToObj(i -> Head.singleLabel("head" + i, "a", "b", "c"))
                .toList());
        try (MultiLabelModel model = TestModels.tiny(many)) {
            assertThat(OnnxExport.of(model).write(file).largestDifference()).isLessThan(1e-5);
        }
    }

    /** Operations that other networks have only beside some that take them in. */
    @Test
    void normsWithoutAConvolutionAndZerosBeforeAPoolAreOperationsOfTheirOwn() throws Exception {
        Network network = Network.fromJson(
                """
                {"name": "own", "layers": [
                  {"name": "bn", "stage": "a", "inputs": ["image"], "op": "batchNorm2d", "channels": 3, "eps": 1e-3, "momentum": 0.1},
                  {"name": "pad", "stage": "a", "inputs": ["bn"], "op": "padSame", "kernel": 3, "stride": 2},
                  {"name": "max", "stage": "a", "inputs": ["pad"], "op": "maxPool2d", "kernel": 3, "stride": 2, "padding": 0},
                  {"name": "conv", "stage": "a", "inputs": ["pad"], "op": "conv2d", "in": 3, "out": 3, "kernel": 3, "stride": 2,
                   "padding": 0, "dilation": 1, "groups": 1, "bias": true, "init": "FAN_IN"},
                  {"name": "sum", "stage": "a", "inputs": ["max", "conv"], "op": "add"},
                  {"name": "pool", "stage": "b", "inputs": ["sum"], "op": "globalAveragePool"},
                  {"name": "fc", "stage": "b", "inputs": ["pool"], "op": "linear", "in": 3, "out": 4, "deviation": 0.5}
                ]}""");
        try (MultiLabelModel model = TestModels.of(network, TestModels.PREPROCESSING, TestModels.HEADS, Map.of())) {
            assertThat(OnnxExport.of(model).write(file).largestDifference()).isLessThan(1e-5);
        }
    }

    @Test
    void theSameModelGivesTheSameBytes() throws Exception {
        try (MultiLabelModel model = answering()) {
            OnnxExport.of(model).write(file);
            byte[] before = Files.readAllBytes(file);
            OnnxExport.of(model).write(file);
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
        }
    }

    @Test
    void aFileThatDoesNotAgreeIsNotKept() throws Exception {
        try (MultiLabelModel model = TestModels.tiny(TestModels.HEADS)) {
            OnnxExport.of(model).write(file);
            byte[] before = Files.readAllBytes(file);
            Parameter bias = model.block().parametersByName().get("heads.bias");
            bias.getArray().set(new float[] {Float.NaN, 0, 0, 0, 0, 0, 0, 0, 0});

            assertThatIOException()
                    .isThrownBy(() -> OnnxExport.of(model).write(file))
                    .withMessageContainingAll("does not answer as the model does", "not finite");
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
            assertThatIOException().isThrownBy(() -> OnnxExport.of(model).write(folder.resolve("new.onnx")));
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(each -> each.getFileName().toString()).filter(each -> !each.endsWith(".lock")))
                        .containsExactly("model.onnx");
            }
        }
    }

    @Test
    void theFileOfAnotherModelDoesNotAgree() throws Exception {
        try (MultiLabelModel model = TestModels.tiny(TestModels.HEADS);
                MultiLabelModel other = TestModels.tiny(TestModels.HEADS)) {
            OnnxExport.of(model).write(file);
            Parameter bias = other.block().parametersByName().get("heads.bias");
            bias.getArray().set(bias.getArray().add(0.01f).toByteBuffer());
            OnnxDescription description;
            try (OrtSession session = open(file)) {
                description = description(session);
            }

            Agreement agreement = Agreement.of(file, other, description);
            assertThat(agreement.difference()).isCloseTo(0.01, within(1e-4));
            assertThatIOException().isThrownBy(agreement::required).withMessageContaining("no file is kept");
        }
    }

    @Test
    void aBackboneOfWhichTheLayersAreNotKnownIsRefused() throws Exception {
        SequentialBlock block = new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(4).build());
        try (MultiLabelModel model = MultiLabelModel.create(
                Backbones.of("mine", () -> block), TestModels.HEADS, TestModels.PREPROCESSING, Device.cpu(), 1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> OnnxExport.of(model).write(file))
                    .withMessageContainingAll("DJL block", "Backbones");
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void wrongArgumentsAreNamed() throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxExport.of(null))
                .withMessageContaining("model");
        MultiLabelModel model = TestModels.tiny(TestModels.HEADS);
        try (model) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> OnnxExport.of(model).write(null))
                    .withMessageContaining("file");
            assertThat(catchThrowableOfType(InvalidOptionsException.class, () -> OnnxExport.of(model)
                            .optInput(null)
                            .optOutput(null)
                            .write(file)))
                    .hasMessageContainingAll("optInput", "FLOAT32", "optOutput", "PROBABILITIES");
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> OnnxExport.of(model).write(file))
                .withMessageContaining("closed");
    }
}
