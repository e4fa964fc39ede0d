package io.github.multilabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.internal.InferenceProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network of which a sample is kept, among them one of each operation, answers in ONNX Runtime as here. */
class BackbonesTest {

    /** Of the same layers as smaller ones. */
    private static final Set<String> LARGE = Set.of(
            "resnet34",
            "vit_small_patch14_dinov2",
            "resnet50",
            "resnet101",
            "wide_resnet50_2",
            "efficientnet_lite1",
            "efficientnet_lite2",
            "tf_efficientnet_lite1",
            "tf_efficientnet_lite2");

    @TempDir
    private Path folder;

    private static Stream<String> all() throws IOException {
        try (Stream<Path> files = Files.list(TestModels.NETWORKS)) {
            return files.map(file -> file.getFileName().toString().replace(".json.gz", "")).sorted().toList().stream();
        }
    }

    static Stream<String> usual() throws IOException {
        return all().filter(name -> !LARGE.contains(name));
    }

    static Stream<String> large() {
        return LARGE.stream();
    }

    @ParameterizedTest
    @MethodSource("large")
    @Tag("hostile") // for its time
    void soDoLargeNetworks(String sample) throws Exception {
        aFileAnswersAsTheModelDoes(sample);
    }

    @ParameterizedTest
    @MethodSource("usual")
    void aFileAnswersAsTheModelDoes(String sample) throws Exception {
        // a side that is no multiple of the stride, and for transformers another grid than that of their positions
        int side = sample.startsWith("vit") ? 70 : 75;
        Preprocessing preprocessing = new Preprocessing(
                new ImageSize(side, side + 14),
                1,
                Preprocessing.CropMode.SQUASH,
                Preprocessing.Interpolation.BILINEAR,
                Preprocessing.IMAGENET_MEAN,
                Preprocessing.IMAGENET_STD);
        try (MultiLabelModel model =
                TestModels.of(TestModels.network(sample), preprocessing, TestModels.HEADS, TestModels.LAYERS)) {
            ExportedModel exported = OnnxExport.of(model).write(folder.resolve(sample + ".onnx"));

            assertThat(exported.largestDifference()).isLessThanOrEqualTo(1e-4);
            assertThat(variation(model))
                    .as("how much logits vary between images")
                    .isGreaterThan(1e-3);
        }
    }

    /** Of the logits of the first head between two images, as a fraction of the largest. */
    private static double variation(MultiLabelModel model) {
        ImageSize size = model.preprocessing().size();
        try (NDManager manager = NDManager.newBaseManager();
                InferenceProgram program = model.newInference(Precision.FLOAT32, false)) {
            NDArray images = manager.randomNormal(new Shape(2, 3, size.height(), size.width()));
            images = images.mul(manager.create(new float[] {1, 2}, new Shape(2, 1, 1, 1)));
            NDArray logits = program.logits(manager, images).head();
            return logits.get(0).sub(logits.get(1)).abs().max().getFloat()
                    / logits.abs().max().getFloat();
        }
    }
}
