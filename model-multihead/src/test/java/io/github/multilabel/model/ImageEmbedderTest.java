package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.tensors.ImageTensors;
import io.github.multilabel.core.internal.tensors.Normalizer;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.embedding.Embedding;
import io.github.multilabel.model.embedding.EmbeddingFailure;
import io.github.multilabel.model.embedding.EmbeddingResult;
import io.github.multilabel.testsupport.DrawnImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageEmbedderTest {

    private static final Backbone TINY = Backbones.of(TinyModels.network(), TinyModels.PREPROCESSING);

    private static BufferedImage image(int seed) {
        BufferedImage image = new BufferedImage(24, 20, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 20; y++) {
            for (int x = 0; x < 24; x++) {
                image.setRGB(x, y, (seed * 7919 + x * 31 + y * 1021) * 2654435);
            }
        }
        return image;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEmbeddingIsWhatTheBackboneFinds(boolean described) throws IOException {
        try (MultiLabelModel model = TinyModels.create(described ? TINY : TinyModels.foreign(), 1);
                ImageEmbedder embedder = model.newEmbedder();
                NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            Pixels pixels = model.preprocessing().apply(Pixels.of(image(1)));
            NDArray normalised =
                    Normalizer.normalize(ImageTensors.stack(manager, List.of(pixels)), model.preprocessing());
            float[] features = model.block()
                    .features(new ParameterStore(manager, false), normalised, false)
                    .toFloatArray();

            Embedding found = embedder.embed(DrawnImages.png(image(1)));

            assertThat(found.size()).isEqualTo(model.block().featureCount()).isEqualTo(features.length);
            assertThat(found.values()).containsExactly(features, within(1e-5f));
            assertThat(embedder.embed(image(1)).values()).containsExactly(found.values());
        }
    }

    @Test
    void manyAreEmbeddedInTheirOrderAndABrokenOneFailsAlone() throws IOException {
        try (MultiLabelModel model = TinyModels.create(1);
                ImageEmbedder embedder =
                        ImageEmbedder.builder(model).optBatchSize(3).build()) {
            List<ImageSource> images = new ArrayList<>(IntStream.range(0, 7)
                    .mapToObj(i -> ImageSource.of("image " + i, DrawnImages.png(image(i))))
                    .toList());
            images.set(4, ImageSource.of(Path.of("missing.jpg")));

            List<EmbeddingResult> found = embedder.embedAll(images);

            assertThat(found).extracting(EmbeddingResult::source).element(4).isEqualTo("missing.jpg");
            assertThat(found.get(4)).isInstanceOf(EmbeddingFailure.class);
            assertThat(((Embedding) found.get(6)).values())
                    .containsExactly(embedder.embed(images.get(6)).values(), within(1e-6f));
        }
    }

    @Test
    void itKeepsItsWeightsWhenTheModelIsClosed() throws IOException {
        MultiLabelModel model = TinyModels.create(1);
        try (ImageEmbedder embedder = model.newEmbedder()) {
            Embedding before = embedder.embed(image(2));
            model.close();
            assertThat(embedder.embed(image(2))).isEqualTo(before);
        }
    }

    @Test
    void anEmbedderOfABlockOfOnesOwnIsClosedWithTheModel() {
        MultiLabelModel model = TinyModels.create(TinyModels.foreign(), 1);
        ImageEmbedder embedder = model.newEmbedder();
        model.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> embedder.embed(image(1)))
                .withMessage("this embedder is closed; create another with model.newEmbedder()");
    }

    @Test
    void normalisedEmbeddingsHaveTheLengthOne() throws IOException {
        try (MultiLabelModel model = TinyModels.create(1);
                ImageEmbedder plain = model.newEmbedder();
                ImageEmbedder normalised =
                        ImageEmbedder.builder(model).optNormalised(true).build()) {
            Embedding one = plain.embed(image(1));
            Embedding two = plain.embed(image(2));

            assertThat(normalised.embed(image(1))).isEqualTo(one.normalised());
            assertThat(one.normalised().cosine(one)).isCloseTo(1, within(1e-6));
            assertThat(two.normalised().cosine(one)).isCloseTo(two.cosine(one), within(1e-6));
        }
    }

    @Test
    void theCosineIsThatOfTheAngle() {
        Embedding right = new Embedding("right", new float[] {2, 0});
        assertThat(right.cosine(new Embedding("up", new float[] {0, 3}))).isZero();
        assertThat(right.cosine(new Embedding("left", new float[] {-1, 0}))).isEqualTo(-1);
        assertThat(right.cosine(new Embedding("between", new float[] {1, 1}))).isCloseTo(Math.sqrt(0.5), within(1e-12));
        assertThat(right.cosine(new Embedding("nothing", new float[] {0, 0}))).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> right.cosine(new Embedding("other", new float[3])))
                .withMessageContaining("2 values has no angle to one of 3");
    }
}
