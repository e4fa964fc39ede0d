package io.github.multilabel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.testsupport.StandardError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoCacheTest {

    private static final Preprocessing SMALL = Preprocessing.imageNet(24);
    private static final int SIDE = 40;

    @TempDir
    private Path folder;

    private final NDManager manager = NDManager.newBaseManager();
    private Path cache;
    private Path photo;

    @BeforeEach
    void writePhoto() throws IOException {
        cache = folder.resolve("cache");
        photo = folder.resolve("photo.png");
        Files.write(photo, TestImages.png(TestImages.pattern(90, 120)));
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private static ImageDatasetBuilder builder(ImageSource image) {
        Sample sample = Photos.sample(1, new byte[0]);
        return ImageDataset.builder()
                .setHeads(Photos.HEADS)
                .addSample(new Sample(image, sample.labels(), sample.origin()))
                .optBatchSize(1)
                .optThreads(1);
    }

    private byte[] trained(ImageSource image) throws Exception {
        try (ImageDataset data = builder(image).optCache(cache, SIDE).build()) {
            return Photos.bytes(data, manager, DataPass.training(SMALL, 3, 0)).get(0);
        }
    }

    private List<Path> entries() throws IOException {
        if (!Files.exists(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** An image that says it is of version 1, whatever its name. */
    private static ImageSource versioned(String name, Callable<byte[]> bytes) {
        return new ImageSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public byte[] read() throws IOException {
                try {
                    return bytes.call();
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }

            @Override
            public Optional<String> version() {
                return Optional.of("1");
            }
        };
    }

    @Test
    void imagesThatTellTheSameVersionAreToldApartByTheirNames() throws Exception {
        byte[] upright = TestImages.png(TestImages.pattern(120, 90));
        trained(versioned("first", () -> Files.readAllBytes(photo)));
        byte[] second = trained(versioned("second", () -> upright));
        assertThat(second).isEqualTo(trained(ImageSource.of("plain", upright)));
    }

    @Test
    void aPhotoThatWasKeptIsNotReadAgainAndGivesTheSameImage() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        ImageSource counted = versioned("counted", () -> {
            reads.incrementAndGet();
            return Files.readAllBytes(photo);
        });

        byte[] cold = trained(counted);
        byte[] warm = trained(counted);

        assertThat(warm).isEqualTo(cold);
        assertThat(reads).hasValue(1);
        assertThat(entries()).hasSize(1);
    }

    @Test
    void trainingSeesNearlyWhatItSeesWithoutACache() throws Exception {
        byte[] kept = trained(ImageSource.of(photo));
        try (ImageDataset data = builder(ImageSource.of(photo)).build()) {
            byte[] plain =
                    Photos.bytes(data, manager, DataPass.training(SMALL, 3, 0)).get(0);
            double difference = 0;
            for (int i = 0; i < plain.length; i++) {
                difference += Math.abs((plain[i] & 0xff) - (kept[i] & 0xff));
            }
            assertThat(difference / plain.length).isLessThan(12);
        }
    }

    @Test
    void evaluationAndTrainingWithoutAugmentationSeeThePhotoAsItIs() throws Exception {
        trained(ImageSource.of(photo));
        try (ImageDataset cached = builder(ImageSource.of(photo))
                        .optAugmentation(Augmentation.none())
                        .optCache(cache, SIDE)
                        .build();
                ImageDataset plain = builder(ImageSource.of(photo))
                        .optAugmentation(Augmentation.none())
                        .build()) {
            for (DataPass pass : List.of(DataPass.evaluation(SMALL), DataPass.training(SMALL, 3, 0))) {
                assertThat(Photos.bytes(cached, manager, pass).get(0))
                        .isEqualTo(Photos.bytes(plain, manager, pass).get(0));
            }
        }
    }

    @Test
    void aPhotoThatHasChangedIsMadeSmallerAnew() throws Exception {
        byte[] before = trained(ImageSource.of(photo));
        Files.write(photo, TestImages.png(TestImages.plain(90, 120, 200)));
        Files.setLastModifiedTime(photo, FileTime.fromMillis(1));

        assertThat(trained(ImageSource.of(photo))).isNotEqualTo(before).containsOnly((byte) 200);
    }

    @Test
    void photosWithoutAVersionAreToldApartByTheirBytes() throws Exception {
        trained(ImageSource.of("one name", TestImages.png(TestImages.plain(90, 120, 10))));

        assertThat(trained(ImageSource.of("one name", TestImages.png(TestImages.plain(90, 120, 20)))))
                .containsOnly((byte) 20);
    }

    @Test
    void aDamagedEntryIsMadeAnew() throws Exception {
        byte[] whole = trained(ImageSource.of(photo));
        Path entry = entries().get(0);
        byte[] kept = Files.readAllBytes(entry);
        for (int length : new int[] {0, 20, kept.length - 1}) {
            Files.write(entry, Arrays.copyOf(kept, length));
            assertThat(trained(ImageSource.of(photo))).isEqualTo(whole);
            assertThat(Files.readAllBytes(entry)).isEqualTo(kept);
        }
        byte[] flipped = kept.clone();
        flipped[kept.length / 2] ^= 1;
        Files.write(entry, flipped);

        assertThat(trained(ImageSource.of(photo))).isEqualTo(whole);
        assertThat(Files.readAllBytes(entry)).isEqualTo(kept);
    }

    @Test
    void smallPhotosAreNotKept() throws Exception {
        Files.write(photo, TestImages.png(TestImages.pattern(SIDE, 120)));
        trained(ImageSource.of(photo));

        assertThat(entries()).isEmpty();
    }

    @Test
    void trainingGoesOnWhereTheFolderCannotBeWritten() throws Exception {
        byte[] kept = trained(ImageSource.of(photo));
        cache = Files.write(folder.resolve("a file"), new byte[1]).resolve("cache");

        assertThat(trained(ImageSource.of(photo))).isEqualTo(kept);
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() throws Exception {
        Path file = Files.write(folder.resolve("a file"), new byte[1]);

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        builder(ImageSource.of(photo)).optCache(file, SIDE).build())
                .withMessageContainingAll("optCache", file.toString(), "it is a file; name a folder");
    }

    @Test
    void aSideThatNoModelCouldUseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> builder(ImageSource.of(photo)).optCache(cache, 3).build())
                .withMessageContaining("optCache")
                .withMessageContaining("at least 32 pixels");
    }

    @Test
    void entriesHaveThePermissionsOfAnyNewFileSoThatUsersCanShareThem() throws Exception {
        Path ordinary = Files.createFile(folder.resolve("ordinary"));
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        trained(ImageSource.of(photo));
        assertThat(entries()).singleElement().satisfies(entry -> assertThat(Files.getPosixFilePermissions(entry))
                .isEqualTo(Files.getPosixFilePermissions(ordinary)));
    }

    @Test
    void anEntryThatCannotBeReadIsToldOfOnceAndThePhotoIsMadeAnew() throws Exception {
        byte[] before = trained(ImageSource.of(photo));
        Path entry = entries().get(0);
        Files.delete(entry);
        Files.createDirectory(entry); // reading a folder fails as a lack of permission does, also for root
        String log = StandardError.during(
                () -> assertThat(trained(ImageSource.of(photo))).isEqualTo(before));
        assertThat(log).containsOnlyOnce("cannot be read, the first with").contains("another user", cache.toString());
    }
}
