package io.github.multilabel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.testsupport.RealPhotos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever happens to the bytes of an image, a run that skips bad ones goes on and accounts for each. */
class CorruptImagesTest {

    private static final Preprocessing SMALL = Preprocessing.imageNet(8);
    private static final long HEAP_LEFT_BEHIND = 64L << 20;

    @Test
    void everyCorruptImageIsDecodedOrReported() throws IOException {
        Pixels image = TestImages.pattern(40, 56);
        List<byte[]> whole = List.of(TestImages.jpeg(image), TestImages.progressive(image), TestImages.png(image));
        List<ImageSource> corrupt = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            byte[] bytes = corrupt(whole.get(i % whole.size()), i);
            corrupt.add(ImageSource.of("image " + i, bytes));
        }
        assertThat(reported(corrupt))
                .as("reported of 600; readers of newer JDKs find more")
                .isBetween(200, 560);
    }

    @Test
    @Tag("real-data")
    void everyCorruptPhotoIsDecodedOrReported() throws IOException {
        assumeTrue(Files.isDirectory(RealPhotos.training()), RealPhotos.missing());
        List<Path> photos;
        try (Stream<Path> files = Files.list(RealPhotos.training())) {
            photos = files.sorted().limit(500).toList();
        }
        List<ImageSource> corrupt = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            corrupt.add(new CorruptPhoto(photos.get(i % photos.size()), i));
        }
        assertThat(reported(corrupt)).as("reported of 10,000").isBetween(3000, 8000);
    }

    /** Runs over all images and checks that nothing is lost: neither an image nor memory. */
    private static int reported(List<ImageSource> images) throws IOException {
        List<Sample> samples = images.stream()
                .map(image -> new Sample(image, Labels.missing(Photos.HEADS), ""))
                .toList();
        int decoded = 0;
        try (NDManager manager = NDManager.newBaseManager();
                ImageDataset data = ImageDataset.builder()
                        .setHeads(Photos.HEADS)
                        .addSamples(samples)
                        .optBatchSize(50)
                        .optShuffle(false)
                        .optThreads(2)
                        .optBadImages(BadImages.SKIP)
                        .build()) {
            int arrays = manager.getManagedArrays().size();
            long heap = usedHeap();
            try (Batches batches = data.batches(manager, DataPass.evaluation(SMALL))) {
                while (batches.hasNext()) {
                    try (MultiLabelBatch batch = batches.next()) {
                        decoded += batch.sources().size();
                    }
                }
            }
            assertThat(manager.getManagedArrays()).as("native arrays").hasSize(arrays);
            assertThat(usedHeap() - heap).as("bytes of heap left behind").isLessThan(HEAP_LEFT_BEHIND);
            assertThat(data.skipped()).hasSize(images.size() - decoded).allSatisfy(bad -> assertThat(bad.reason())
                    .isNotBlank());
            return data.skipped().size();
        }
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Cuts the end off, flips bits anywhere or in the header, or overwrites a stretch with noise: each a quarter. */
    private static byte[] corrupt(byte[] whole, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = whole.clone();
        switch (random.nextInt(4)) {
            case 0:
                return Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1:
                flip(bytes, bytes.length, 1 + random.nextInt(20), random);
                return bytes;
            case 2:
                flip(bytes, Math.min(bytes.length, 700), 1 + random.nextInt(5), random);
                return bytes;
            default:
                int from = random.nextInt(bytes.length);
                int to = Math.min(bytes.length, from + 1 + random.nextInt(64));
                for (int i = from; i < to; i++) {
                    bytes[i] = (byte) random.nextInt(256);
                }
                return bytes;
        }
    }

    private static void flip(byte[] bytes, int within, int count, SplittableRandom random) {
        for (int i = 0; i < count; i++) {
            bytes[random.nextInt(within)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    /** A photo that is read and corrupted when it is its turn, so that they are not all in memory. */
    private record CorruptPhoto(Path file, long seed) implements ImageSource {

        @Override
        public String name() {
            return file + " corrupted by " + seed;
        }

        @Override
        public byte[] read() throws IOException {
            return corrupt(Files.readAllBytes(file), seed);
        }
    }
}
