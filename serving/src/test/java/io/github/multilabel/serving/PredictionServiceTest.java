package io.github.multilabel.serving;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.drift.HeadDrift;
import io.github.multilabel.model.explain.Target;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionFailure;
import io.github.multilabel.model.prediction.PredictionResult;
import io.github.multilabel.testsupport.DrawnImages;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionServiceTest {

    @TempDir
    private Path folder;

    private Path place;

    @BeforeEach
    void saveModel() throws IOException {
        place = SmallModels.save(folder.resolve("model"), 1);
    }

    private PredictionService service() throws IOException, MalformedModelException {
        return PredictionService.builder().addModel("cars", place).build();
    }

    private static List<PredictionResult> results(Accepted accepted) {
        return accepted.answers().stream().map(CompletableFuture::join).toList();
    }

    private static double brand(PredictionResult result) {
        return ((Prediction) result).head("brand").probability("BMW");
    }

    private List<PredictionResult> predictedAlone(List<ImageSource> images)
            throws IOException, MalformedModelException {
        try (MultiLabelModel model = MultiLabelModel.load(place);
                MultiLabelPredictor predictor = model.newPredictor()) {
            return predictor.predictAll(images);
        }
    }

    @Test
    void callersThatShareBatchesGetTheAnswersOfThePredictor() throws Exception {
        // given
        List<ImageSource> images =
                IntStream.range(0, 40).mapToObj(i -> SmallModels.image(10 + i)).toList();
        List<PredictionResult> expected = predictedAlone(images);
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try (PredictionService service = service()) {
            ServedModel cars = service.model("cars");

            // when
            List<Future<PredictionResult>> answers = images.stream()
                    .map(image -> callers.submit(
                            () -> cars.predict(List.of(image)).answers().get(0).get()))
                    .toList();

            // then
            for (int i = 0; i < images.size(); i++) {
                PredictionResult answer = answers.get(i).get();
                assertThat(answer.source()).isEqualTo(images.get(i).name());
                assertThat(brand(answer)).isCloseTo(brand(expected.get(i)), within(1e-5));
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void aBrokenImageCostsNoOther() throws Exception {
        // given
        List<ImageSource> images = List.of(
                SmallModels.image(20), ImageSource.of("broken.jpg", new byte[] {1, 2, 3}), SmallModels.image(30));
        try (PredictionService service = service()) {

            // when
            List<PredictionResult> results = results(service.model("cars").predict(images));

            // then
            assertThat(results.get(0)).isInstanceOf(Prediction.class);
            assertThat(results.get(1))
                    .isInstanceOfSatisfying(PredictionFailure.class, failure -> assertThat(failure.source())
                            .isEqualTo("broken.jpg"));
            assertThat(results.get(2)).isInstanceOf(Prediction.class);
        }
    }

    @Test
    void moreImagesThanMayWaitAreRefused() throws Exception {
        // given
        try (PredictionService service = PredictionService.builder()
                .addModel("cars", place)
                .optQueueSize(2)
                .build()) {

            // when, then
            assertThatExceptionOfType(BusyException.class)
                    .isThrownBy(() -> service.model("cars")
                            .predict(List.of(SmallModels.image(20), SmallModels.image(21), SmallModels.image(22))))
                    .withMessage("0 images wait, and 3 more came, where 2 may wait; try again in a moment");
        }
    }

    @Test
    void aModelThatIsReplacedLosesNoImage() throws Exception {
        // given
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try (PredictionService service = service()) {
            ServedModel cars = service.model("cars");
            String before = cars.info().version();
            List<Future<Integer>> counts = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                counts.add(callers.submit(() -> {
                    int answered = 0;
                    while (!isOver.get()) {
                        assertThat(results(cars.predict(List.of(SmallModels.image(20)))))
                                .allMatch(Prediction.class::isInstance);
                        answered++;
                    }
                    return answered;
                }));
            }

            // when
            for (int seed = 2; seed < 5; seed++) {
                Path next = SmallModels.save(folder.resolve("next" + seed), seed);
                Files.move(place, folder.resolve("old" + seed));
                Files.move(next, place);
                service.refresh();
            }
            isOver.set(true);

            // then
            for (Future<Integer> count : counts) {
                assertThat(count.get()).isPositive();
            }
            assertThat(cars.info().version()).isNotEqualTo(before);
            assertThat(brand(results(cars.predict(List.of(SmallModels.image(20))))
                            .get(0)))
                    .isCloseTo(
                            brand(predictedAlone(List.of(SmallModels.image(20))).get(0)), within(1e-5));
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void aChangedModelThatCannotBeLoadedLeavesTheOldOne() throws Exception {
        // given
        try (PredictionService service = service()) {
            ServedModel cars = service.model("cars");
            String before = cars.info().version();
            Files.writeString(place.resolve("model.json"), "{}");

            // when
            service.refresh();
            service.refresh();

            // then
            assertThat(cars.info().version()).isEqualTo(before);
            assertThat(results(cars.predict(List.of(SmallModels.image(20))))).allMatch(Prediction.class::isInstance);
            assertThat(service.meters()
                            .get("multilabel.reloads")
                            .tag("outcome", "failed")
                            .counter()
                            .count())
                    .as("it is tried once")
                    .isOne();
        }
    }

    @Test
    void aModelOfWhichOneFileComesAfterTheOtherIsLoadedWhenBothAreThere() throws Exception {
        // given: the description of another model, with the weights of the old one
        Path next = SmallModels.save(folder.resolve("next"), 2);
        try (PredictionService service = service()) {
            ServedModel cars = service.model("cars");
            String before = cars.info().version();
            Files.copy(next.resolve("model.json"), place.resolve("model.json"), REPLACE_EXISTING);
            service.refresh();
            assertThat(cars.info().version()).isEqualTo(before);

            // when
            Files.copy(next.resolve("weights.safetensors"), place.resolve("weights.safetensors"), REPLACE_EXISTING);
            service.refresh();

            // then
            assertThat(cars.info().version()).isNotEqualTo(before);
        }
    }

    @Test
    void metersCountAnswersAndTimes() throws Exception {
        // given
        try (PredictionService service = service()) {
            MeterRegistry meters = service.meters();
            long warmedUp = meters.get("multilabel.compute").timer().count();

            // when
            var unused = results(service.model("cars")
                    .predict(List.of(SmallModels.image(20), ImageSource.of("broken", new byte[] {1}))));

            // then
            assertThat(meters.get("multilabel.images")
                            .tag("outcome", "predicted")
                            .counter()
                            .count())
                    .isOne();
            assertThat(meters.get("multilabel.images")
                            .tag("outcome", "unreadable")
                            .counter()
                            .count())
                    .isOne();
            assertThat(meters.get("multilabel.predictions").tag("head", "brand").counters())
                    .hasSize(1);
            assertThat(meters.get("multilabel.compute").timer().count()).isGreaterThan(warmedUp);
            assertThat(meters.get("multilabel.queue.size").gauge().value()).isZero();
        }
    }

    @Test
    void answersThatBecomeOthersAreTold() throws Exception {
        // given: a reference of half BMW and others, and images that all get one answer
        Path withReference = SmallModels.saveWithReference(folder.resolve("reference"), 1);
        try (PredictionService service =
                PredictionService.builder().addModel("cars", withReference).build()) {
            ServedModel cars = service.model("cars");
            assertThat(cars.drift()).extracting(HeadDrift::categories).containsOnly(Double.NaN);

            // when
            for (int i = 0; i < 3; i++) {
                assertThat(results(cars.predict(Collections.nCopies(50, SmallModels.image(20)))))
                        .hasSize(50);
            }

            // then
            HeadDrift brand = cars.drift().get(0);
            assertThat(brand.images()).isEqualTo(150);
            assertThat(brand.categories()).isGreaterThan(0.25);
            assertThat(service.meters()
                            .get("multilabel.drift")
                            .tags("head", "brand", "of", "categories")
                            .gauge()
                            .value())
                    .isEqualTo(brand.categories());
        }
    }

    @Test
    void itShowsWhereTheModelLooks() throws Exception {
        // given
        try (PredictionService service = service()) {

            // when
            HeatPicture picture = service.model("cars")
                    .explain(SmallModels.image(40), Target.predicted("brand"))
                    .orElseThrow();

            // then
            assertThat(picture.picture().height()).isEqualTo(40);
            assertThat(SmallModels.HEADS.get(0).categories()).contains(picture.category());
            assertThat(picture.png()).startsWith(0x89, 'P', 'N', 'G');
        }
    }

    @Test
    void anUnknownHeadIsNamed() throws Exception {
        try (PredictionService service = service()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> service.model("cars").explain(SmallModels.image(40), Target.predicted("brnd")))
                    .withMessageContaining("brand");
        }
    }

    @Test
    void anImageWithMorePixelsThanMayBeIsAFailure() throws Exception {
        // given
        try (PredictionService service = PredictionService.builder()
                .addModel("cars", place)
                .optPixelLimit(1000)
                .build()) {

            // when
            List<PredictionResult> results = results(service.model("cars")
                    .predict(List.of(ImageSource.of("large", DrawnImages.png(DrawnImages.redAndBlue(40, 40))))));

            // then
            assertThat(results.get(0))
                    .isInstanceOfSatisfying(PredictionFailure.class, failure -> assertThat(failure.reason())
                            .contains("40x40 pixels, the limit is 1000"));
        }
    }

    @Test
    void aClosedServiceSaysSo() throws Exception {
        // given
        PredictionService service = service();
        ServedModel cars = service.model("cars");
        service.close();

        // when, then
        assertThatIllegalStateException().isThrownBy(() -> cars.predict(List.of(SmallModels.image(20))));
    }

    @Test
    void closingAnswersWhatWaits() throws Exception {
        // given
        PredictionService service = service();
        Accepted accepted = service.model("cars")
                .predict(IntStream.range(10, 60).mapToObj(SmallModels::image).toList());

        // when
        service.close();

        // then
        assertThat(results(accepted)).hasSize(50).allMatch(Prediction.class::isInstance);
    }

    @Test
    void aModelThatIsNotThereIsNamed() {
        assertThatIOException()
                .isThrownBy(() -> PredictionService.builder()
                        .addModel("cars", folder.resolve("nowhere"))
                        .build())
                .withMessageContaining("nowhere");
    }

    @Test
    void aFolderWithoutItsWeightsAndAFileOfAFolderAreTold() throws IOException {
        Path description = place.resolve("model.json");
        assertThatIOException()
                .isThrownBy(() -> PredictionService.builder()
                        .addModel("cars", description)
                        .build())
                .withMessageContaining("'" + description + "' is a file of a saved model; name its folder");

        Files.delete(place.resolve("weights.safetensors"));
        assertThatIOException()
                .isThrownBy(() ->
                        PredictionService.builder().addModel("cars", place).build())
                .withMessageContaining("it has no weights.safetensors");
    }

    @Test
    void aFolderThatIsNoModelIsNamed() {
        assertThatIOException()
                .isThrownBy(() ->
                        PredictionService.builder().addModel("cars", folder).build())
                .withMessageContaining("is not the folder of a saved model")
                .withMessageContaining("model.json");
    }

    @Test
    void settingsOutsideTheirRangeAreToldTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PredictionService.builder()
                        .optBatchSize(0)
                        .optLongestWait(Duration.ofSeconds(2))
                        .optQueueSize(0)
                        .build())
                .withMessageContaining("addModel")
                .withMessageContaining("optBatchSize")
                .withMessageContaining("optLongestWait")
                .withMessageContaining("optQueueSize");
    }

    @Test
    void namesThatWouldNotFitAPathAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PredictionService.builder().addModel("../cars", place))
                .withMessageContaining("letters");
    }
}
