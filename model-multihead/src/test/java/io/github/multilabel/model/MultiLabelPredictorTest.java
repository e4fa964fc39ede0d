package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.tensors.ImageTensors;
import io.github.multilabel.core.internal.tensors.Normalizer;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.prediction.CategoryProbability;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionFailure;
import io.github.multilabel.model.prediction.PredictionListener;
import io.github.multilabel.model.prediction.PredictionResult;
import io.github.multilabel.testsupport.DrawnImages;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultiLabelPredictorTest {

    @TempDir
    private Path folder;

    private MultiLabelModel model;

    @BeforeEach
    void createModel() {
        model = TinyModels.create(3);
        TinyModels.shake(model);
    }

    @AfterEach
    void closeModel() {
        model.close();
    }

    /** Coloured shapes, not square, larger than the model's input. */
    private static byte[] photo(int seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < 6; i++) {
            graphics.setColor(new Color(random.nextInt(1 << 24)));
            graphics.fillOval(random.nextInt(30), random.nextInt(20), 20, 15);
        }
        graphics.dispose();
        return DrawnImages.png(image);
    }

    private static List<ImageSource> photos(int count) {
        List<ImageSource> photos = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            photos.add(ImageSource.of("photo " + i, photo(i)));
        }
        return photos;
    }

    private static List<Prediction> oneByOne(MultiLabelPredictor predictor, List<ImageSource> photos)
            throws IOException {
        List<Prediction> predictions = new ArrayList<>();
        for (ImageSource photo : photos) {
            predictions.add(predictor.predict(photo));
        }
        return predictions;
    }

    private static double[] probabilities(PredictionResult result) {
        return ((Prediction) result)
                .heads().stream()
                        .flatMap(head -> head.probabilities().stream())
                        .mapToDouble(CategoryProbability::probability)
                        .toArray();
    }

    @Test
    void aListenerIsToldOfEachImageAndEachBatch() {
        // given
        AtomicInteger decoded = new AtomicInteger();
        List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
        PredictionListener listener = new PredictionListener() {
            @Override
            public void onDecoded(Duration time) {
                decoded.incrementAndGet();
            }

            @Override
            public void onComputed(int images, Duration time) {
                batches.add(images);
            }
        };
        List<ImageSource> images = new ArrayList<>(photos(4));
        images.add(ImageSource.of("broken", new byte[] {1}));
        try (MultiLabelPredictor predictor = MultiLabelPredictor.builder(model)
                .optBatchSize(3)
                .optListener(listener)
                .build()) {

            // when
            var unused = predictor.predictAll(images);
        }

        // then
        assertThat(decoded).hasValue(5);
        assertThat(batches).containsExactly(3, 1);
    }

    private static void assertSameAnswer(PredictionResult actual, PredictionResult expected) {
        assertThat(probabilities(actual)).as(actual.source()).containsExactly(probabilities(expected), within(1e-5));
        assertThat(((Prediction) actual).heads())
                .extracting(head -> head.best().category())
                .isEqualTo(((Prediction) expected)
                        .heads().stream().map(head -> head.best().category()).toList());
    }

    @Test
    void everyWayToGiveAnImageGivesTheSameAnswer() throws IOException {
        byte[] bytes = photo(1);
        Path file = Files.write(folder.resolve("photo.png"), bytes);
        try (MultiLabelPredictor predictor = model.newPredictor()) {
            Prediction expected = predictor.predict(file);
            assertThat(expected.source()).isEqualTo(file.toString());
            assertThat(expected.heads())
                    .extracting(answer -> answer.head().name())
                    .containsExactly("year", "brand", "a.weight", "body");
            assertSameAnswer(predictor.predict(ImageSource.of("photo", bytes)), expected);
            assertSameAnswer(predictor.predict(bytes), expected);
            assertSameAnswer(predictor.predict(new ByteArrayInputStream(bytes)), expected);
            assertSameAnswer(
                    predictor.predict(new BufferedImageFactory().fromInputStream(new ByteArrayInputStream(bytes))),
                    expected);
            assertSameAnswer(predictor.predictFiles(List.of(file)).get(0), expected);
        }
    }

    @Test
    void theAnswersAreThoseOfTheBlockOnImagesAsValidationSeesThem() throws IOException {
        byte[] bytes = photo(1);
        try (MultiLabelPredictor predictor = model.newPredictor();
                NDManager manager = NDManager.newBaseManager();
                NoGradients off = NoGradients.onThisThread()) {
            NDArray image = Normalizer.normalize(
                    ImageTensors.stack(
                            manager,
                            List.of(model.preprocessing()
                                    .apply(ImageDecoder.strict().decode(ImageSource.of("photo", bytes))))),
                    model.preprocessing());
            NDList logits = model.block().forward(new ParameterStore(manager, false), new NDList(image), false);
            Prediction prediction = predictor.predict(bytes);
            for (HeadPrediction answer : prediction.heads()) {
                HeadPrediction expected = HeadPrediction.fromLogits(
                        answer.head(), logits.get(answer.head().name()).toFloatArray());
                for (CategoryProbability one : expected.probabilities()) {
                    assertThat(answer.probability(one.category()))
                            .as(answer.head().name() + " " + one.category())
                            .isCloseTo(one.probability(), within(1e-5));
                }
            }
        }
    }

    @Test
    void aSavedModelPredictsAsTheOneInMemory() throws Exception {
        model.save(folder.resolve("model"));
        try (MultiLabelPredictor before = model.newPredictor();
                MultiLabelModel loaded = MultiLabelModel.load(folder.resolve("model"));
                MultiLabelPredictor after = loaded.newPredictor()) {
            for (ImageSource photo : photos(4)) {
                assertSameAnswer(after.predict(photo), before.predict(photo));
            }
        }
    }

    @Test
    void oneBrokenImageLeavesTheOthersAsTheyAre() throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            files.add(Files.write(folder.resolve(i + ".jpg"), photo(i)));
        }
        Files.writeString(files.get(4), "this is a text, whatever its name says");
        for (int batchSize : new int[] {1, 3, 8, 100}) {
            try (MultiLabelPredictor predictor =
                    MultiLabelPredictor.builder(model).optBatchSize(batchSize).build()) {
                List<PredictionResult> results = predictor.predictFiles(files);
                assertThat(results)
                        .extracting(PredictionResult::source)
                        .containsExactlyElementsOf(
                                files.stream().map(Path::toString).toList());
                for (int i = 0; i < 8; i++) {
                    if (i == 4) {
                        assertThat(results.get(i))
                                .isInstanceOfSatisfying(PredictionFailure.class, failure -> assertThat(failure.reason())
                                        .isNotBlank()
                                        .doesNotContain(files.get(4).toString()));
                    } else {
                        assertSameAnswer(results.get(i), predictor.predict(files.get(i)));
                    }
                }
            }
        }
    }

    @Test
    void whateverIsWrongWithAnImageItIsNamed() throws IOException {
        Path absent = folder.resolve("absent.jpg");
        ImageSource throwing = new ImageSource() {
            @Override
            public String name() {
                return "store";
            }

            @Override
            public byte[] read() {
                throw new UnsupportedOperationException("the store is down");
            }
        };
        try (MultiLabelPredictor predictor = model.newPredictor()) {
            List<PredictionResult> results = predictor.predictAll(List.of(
                    ImageSource.of(absent), ImageSource.of(folder), throwing, ImageSource.of("empty", new byte[0])));
            assertThat(results).hasSize(4).allSatisfy(result -> assertThat(result)
                    .isInstanceOf(PredictionFailure.class));
            assertThat(results.get(2).toString())
                    .isEqualTo("store: cannot be read: its source failed: java.lang.UnsupportedOperationException: the"
                            + " store is down; correct the code of the source");
            assertThatIOException().isThrownBy(() -> predictor.predict(absent)).withMessageContaining("absent.jpg");
            assertThatIOException()
                    .isThrownBy(() -> predictor.predict(new byte[0]))
                    .withMessageContaining("bytes");
            assertThatIOException()
                    .isThrownBy(() -> predictor.predict(new ByteArrayInputStream(new byte[] {1, 2, 3})))
                    .withMessageContaining("stream");
        }
    }

    @Test
    void whatIsTransparentIsWhiteByEveryRoad() throws IOException {
        Random random = new Random(4);
        BufferedImage clear = new BufferedImage(40, 30, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < 30; y++) {
            for (int x = 0; x < 40; x++) {
                clear.setRGB(x, y, random.nextInt());
            }
        }
        BufferedImage premultiplied = new BufferedImage(40, 30, BufferedImage.TYPE_INT_ARGB_PRE);
        premultiplied.createGraphics().drawImage(clear, 0, 0, null);
        try (MultiLabelPredictor predictor = model.newPredictor()) {
            Prediction expected = predictor.predict(DrawnImages.png(clear));
            assertSameAnswer(predictor.predict(clear), expected);
            assertSameAnswer(predictor.predict(new BufferedImageFactory().fromImage(clear)), expected);
            assertThat(probabilities(predictor.predict(premultiplied)))
                    .containsExactly(probabilities(expected), within(1e-2));
        }
    }

    @Test
    void aPartOfABufferedImageIsThatPart() throws IOException {
        BufferedImage whole = ImageIO.read(new ByteArrayInputStream(photo(3)));
        BufferedImage copied = new BufferedImage(20, 12, BufferedImage.TYPE_3BYTE_BGR);
        copied.createGraphics().drawImage(whole.getSubimage(7, 9, 20, 12), 0, 0, null);
        try (MultiLabelPredictor predictor = model.newPredictor()) {
            assertSameAnswer(predictor.predict(whole.getSubimage(7, 9, 20, 12)), predictor.predict(copied));
        }
    }

    @Test
    void thePredictorDecodesAsItsDecoderSays() throws IOException {
        byte[] jpeg = DrawnImages.jpeg(ImageIO.read(new ByteArrayInputStream(photo(1))));
        byte[] withoutEnd = Arrays.copyOf(jpeg, jpeg.length - 2);
        ImageSource source = ImageSource.of("car", withoutEnd);
        ImageDecoder lenient = ImageDecoder.lenient();
        try (MultiLabelPredictor strict = model.newPredictor();
                MultiLabelPredictor predictor =
                        MultiLabelPredictor.builder(model).optDecoder(lenient).build();
                MultiLabelPredictor small = MultiLabelPredictor.builder(model)
                        .optDecoder(lenient.withPixelLimit(40 * 30 - 1))
                        .build()) {
            Prediction expected = strict.predict(jpeg);
            assertThatIOException().isThrownBy(() -> strict.predict(withoutEnd)).withMessageContaining("no end marker");
            assertSameAnswer(predictor.predict(withoutEnd), expected);
            assertSameAnswer(predictor.predictAll(List.of(source)).get(0), expected);
            assertThat(lenient.repaired()).isEqualTo(2);
            assertThatIOException()
                    .isThrownBy(() -> small.predict(withoutEnd))
                    .withMessageContaining("40x30 pixels, the limit is 1199");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        MultiLabelPredictor.builder(model).optDecoder(null).build())
                .withMessageContaining("optDecoder(null): e.g. ImageDecoder.strict()");
    }

    @Test
    void anImageThatIsNullOrTooLargeForTheHeapCostsOnlyItself() throws IOException {
        ImageSource huge = new ImageSource() {
            @Override
            public String name() {
                return "huge";
            }

            @Override
            public byte[] read() {
                throw new OutOfMemoryError("Java heap space");
            }
        };
        try (MultiLabelPredictor predictor = model.newPredictor()) {
            List<PredictionResult> results = predictor.predictAll(Arrays.asList(
                    ImageSource.of("a", photo(1)), null, huge, photos(1).get(0)));
            assertThat(results.get(0)).isInstanceOf(Prediction.class);
            assertThat(results.get(1).toString()).isEqualTo("null: there is no image: the source is null");
            assertThat(results.get(2).toString())
                    .startsWith("huge: too large for the heap of ")
                    .contains("; raise -Xmx");
            assertThat(results.get(3)).isInstanceOf(Prediction.class);
            assertThat(predictor.predictFiles(Arrays.asList((Path) null)).toString())
                    .contains("the source is null");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> predictor.predict((Path) null))
                    .withMessage("argument 'image' is null; pass a file, bytes, a stream or an ImageSource");
        }
    }

    @Test
    void noImagesGiveNoResults() {
        try (MultiLabelPredictor predictor = model.newPredictor()) {
            assertThat(predictor.predictAll(List.of())).isEmpty();
            assertThat(predictor.predictFiles(List.of())).isEmpty();
        }
    }

    @Test
    void eightThreadsGetTheAnswersOfOne() throws Exception {
        List<ImageSource> photos = photos(20);
        try (MultiLabelPredictor predictor =
                MultiLabelPredictor.builder(model).optConcurrency(4).build()) {
            List<Prediction> expected = oneByOne(predictor, photos);
            inEightThreads(thread -> {
                for (int call = 0; call < 200; call++) {
                    int i = (call * 7 + thread * 3) % photos.size();
                    assertSameAnswer(predictor.predict(photos.get(i)), expected.get(i));
                }
            });
        }
    }

    @Test
    void noMoreCallsRunAtOnceThanTheLimitSays() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        byte[] bytes = photo(1);
        ImageSource counting = new ImageSource() {
            @Override
            public String name() {
                return "counting";
            }

            @Override
            public byte[] read() {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.yield();
                running.decrementAndGet();
                return bytes;
            }
        };
        try (MultiLabelPredictor predictor =
                MultiLabelPredictor.builder(model).optConcurrency(2).build()) {
            inEightThreads(thread -> {
                for (int call = 0; call < 50; call++) {
                    predictor.predict(counting);
                }
            });
        }
        assertThat(most).hasValueBetween(1, 2);
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void inEightThreads(Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int thread = i;
                tasks.add(() -> {
                    work.run(thread);
                    return null;
                });
            }
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void closingLetsRunningCallsFinishAndRefusesLaterOnes() throws Exception {
        List<ImageSource> photos = photos(4);
        for (MultiLabelModel any : new MultiLabelModel[] {model, TinyModels.create(TinyModels.foreign(), 1)}) {
            MultiLabelPredictor predictor = any.newPredictor();
            List<Prediction> expected = oneByOne(predictor, photos);
            ExecutorService threads = Executors.newFixedThreadPool(8);
            CountDownLatch started = new CountDownLatch(8);
            List<Future<Void>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int photo = i % photos.size();
                calls.add(threads.submit(() -> {
                    for (int call = 0; ; call++) {
                        assertSameAnswer(predictor.predict(photos.get(photo)), expected.get(photo));
                        if (call == 3) {
                            started.countDown();
                        }
                    }
                }));
            }
            started.await();
            any.close();
            predictor.close();
            predictor.close();
            for (Future<Void> call : calls) {
                assertThat(call)
                        .failsWithin(Duration.ofMinutes(1))
                        .withThrowableOfType(ExecutionException.class)
                        .withCauseInstanceOf(IllegalStateException.class)
                        .withMessageContaining("this predictor is closed");
            }
            threads.shutdown();
            assertThatIllegalStateException().isThrownBy(() -> predictor.predict(photos.get(0)));
            assertThatIllegalStateException().isThrownBy(() -> predictor.predictAll(photos));
            assertThatIllegalStateException().isThrownBy(() -> predictor.predictAll(List.of()));
            assertThatIllegalStateException().isThrownBy(predictor::warmUp);
        }
    }

    @Test
    void aPredictorOutlivesItsModelAndIgnoresLaterTraining() throws IOException {
        byte[] bytes = photo(1);
        MultiLabelModel shortLived = TinyModels.create(3);
        try (MultiLabelPredictor predictor = shortLived.newPredictor()) {
            Prediction before = predictor.predict(bytes);
            TinyModels.shake(shortLived);
            assertSameAnswer(predictor.predict(bytes), before);
            shortLived.close();
            assertSameAnswer(predictor.predict(bytes), before);
        }
    }

    @Test
    void closingAModelClosesThePredictorsThatRunOnItsWeights() throws IOException {
        byte[] bytes = photo(1);
        MultiLabelModel foreign = TinyModels.create(TinyModels.foreign(), 1);
        try (MultiLabelPredictor predictor = foreign.newPredictor()) {
            assertThat(predictor.predict(bytes).heads()).hasSize(4);
            foreign.close();
            assertThatIllegalStateException()
                    .isThrownBy(() -> predictor.predict(bytes))
                    .withMessageContaining("closed");
        }
    }

    @Test
    void twoThousandPredictionsLeaveNoArrayBehind() throws Exception {
        byte[] bytes = photo(1);
        try (MultiLabelModel foreign = TinyModels.create(TinyModels.foreign(), 1)) {
            for (MultiLabelModel any : new MultiLabelModel[] {model, foreign}) {
                int before = any.manager().getManagedArrays().size();
                try (MultiLabelPredictor predictor = any.newPredictor()) {
                    inEightThreads(thread -> {
                        for (int call = 0; call < 250; call++) {
                            predictor.predict(bytes);
                        }
                    });
                    assertThat(predictor.arraysLeft()).isEmpty();
                    assertThat(any.manager().getManagedArrays()).hasSize(before);
                }
            }
        }
    }

    @Test
    void aFailingCallLeavesNoArrayBehindAndFreesItsTurn() throws IOException {
        try (MultiLabelPredictor predictor =
                MultiLabelPredictor.builder(model).optConcurrency(1).build()) {
            for (int i = 0; i < 3; i++) {
                assertThatIOException().isThrownBy(() -> predictor.predict(new byte[] {1}));
            }
            predictor.warmUp();
            assertThat(predictor.arraysLeft()).isEmpty();
        }
    }

    @Test
    void weightsThatAreNotFiniteAreAnErrorAndNoAnswer() throws IOException {
        byte[] bytes = photo(1);
        NDArray bias = model.block().parametersByName().get("heads.bias").getArray();
        bias.set(new float[] {0, 0, 0, Float.NaN, 0, 0, 0, 0, 0});
        try (MultiLabelPredictor predictor = model.newPredictor()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> predictor.predict(bytes))
                    .withMessageContaining("'brand'");
            assertThatIllegalStateException().isThrownBy(predictor::warmUp);
        }
    }

    @ParameterizedTest
    @CsvSource({"BFLOAT16, 2e-2", "FLOAT16, 3e-3"})
    void sixteenBitsAgreeWithFloat32(Precision precision, double tolerance) throws IOException {
        try (MultiLabelModel fresh = TinyModels.create(3);
                MultiLabelPredictor exact = fresh.newPredictor();
                MultiLabelPredictor rough = fresh.newPredictor(precision)) {
            for (ImageSource photo : photos(5)) {
                assertThat(probabilities(rough.predict(photo)))
                        .containsExactly(probabilities(exact.predict(photo)), within(tolerance));
            }
        }
    }

    @Test
    void settingsOutsideTheirRangeAreListedTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MultiLabelPredictor.builder(model)
                        .optBatchSize(0)
                        .optConcurrency(-1)
                        .optThreads(0)
                        .optPrecision(null)
                        .build())
                .withMessageContainingAll(
                        "optBatchSize(0)", "optConcurrency(-1)", "optThreads(0)", "optPrecision(null)");
    }

    @Test
    void nothingInPlaceOfAnImageIsCalledThat() {
        try (MultiLabelModel model = TinyModels.create(1);
                MultiLabelPredictor predictor = model.newPredictor()) {
            assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict((Path) null));
            assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict((byte[]) null));
            assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict((ImageSource) null));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> predictor.predict((InputStream) null))
                    .withMessage("argument 'image' is null; pass a file, bytes, a stream or an ImageSource");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> predictor.predictFiles(null))
                    .withMessage("argument 'images' is null; pass a list of them, perhaps empty");
            assertThatIllegalArgumentException().isThrownBy(() -> predictor.predictAll(null));
        }
    }
}
