package io.github.multilabel.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionFailure;
import io.github.multilabel.model.prediction.PredictionResult;
import io.github.multilabel.serving.BusyException;
import io.github.multilabel.serving.PredictionService;
import java.awt.image.BufferedImage;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedPredictorTest {

    private static final ImageSource BROKEN = ImageSource.of("broken.jpg", new byte[] {1, 2, 3});

    @TempDir
    private Path folder;

    private PredictionService service;
    private ServedPredictor predictor;

    @BeforeEach
    void serve() throws Exception {
        service = PredictionService.builder()
                .addModel("cars", SmallModels.save(folder.resolve("model"), 1))
                .optQueueSize(4)
                .optPixelLimit(24 * 100)
                .build();
        predictor = new ServedPredictor(service.model("cars"), 4);
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void itsAnswersAreThoseOfThePredictorOfTheModel() throws Exception {
        List<ImageSource> images =
                IntStream.range(10, 20).mapToObj(SmallModels::image).toList();
        try (MultiLabelModel model = MultiLabelModel.load(folder.resolve("model"));
                MultiLabelPredictor alone = model.newPredictor()) {

            // when: more images than the queue has room for
            List<PredictionResult> results = predictor.predictAll(images);

            // then
            for (int i = 0; i < images.size(); i++) {
                assertThat(results.get(i).source()).isEqualTo(images.get(i).name());
                assertThat(brand(results.get(i))).isCloseTo(brand(alone.predict(images.get(i))), within(1e-5));
            }
            assertThat(brand(predictor.predict(SmallModels.drawn(30))))
                    .as("an image that is decoded already")
                    .isCloseTo(brand(alone.predict(SmallModels.drawn(30))), within(1e-5));
        }
    }

    @Test
    void aBrokenImageIsAnIoExceptionAloneAndAFailureAmongOthers() {
        assertThatIOException().isThrownBy(() -> predictor.predict(BROKEN)).withMessageContaining("broken.jpg");

        List<ImageSource> images = new ArrayList<>(List.of(SmallModels.image(20), BROKEN));
        images.add(null);
        assertThat(predictor.predictAll(images))
                .extracting(Object::getClass)
                .containsExactly(List.of(Prediction.class, PredictionFailure.class, PredictionFailure.class)
                        .toArray(new Class<?>[0]));
    }

    @Test
    void noImagesGiveNoResults() {
        assertThat(predictor.predictAll(List.of())).isEmpty();
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict((ImageSource) null));
        assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict((BufferedImage) null));
        assertThatIllegalArgumentException().isThrownBy(() -> predictor.predictAll(null));
    }

    @Test
    void aDecodedImageAboveTheLimitIsRefused() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> predictor.predict(SmallModels.drawn(101)))
                .withMessageContaining("image");
    }

    @Test
    void moreImagesThanMayWaitAreRefused() {
        ServedPredictor greedy = new ServedPredictor(service.model("cars"), 5);

        assertThatExceptionOfType(BusyException.class)
                .isThrownBy(() -> greedy.predictAll(
                        IntStream.range(10, 15).mapToObj(SmallModels::image).toList()));
    }

    @Test
    void closingItLeavesTheServiceOpen() {
        predictor.close();

        assertThatIllegalStateException().isThrownBy(() -> predictor.predict(SmallModels.image(20)));
        assertThat(service.model("cars")
                        .predict(List.of(SmallModels.image(20)))
                        .answers()
                        .get(0)
                        .join())
                .isInstanceOf(Prediction.class);
    }

    private static double brand(PredictionResult result) {
        return ((Prediction) result).head("brand").probability("BMW");
    }
}
