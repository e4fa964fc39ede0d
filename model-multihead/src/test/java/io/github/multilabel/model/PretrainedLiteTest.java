package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.tensors.ImageTensors;
import io.github.multilabel.core.internal.tensors.Normalizer;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.network.NetworkBlock;
import io.github.multilabel.testsupport.Golden;
import io.github.multilabel.testsupport.RealPhotos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real weights of the EfficientNets Lite give on real photos what the PyTorch implementation that they belong to
 * gives; the numbers are from golden/lite_photos.py. Runs with {@code -Preal-data -Dmultilabel.lite=FOLDER}, the folder
 * with its weights.
 */
@Tag("real-data")
class PretrainedLiteTest {

    private static final String WEIGHTS = System.getProperty("multilabel.lite", "");
    private static final Path PHOTOS = RealPhotos.training();
    private static final int STEP = 40;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void featuresOfPhotosEqualThoseOfPyTorch(int number) throws IOException {
        assumeTrue(!WEIGHTS.isEmpty(), "no -Dmultilabel.lite=FOLDER");
        assumeTrue(Files.isDirectory(PHOTOS), RealPhotos.missing());
        JsonObject golden = Golden.json("lite_photos.json").getAsJsonObject("efficientnet-lite" + number);
        Path weights = Path.of(WEIGHTS, golden.get("file").getAsString());
        Backbone backbone = Backbones.byName("tf_efficientnet_lite" + number).pretrained(weights);
        try (NDManager manager = NDManager.newBaseManager();
                NetworkBlock block = (NetworkBlock) backbone.newBlock()) {
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 64, 64));
            backbone.loadWeights(block);
            JsonObject photos = golden.getAsJsonObject("features");
            for (String photo : photos.keySet()) {
                assertSame(photo, features(block, backbone, PHOTOS.resolve(photo)), photos.getAsJsonArray(photo));
            }
        }
    }

    private static float[] features(NetworkBlock block, Backbone backbone, Path photo) throws IOException {
        Pixels pixels = backbone.preprocessing().apply(ImageDecoder.strict().decode(ImageSource.of(photo)));
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray bytes = ImageTensors.stack(manager, List.of(pixels));
            NDArray image = Normalizer.normalize(bytes, backbone.preprocessing());
            return block.forward(new ParameterStore(manager, false), new NDList(image), false)
                    .singletonOrThrow()
                    .toFloatArray();
        }
    }

    private static void assertSame(String photo, float[] features, JsonArray expected) {
        assertThat(features).hasSize(STEP * expected.size());
        double worst = 0;
        for (int i = 0; i < expected.size(); i++) {
            worst = Math.max(
                    worst, Math.abs(features[STEP * i] - expected.get(i).getAsDouble()));
        }
        assertThat(worst).as("largest difference in %s", photo).isLessThan(1e-4);
    }
}
