package io.github.multilabel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.BoxCrop;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.data.augment.RandomResizedCrop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoxedSamplesTest {

    private static final Preprocessing SMALL = Preprocessing.imageNet(6);
    private static final Box WHITE = new Box(4, 8, 8, 8);

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    /** Black, with a white square where the box is. */
    private static Sample boxed(int index, Box box) {
        byte[] rgb = new byte[16 * 24 * Pixels.CHANNELS];
        for (int y = WHITE.top(); y < WHITE.top() + WHITE.height(); y++) {
            int start = (y * 24 + WHITE.left()) * Pixels.CHANNELS;
            Arrays.fill(rgb, start, start + WHITE.width() * Pixels.CHANNELS, (byte) 255);
        }
        return Photos.sample(index, TestImages.png(new Pixels(16, 24, rgb))).withBox(box);
    }

    private static ImageDatasetBuilder builder(Sample... samples) {
        return ImageDataset.builder()
                .setHeads(Photos.HEADS)
                .addSamples(List.of(samples))
                .optBatchSize(samples.length)
                .optShuffle(false)
                .optAugmentation(Augmentation.none())
                .optThreads(1);
    }

    private byte[] image(ImageDataset data, DataPass pass, int index) throws IOException {
        try (Batches batches = data.batches(manager, pass);
                MultiLabelBatch batch = batches.next()) {
            return batch.image().get(index).toByteArray();
        }
    }

    @Test
    void imagesAreCutToTheirBoxInTrainingAndEvaluation() throws IOException {
        try (ImageDataset data =
                builder(boxed(0, WHITE)).optBoxCrop(BoxCrop.withMargin(0)).build()) {
            assertThat(image(data, DataPass.evaluation(SMALL), 0)).containsOnly(255);
            assertThat(image(data, DataPass.training(SMALL, 1, 0), 0)).containsOnly(255);
        }
    }

    @Test
    void aImageWithoutABoxStaysWhole() throws IOException {
        Sample bare = Photos.sample(0, TestImages.png(TestImages.pattern(16, 24)));
        try (ImageDataset cut = builder(bare).optBoxCrop(BoxCrop.withMargin(0)).build();
                ImageDataset whole = builder(bare).build()) {
            assertThat(image(cut, DataPass.evaluation(SMALL), 0))
                    .isEqualTo(image(whole, DataPass.evaluation(SMALL), 0));
        }
    }

    @Test
    void boxesThatNothingUsesAreNotLookedAt() throws IOException {
        try (ImageDataset data = builder(boxed(0, new Box(99, 99, -1, 0))).build()) {
            assertThat(image(data, DataPass.evaluation(SMALL), 0)).contains(0);
            assertThat(data.check()).isEmpty();
        }
    }

    @Test
    void aBoxThatDoesNotFitIsReportedWithFileAndLine() throws IOException {
        try (ImageDataset data = builder(boxed(0, WHITE), boxed(1, new Box(4, 30, 8, 8)))
                        .optBoxCrop(BoxCrop.withMargin(0))
                        .build();
                Batches batches = data.batches(manager, DataPass.evaluation(SMALL))) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(batches::next)
                    .withMessageContainingAll("photo 1 (labels.csv line 3)", "columns 30 to 37", "outside the image");
            assertThat(data.check()).singleElement().satisfies(bad -> assertThat(bad.source())
                    .isEqualTo("photo 1"));
        }
    }

    @Test
    void aBoxThatDoesNotFitCanBeSkipped() throws IOException {
        try (ImageDataset data = builder(boxed(0, WHITE), boxed(1, new Box(4, 8, 0, 8)))
                .optBoxCrop(BoxCrop.withMargin(0))
                .optBadImages(BadImages.SKIP)
                .build()) {
            assertThat(image(data, DataPass.evaluation(SMALL), 0)).containsOnly(255);
            assertThat(data.skipped()).singleElement().asString().contains("photo 1", "is empty or inverted");
        }
    }

    @Test
    void randomCropsKeepTheBoxInTheImage() throws IOException {
        Augmentation keeping = Augmentation.of(RandomResizedCrop.of(0.1, 0.4).keepingBox(1));
        try (ImageDataset data =
                builder(boxed(0, WHITE)).optAugmentation(keeping).build()) {
            for (int epoch = 0; epoch < 50; epoch++) {
                byte[] pixels = image(data, DataPass.training(SMALL, 1, epoch), 0);
                assertThat(pixels).as("epoch %d", epoch).contains(255);
            }
        }
    }

    @Test
    void theBoxMovesWithTheCut() throws IOException {
        Augmentation keeping =
                Augmentation.of(RandomResizedCrop.of(0.45, 0.6).withRatio(1, 1).keepingBox(1));
        try (ImageDataset data = builder(boxed(0, WHITE))
                .optBoxCrop(BoxCrop.withMargin(0.25))
                .optAugmentation(keeping)
                .build()) {
            for (int epoch = 0; epoch < 50; epoch++) {
                int white = 0;
                for (byte value : image(data, DataPass.training(SMALL, 1, epoch), 0)) {
                    white += value & 0xff;
                }
                // the box is 64 of the cut's 144 pixels, so a part of at most 60 % that has all of it is mostly white
                assertThat(white / (6.0 * 6 * 3 * 255)).as("epoch %d", epoch).isGreaterThan(0.65);
            }
        }
    }

    @Test
    void aKeptBoxThatDoesNotFitIsReportedWithTheFile() throws IOException {
        try (ImageDataset data = builder(boxed(0, new Box(40, 0, 5, 5)))
                        .optAugmentation(
                                Augmentation.of(RandomResizedCrop.of(0.1, 0.4).keepingBox(1)))
                        .build();
                Batches batches = data.batches(manager, DataPass.training(SMALL, 1, 0))) {
            assertThatIllegalStateException()
                    .isThrownBy(batches::next)
                    .withMessageContainingAll("photo 0", "rows 40 to 44", "outside the image");
        }
    }
}
