package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.data.BadImages;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.training.event.StopReason;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.event.TrainingResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureCacheTest {

    private final AtomicInteger reads = new AtomicInteger();

    /** Images that count how often they are read. */
    private Sample counted(Sample sample) {
        return new Sample(
                new ImageSource() {
                    @Override
                    public String name() {
                        return sample.image().name();
                    }

                    @Override
                    public byte[] read() throws IOException {
                        reads.incrementAndGet();
                        return sample.image().read();
                    }
                },
                sample.labels(),
                "");
    }

    private ImageDataset data(int images, Augmentation augmentation, int broken) throws IOException {
        try (ImageDataset drawn = Toy.data(Toy.HEADS, images, 8)) {
            List<Sample> samples = new ArrayList<>(drawn.samples());
            for (int i = 0; i < broken; i++) {
                Sample good = samples.get(3 * i);
                samples.set(3 * i, new Sample(ImageSource.of("broken" + i, new byte[] {1, 2}), good.labels(), ""));
            }
            return ImageDataset.builder()
                    .setHeads(Toy.HEADS)
                    .addSamples(samples.stream().map(this::counted).toList())
                    .optBatchSize(8)
                    .optBadImages(BadImages.SKIP)
                    .optAugmentation(augmentation)
                    .optThreads(1)
                    .build();
        }
    }

    private static MultiLabelTrainerBuilder trainer() {
        return Toy.trainer(Toy.HEADS)
                .optEpochs(4)
                .optFreezeEpochs(4)
                .optCalibration(false); // which reads the validation images once more
    }

    private TrainingResult fit(MultiLabelTrainerBuilder builder, ImageDataset train, ImageDataset validation)
            throws IOException {
        try (MultiLabelTrainer trainer = builder.build()) {
            return trainer.fit(train, validation);
        }
    }

    private static List<Double> losses(TrainingResult result) {
        return result.history().stream()
                .flatMap(report -> List.of(
                        report.training().loss(),
                        report.validation().orElseThrow().loss(),
                        report.validation().orElseThrow().meanAccuracy())
                        .stream())
                .toList();
    }

    /** But for rounding: convolutions add up in another order in batches of another size. */
    private static void assertSame(List<Double> actual, List<Double> expected) {
        assertThat(actual)
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-6 ? 0 : 1)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT32", "BFLOAT16"})
    void imagesAreReadOnceAndTheNumbersAreThoseWithoutTheCache(Precision precision) throws IOException {
        try (ImageDataset train = data(41, Augmentation.none(), 0);
                ImageDataset validation = data(20, Augmentation.light(), 0)) {
            List<Double> without =
                    losses(fit(trainer().optPrecision(precision).optFeatureCache(false), train, validation));
            assertThat(reads.getAndSet(0)).isEqualTo(4 * 61);
            assertSame(losses(fit(trainer().optPrecision(precision), train, validation)), without);
            assertThat(reads).hasValue(61);
        }
    }

    @Test
    void imagesThatCannotBeUsedAreLeftOutAsWithoutTheCache() throws IOException {
        try (ImageDataset train = data(34, Augmentation.none(), 5);
                ImageDataset validation = data(10, Augmentation.none(), 2)) {
            List<Double> without = losses(fit(trainer().optFeatureCache(false), train, validation));
            TrainingResult cached = fit(trainer(), train, validation);
            assertSame(losses(cached), without);
            assertThat(cached.last().training().samples()).isEqualTo(29);
        }
    }

    /** The same name for all, as of photos that come from a database or lie in folders of their own. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 33})
    void rowsOfOneNameKeepTheirFeaturesWhicheverIsLeftOut(int broken) throws IOException {
        try (ImageDataset drawn = Toy.data(Toy.HEADS, 34, 8);
                ImageDataset validation = data(10, Augmentation.none(), 0)) {
            List<Sample> samples = new ArrayList<>();
            for (Sample sample : drawn.samples()) {
                byte[] bytes = samples.size() == broken
                        ? new byte[] {1, 2}
                        : sample.image().read();
                samples.add(new Sample(ImageSource.of("photo", bytes), sample.labels(), ""));
            }
            try (ImageDataset train = ImageDataset.builder()
                    .setHeads(Toy.HEADS)
                    .addSamples(samples)
                    .optBatchSize(8)
                    .optBadImages(BadImages.SKIP)
                    .optAugmentation(Augmentation.none())
                    .optThreads(2)
                    .build()) {
                List<Double> without = losses(fit(trainer().optFeatureCache(false), train, validation));
                assertSame(losses(fit(trainer(), train, validation)), without);
                assertThat(train.leftOut()).containsExactly(broken);
            }
        }
    }

    @Test
    void augmentedImagesAreReadInEachEpochAndThoseOfValidationOnce() throws IOException {
        try (ImageDataset train = data(16, Augmentation.horizontalFlip(), 0);
                ImageDataset validation = data(8, Augmentation.none(), 0)) {
            fit(trainer(), train, validation);
            assertThat(reads).hasValue(4 * 16 + 8);
        }
    }

    @Test
    void aPhaseThatTrainsTheBackboneReadsTheImagesAgain() throws IOException {
        try (ImageDataset train = data(16, Augmentation.none(), 0);
                ImageDataset validation = data(8, Augmentation.none(), 0)) {
            fit(trainer().optEpochs(6), train, validation);
            assertThat(reads).hasValue(3 * 16 + 3 * 8);
        }
    }

    @Test
    void growingImagesAreReadOnceForEachSize() throws IOException {
        try (ImageDataset train = data(16, Augmentation.none(), 0);
                ImageDataset validation = data(8, Augmentation.none(), 0)) {
            TrainingResult cached = fit(trainer().optProgressiveResizing(8, 16), train, validation);
            assertThat(reads).hasValue(2 * 16 + 8);
            assertSame(
                    losses(fit(trainer().optFeatureCache(false).optProgressiveResizing(8, 16), train, validation)),
                    losses(cached));
        }
    }

    @Test
    void aBlockOfDjlHasFeaturesToKeepToo() throws IOException {
        Backbone own = Backbones.of(
                "own",
                new SequentialBlock()
                        .add(Conv2d.builder()
                                .setKernelShape(new Shape(3, 3))
                                .setFilters(6)
                                .build())
                        .add(Activation::relu)
                        .add(Pool.globalAvgPool2dBlock()));
        try (ImageDataset train = data(16, Augmentation.none(), 0)) {
            TrainingResult result = fit(trainer().setBackbone(own).optImageSize(16), train, train);
            assertThat(reads).hasValue(16);
            assertThat(result.last().training().loss())
                    .isLessThan(result.history().get(0).training().loss());
        }
    }

    @Test
    void aStopDoesNotWaitForTheFeaturesOfAllImages() throws IOException {
        List<MultiLabelTrainer> self = new ArrayList<>();
        try (ImageDataset train = data(200, Augmentation.none(), 0);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                        .optFreezeEpochs(2)
                        .addListener(event -> {
                            if (event instanceof TrainingEvent.PhaseStarted) {
                                self.get(0).stop();
                            }
                        })
                        .build()) {
            self.add(trainer);
            reads.set(0);
            assertThat(trainer.fit(train).stopReason()).isEqualTo(StopReason.STOPPED);
            assertThat(reads.get()).as("images that were read").isLessThan(100);
        }
    }
}
