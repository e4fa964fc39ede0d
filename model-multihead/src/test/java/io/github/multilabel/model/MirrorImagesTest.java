package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.internal.InferenceProgram;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.testsupport.DrawnImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers averaged over an image and its mirror image. */
class MirrorImagesTest {

    private final NDManager manager = NDManager.newBaseManager(Device.cpu());

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void logitsAreTheMeanOfBoth(boolean described) {
        Backbone backbone =
                described ? Backbones.of(TinyModels.network(), TinyModels.PREPROCESSING) : TinyModels.foreign();
        try (MultiLabelModel model = TinyModels.create(backbone, 2);
                NoGradients off = NoGradients.onThisThread();
                InferenceProgram plain = model.block().newInference(Precision.FLOAT32);
                InferenceProgram both =
                        model.block().newInference(Precision.FLOAT32).withMirrorImages()) {
            NDArray image = manager.randomNormal(new Shape(2, 3, 16, 16));
            NDList seen = plain.logits(manager, image);
            NDList mirrored = plain.logits(manager, image.flip(3));
            try (NDManager call = manager.newSubManager()) {
                NDList means = both.logits(call, image);
                assertThat(call.getManagedArrays()).hasSize(means.size());
                for (int i = 0; i < means.size(); i++) {
                    assertThat(means.get(i).getName())
                            .isEqualTo(model.heads().get(i).name());
                    NDArray expected = seen.get(i).add(mirrored.get(i)).div(2);
                    assertThat(means.get(i).sub(expected).abs().max().getFloat())
                            .isLessThan(1e-5f);
                    assertThat(mirrored.get(i).sub(seen.get(i)).abs().max().getFloat())
                            .as("a mirror image is another image")
                            .isPositive();
                }
            }
            assertThat(image.getManager()).isSameAs(manager);
        }
    }

    private static ImageSource photo(boolean mirrored) {
        Random random = new Random(4);
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                image.setRGB(mirrored ? 15 - x : x, y, random.nextInt(1 << 24));
            }
        }
        return ImageSource.of("photo", DrawnImages.png(image));
    }

    @Test
    void aPredictorDoesAsItsModelUnlessItIsTold() throws IOException {
        try (MultiLabelModel model = TinyModels.create(2);
                MultiLabelModel flipping = model.withTestTimeFlip(true)) {
            double plain = firstProbability(model.newPredictor());
            double both = firstProbability(
                    MultiLabelPredictor.builder(model).optTestTimeFlip(true).build());
            assertThat(plain).isNotEqualTo(both);
            assertThat(firstProbability(flipping.newPredictor())).isEqualTo(both);
            assertThat(firstProbability(MultiLabelPredictor.builder(flipping)
                            .optTestTimeFlip(false)
                            .build()))
                    .isEqualTo(plain);
        }
    }

    private static double firstProbability(MultiLabelPredictor predictor) throws IOException {
        try (predictor) {
            HeadPrediction first = predictor.predict(photo(false)).heads().get(0);
            return first.probability(first.head().categories().get(0));
        }
    }

    @Test
    void aPredictorGivesAPhotoAndItsMirrorImageOneAnswer() throws IOException {
        try (MultiLabelModel model = TinyModels.create(2);
                MultiLabelPredictor plain = model.newPredictor();
                MultiLabelPredictor both =
                        MultiLabelPredictor.builder(model).optTestTimeFlip(true).build()) {
            double difference = 0;
            for (HeadPrediction answer : both.predict(photo(false)).heads()) {
                HeadPrediction other =
                        both.predict(photo(true)).head(answer.head().name());
                for (String category : answer.head().categories()) {
                    assertThat(answer.probability(category)).isCloseTo(other.probability(category), within(1e-6));
                    difference += Math.abs(plain.predict(photo(false))
                                    .head(answer.head().name())
                                    .probability(category)
                            - answer.probability(category));
                }
            }
            assertThat(difference).as("to the answer from the photo alone").isPositive();
            assertThat(both.predictAll(List.of(photo(false), photo(true)))).hasSize(2);
        }
    }
}
