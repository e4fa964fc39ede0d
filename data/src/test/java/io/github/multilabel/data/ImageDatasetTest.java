package io.github.multilabel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.BoxCrop;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.data.augment.Augmentation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDatasetTest {

    private static final Preprocessing SMALL = Preprocessing.imageNet(6);

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private static ImageDatasetBuilder builder(List<Sample> samples, int batchSize) {
        return ImageDataset.builder()
                .setHeads(Photos.HEADS)
                .addSamples(samples)
                .optBatchSize(batchSize)
                .optThreads(2);
    }

    @Test
    void aBatchIsADictionaryOfOneImageAndOneLabelPerHead() throws IOException {
        try (ImageDataset data = builder(Photos.greys(5), 4).build();
                Batches batches = data.batches(manager, DataPass.evaluation(SMALL))) {
            assertThat(batches.count()).isEqualTo(2);
            try (MultiLabelBatch batch = batches.next()) {
                assertThat(batch.image().getShape()).isEqualTo(new Shape(4, 3, 6, 6));
                assertThat(batch.image().getDataType()).isEqualTo(DataType.UINT8);
                assertThat(batch.image().get(2).toUint8Array()).containsOnly(20);
                assertThat(batch.label("type").toLongArray()).containsExactly(-1, 0, 1, -1);
                assertThat(batch.label("extras").toFloatArray()).containsExactly(0, 1, 0, 0, 0, 1, 0, 0);
                assertThat(batch.sources()).containsExactly("photo 0", "photo 1", "photo 2", "photo 3");
                assertThat(batch.getProgressTotal()).isEqualTo(2);
            }
            try (MultiLabelBatch batch = batches.next()) {
                assertThat(batch.sources()).containsExactly("photo 4");
                assertThat(batch.getProgress()).isEqualTo(1);
            }
            assertThat(batches.hasNext()).isFalse();
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(batches::next);
        }
    }

    private static double medianAspectRatio(Optional<BoxCrop> crop, Sample... samples) throws IOException {
        ImageDatasetBuilder builder = ImageDataset.builder()
                .setHeads(Photos.HEADS)
                .addSamples(List.of(samples))
                .optBatchSize(2);
        crop.ifPresent(builder::optBoxCrop);
        try (ImageDataset data = builder.build()) {
            return data.medianAspectRatio();
        }
    }

    private static Sample ofSize(int height, int width) {
        ImageSource source =
                ImageSource.of(height + " by " + width, TestImages.png(TestImages.plain(height, width, 9)));
        return new Sample(source, Labels.missing(Photos.HEADS), "");
    }

    @Test
    void theMedianShapeIsThatOfWhatIsShown() throws IOException {
        Sample broken = new Sample(ImageSource.of("broken", new byte[] {1, 2, 3}), Labels.missing(Photos.HEADS), "");
        Sample boxed = ofSize(20, 80).withBox(new Box(4, 8, 10, 15));

        assertThat(medianAspectRatio(Optional.empty(), ofSize(10, 10), ofSize(10, 30), ofSize(10, 15), broken))
                .isEqualTo(1.5);
        assertThat(medianAspectRatio(Optional.empty(), ofSize(10, 10), ofSize(10, 20)))
                .as("between the two in the middle")
                .isEqualTo(1.5);
        assertThat(medianAspectRatio(Optional.empty(), boxed)).isEqualTo(4);
        assertThat(medianAspectRatio(Optional.of(BoxCrop.withMargin(0)), boxed)).isEqualTo(1.5);
        assertThat(medianAspectRatio(Optional.empty(), broken)).isEqualTo(1);
    }

    @Test
    void oneThreadAndEightGiveTheSameBatches() throws Exception {
        List<Sample> samples = Photos.patterns(23);
        try (ImageDataset one = builder(samples, 4).optThreads(1).build();
                ImageDataset eight = builder(samples, 4).optThreads(8).build()) {
            for (int epoch = 0; epoch < 3; epoch++) {
                DataPass pass = DataPass.training(SMALL, 7, epoch);
                assertThat(Photos.bytes(eight, manager, pass))
                        .usingElementComparator(Arrays::compare)
                        .isEqualTo(Photos.bytes(one, manager, pass));
            }
        }
    }

    @Test
    void eachEpochAndEachSeedHasAnOrderOfItsOwnThatHasEverySampleOnce() throws Exception {
        try (ImageDataset data = builder(Photos.greys(20), 8).build()) {
            Set<List<String>> orders = new HashSet<>();
            for (DataPass pass : List.of(
                    DataPass.training(SMALL, 1, 0), DataPass.training(SMALL, 1, 1), DataPass.training(SMALL, 2, 0))) {
                List<String> order = Photos.names(data, manager, pass).stream()
                        .flatMap(List::stream)
                        .toList();
                assertThat(order).doesNotHaveDuplicates().hasSize(20);
                orders.add(order);
            }
            assertThat(orders).hasSize(3);
        }
    }

    @Test
    void aPassThatGoesOnGivesTheRestOfTheSameBatches() throws Exception {
        try (ImageDataset data = builder(Photos.patterns(23), 4).build()) {
            DataPass pass = DataPass.training(SMALL, 7, 1);
            List<byte[]> whole = Photos.bytes(data, manager, pass);
            for (int first : new int[] {0, 1, 5, 6, 7}) {
                List<byte[]> rest = whole.subList(Math.min(first, whole.size()), whole.size());
                assertThat(Photos.bytes(data, manager, pass.from(first)))
                        .usingElementComparator(Arrays::compare)
                        .isEqualTo(rest);
            }
            try (Batches batches = data.batches(manager, pass.from(5));
                    MultiLabelBatch batch = batches.next()) {
                assertThat(batch.getProgress()).isEqualTo(5);
                assertThat(batches.count()).isEqualTo(6);
            }
        }
    }

    @Test
    void augmentationIsAppliedInTrainingOnly() throws Exception {
        Augmentation black = draw -> TestImages.plain(
                draw.target().size().height(), draw.target().size().width(), 0);
        try (ImageDataset data =
                builder(Photos.patterns(2), 2).optAugmentation(black).build()) {
            assertThat(Photos.bytes(data, manager, DataPass.training(SMALL, 1, 0))
                            .get(0))
                    .containsOnly(0);
            assertThat(Photos.bytes(data, manager, DataPass.evaluation(SMALL)).get(0))
                    .isNotEqualTo(new byte[2 * 3 * 6 * 6]);
        }
    }

    @Test
    void aLastTrainingBatchOfOneJoinsTheOneBeforeIt() throws Exception {
        try (ImageDataset data = builder(Photos.greys(9), 4).build();
                ImageDataset single = builder(Photos.greys(3), 1).build()) {
            assertThat(Photos.names(data, manager, DataPass.training(SMALL, 1, 0)))
                    .extracting(List::size)
                    .containsExactly(4, 5);
            assertThat(Photos.names(data, manager, DataPass.evaluation(SMALL)))
                    .extracting(List::size)
                    .containsExactly(4, 4, 1);
            assertThat(Photos.names(single, manager, DataPass.training(SMALL, 1, 0)))
                    .extracting(List::size)
                    .containsExactly(1, 1, 1);
        }
    }

    @Test
    void aBadImageFailsWithFileOriginAndReason() throws IOException {
        List<Sample> samples = new ArrayList<>(Photos.greys(5));
        samples.set(3, Photos.sample(3, cut()));
        try (ImageDataset data = builder(samples, 2).build();
                Batches batches = data.batches(manager, DataPass.evaluation(SMALL))) {
            batches.next().close();
            assertThat(batches.hasNext()).isTrue();
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(batches::next)
                    .withMessageContaining("photo 3 (labels.csv line 5): truncated JPEG: it has no end marker")
                    .withMessageContaining("optBadImages(BadImages.SKIP)");
            assertThat(batches.hasNext()).isFalse();
        }
    }

    @Test
    void skippedImagesMakeBatchesSmallerAndAreCountedOnce() throws Exception {
        List<Sample> samples = new ArrayList<>(Photos.greys(7));
        for (int bad : new int[] {1, 2, 3}) {
            samples.set(bad, Photos.sample(bad, cut()));
        }
        try (ImageDataset data =
                builder(samples, 2).optBadImages(BadImages.SKIP).build()) {
            for (int pass = 0; pass < 2; pass++) {
                assertThat(Photos.names(data, manager, DataPass.evaluation(SMALL)))
                        .containsExactly(List.of("photo 0"), List.of("photo 4", "photo 5"), List.of("photo 6"));
            }
            assertThat(data.skipped())
                    .extracting(SkippedImage::source)
                    .containsExactly("photo 1", "photo 2", "photo 3");
            assertThat(data.skipped().get(0).reason()).isEqualTo("truncated JPEG: it has no end marker");
            assertThat(Photos.names(data, manager, DataPass.training(SMALL, 1, 0)))
                    .as("batches of a single image that is left are not trained on")
                    .allSatisfy(batch -> assertThat(batch).hasSizeGreaterThan(1));
        }
    }

    @Test
    void anImageThatDoesNotFitTheHeapCostsOnlyItself() throws Exception {
        List<Sample> samples = new ArrayList<>(Photos.greys(3));
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
        samples.set(1, new Sample(huge, samples.get(1).labels(), "labels.csv line 3"));
        try (ImageDataset data =
                builder(samples, 2).optBadImages(BadImages.SKIP).build()) {
            assertThat(data.check()).hasSize(1).allSatisfy(bad -> assertThat(bad.toString())
                    .startsWith("huge (labels.csv line 3): too large for the heap of "));
            assertThat(Photos.names(data, manager, DataPass.evaluation(SMALL)))
                    .containsExactly(List.of("photo 0"), List.of("photo 2"));
            assertThat(data.skipped()).extracting(SkippedImage::source).containsExactly("huge");
        }
    }

    @Test
    void whatAnAugmentationHasNoMemoryForIsSkipped() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (ImageDataset data = builder(Photos.greys(4), 4)
                .optBadImages(BadImages.SKIP)
                .optAugmentation(draw -> {
                    if (calls.getAndIncrement() == 0) {
                        throw new OutOfMemoryError("Java heap space");
                    }
                    return draw.target().apply(draw.photo().pixels());
                })
                .build()) {
            assertThat(Photos.names(data, manager, DataPass.training(SMALL, 1, 0)))
                    .hasSize(1)
                    .allSatisfy(batch -> assertThat(batch).hasSize(3));
        }
    }

    @Test
    void theCheckFindsExactlyWhatAPassRejects() throws Exception {
        List<Sample> samples = new ArrayList<>(Photos.greys(9));
        samples.set(2, Photos.sample(2, cut()));
        samples.set(7, Photos.sample(7, new byte[0]));
        try (ImageDataset data =
                builder(samples, 2).optBadImages(BadImages.SKIP).build()) {
            List<SkippedImage> bad = data.check();
            assertThat(data.skipped()).isEmpty();
            Photos.names(data, manager, DataPass.evaluation(SMALL));
            assertThat(bad).hasSize(2).isEqualTo(data.skipped());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void closingEarlyLeavesNoThreadBusyAndNoMemory(int taken) throws IOException {
        AtomicInteger reading = new AtomicInteger();
        List<Sample> samples = Photos.greys(25).stream()
                .map(sample -> new Sample(counting(sample.image(), reading), sample.labels(), sample.origin()))
                .toList();
        try (ImageDataset data = builder(samples, 2).optThreads(4).build()) {
            int before = manager.getManagedArrays().size();
            Batches batches = data.batches(manager, DataPass.training(SMALL, 1, 0));
            for (int i = 0; i < taken; i++) {
                batches.next().close();
            }
            assertThat(batches.hasNext()).isTrue();
            batches.close();
            assertThat(reading).hasValue(0);
            assertThat(manager.getManagedArrays()).hasSize(before);
            assertThat(batches.hasNext()).isFalse();
            batches.close();
        }
    }

    @Test
    void onlyAFewBatchesAreReadAhead() throws IOException {
        AtomicInteger read = new AtomicInteger();
        List<Sample> samples = Photos.greys(25).stream()
                .map(sample -> new Sample(
                        new ImageSource() {
                            @Override
                            public String name() {
                                return sample.image().name();
                            }

                            @Override
                            public byte[] read() throws IOException {
                                read.incrementAndGet();
                                return sample.image().read();
                            }
                        },
                        sample.labels(),
                        ""))
                .toList();
        try (ImageDataset data = builder(samples, 2).optThreads(2).build()) {
            Batches batches = data.batches(manager, DataPass.evaluation(SMALL));
            batches.next().close();
            batches.close();
            assertThat(read.get()).isBetween(2, 6);
        }
    }

    @Test
    void aClosedDataSetSaysSo() throws IOException {
        ImageDataset data = builder(Photos.greys(25), 2).build();
        Batches open = data.batches(manager, DataPass.evaluation(SMALL));
        try (MultiLabelBatch batch = open.next()) {
            data.close();
            assertThat(batch.image().get(1).toUint8Array()).containsOnly(10);
            assertThatIllegalStateException()
                    .isThrownBy(() -> data.batches(manager, DataPass.evaluation(SMALL)))
                    .withMessageContaining("the data set was closed");
            assertThatIllegalStateException()
                    .isThrownBy(() -> open.forEachRemaining(MultiLabelBatch::close))
                    .withMessageContaining("the data set was closed");
        }
        open.close();
        data.close();
    }

    @Test
    void aFailingAugmentationReachesTheCaller() throws IOException {
        Augmentation failing = draw -> {
            throw new UnsupportedOperationException("no such colour");
        };
        Augmentation wrongSize = draw -> draw.photo().pixels();
        try (ImageDataset data =
                        builder(Photos.greys(4), 2).optAugmentation(failing).build();
                Batches batches = data.batches(manager, DataPass.training(SMALL, 1, 0))) {
            assertThatIllegalStateException()
                    .isThrownBy(batches::next)
                    .withMessageContainingAll("photo ", "no such colour");
        }
        try (ImageDataset data = builder(Photos.patterns(4), 2)
                        .optAugmentation(wrongSize)
                        .build();
                Batches batches = data.batches(manager, DataPass.training(SMALL, 1, 0))) {
            assertThatIllegalStateException()
                    .isThrownBy(batches::next)
                    .withMessageContainingAll("photo ", "returned height", "the model's input is 6 by 6");
        }
    }

    @Test
    void djlsLoopsGetNormalizedImagesUnderTheirNames() throws IOException {
        try (ImageDataset data = builder(Photos.greys(4), 3)
                .optBatchSize(3)
                .optShuffle(false)
                .optPreprocessing(SMALL)
                .build()) {
            int batches = 0;
            for (Batch batch : data.getData(manager)) {
                try (batch) {
                    NDArray image = batch.getData().get("image");
                    assertThat(image.getDataType()).isEqualTo(DataType.FLOAT32);
                    assertThat(batch.getLabels()).extracting(NDArray::getName).containsExactly("type", "extras");
                    if (batches == 0) {
                        assertThat(image.get(0).getFloat(0, 0, 0)).isEqualTo((float) (-0.485 / 0.229));
                    }
                    batches++;
                }
            }
            assertThat(batches).isEqualTo(2);
        }
    }

    private static byte[] cut() {
        byte[] whole = TestImages.jpeg(TestImages.pattern(64, 64));
        return Arrays.copyOf(whole, whole.length / 2);
    }

    private static ImageSource counting(ImageSource source, AtomicInteger reading) {
        return new ImageSource() {
            @Override
            public String name() {
                return source.name();
            }

            @Override
            public byte[] read() throws IOException {
                reading.incrementAndGet();
                try {
                    return source.read();
                } finally {
                    reading.decrementAndGet();
                }
            }
        };
    }
}
