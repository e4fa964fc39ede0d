package io.github.multilabel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.BoxCrop;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.data.augment.Augmentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDatasetBuilderTest {

    @TempDir
    Path folder;

    /** Ten rows: two files missing, one path is a folder, one file ends in upper-case JPG, one has Cyrillic letters. */
    private List<Sample> table() throws IOException {
        List<String> names = new ArrayList<>(
                List.of("0.jpg", "1.jpg", "gone.jpg", "3.JPG", "4.jpg", "folder", "6.jpg", "lost.jpg", "8.jpg"));
        names.add("\u043c\u0430\u0448\u0438\u043d\u0430.jpg");
        Files.createDirectory(folder.resolve("folder"));
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            ImageSource image = ImageSource.of(folder, names.get(i));
            if (i != 2
                    && i != 5
                    && i != 7
                    && !System.getProperty("sun.jnu.encoding").startsWith("ANSI")) {
                Files.write(folder.resolve(names.get(i)), TestImages.jpeg(TestImages.plain(4, 4, i)));
            }
            samples.add(new Sample(image, Labels.missing(Photos.HEADS), "labels.csv line " + (i + 2)));
        }
        return samples;
    }

    private static ImageDatasetBuilder builder(List<Sample> samples) {
        return ImageDataset.builder().setHeads(Photos.HEADS).addSamples(samples).optBatchSize(2);
    }

    @Test
    void missingFilesFailWithTheirCountAndTheFirstRows() throws IOException {
        List<Sample> table = table();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> builder(table).build())
                .withMessageContaining("3 of 10 images cannot be used:")
                .withMessageContaining(folder.resolve("gone.jpg") + " (labels.csv line 4): no such file")
                .withMessageContaining(folder.resolve("folder") + " (labels.csv line 7): is a folder")
                .withMessageContaining("optBadImages(BadImages.SKIP)");
    }

    @Test
    void skippedFilesAreListedAndTheOthersUsed() throws IOException {
        try (ImageDataset data = builder(table()).optBadImages(BadImages.SKIP).build()) {
            assertThat(data.size()).isEqualTo(7);
            assertThat(data.source(2)).endsWith("3.JPG");
            assertThat(data.skipped())
                    .extracting(SkippedImage::origin)
                    .containsExactly("labels.csv line 4", "labels.csv line 7", "labels.csv line 9");
        }
    }

    @Test
    void manyMissingFilesAreSummedUp() {
        List<Sample> missing = IntStream.range(0, 20)
                .mapToObj(i -> Sample.of(folder.resolve(i + ".jpg"), Labels.missing(Photos.HEADS)))
                .toList();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> builder(missing).optBadImages(BadImages.SKIP).build())
                .withMessageContaining("20 of 20 images")
                .withMessageContaining("and 15 more")
                .withMessageContaining("None is left");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageDataset.builder()
                        .optBatchSize(0)
                        .optThreads(0)
                        .optLimit(0)
                        .optAugmentation(null)
                        .optPreprocessing(null)
                        .optDecoder(null)
                        .optBadImages(null)
                        .build())
                .withMessageContainingAll(
                        "cannot build ImageDataset:",
                        "setHeads is missing",
                        "there are no samples",
                        "optBatchSize(0): at least 1 image per batch",
                        "optThreads(0): at least 1",
                        "optLimit(0): at least 1",
                        "optAugmentation(null)",
                        "optPreprocessing(null)",
                        "optDecoder(null)",
                        "optBadImages(null)");
    }

    @Test
    void labelsOfOtherHeadsAreRefused() {
        HeadSet other = HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(Photos.greys(1)).setHeads(other).build())
                .withMessageContaining(
                        "the labels of photo 0 (labels.csv line 2): expected heads [brand], got [type, extras]");
    }

    @Test
    void aLimitTakesSamplesFromAllOverTheTable() throws IOException {
        List<Sample> samples = Photos.greys(25);
        try (ImageDataset data = builder(samples).optLimit(5).build();
                ImageDataset again = builder(samples).optLimit(5).build();
                ImageDataset all = builder(samples).optLimit(99).build()) {
            assertThat(data.samples()).hasSize(5).isEqualTo(again.samples());
            for (int i = 0; i < 5; i++) {
                assertThat(samples.indexOf(data.samples().get(i))).isBetween(5 * i, 5 * i + 4);
            }
            assertThat(all.size()).isEqualTo(25);
        }
    }

    @Test
    void aLimitKeepsEveryCategoryOfATableWithARhythm() {
        int[] used = SampleOrder.spread(600, 100);
        assertThat(IntStream.of(used).map(i -> i % 6).distinct().count()).isEqualTo(6);
    }

    @Test
    void whatWillHaveNoEffectIsToldOf() {
        ImageDatasetBuilder builder = ImageDataset.builder()
                .setHeads(Photos.HEADS)
                .addSamples(Photos.greys(3))
                .optBatchSize(2);
        assertThat(builder.optBoxCrop(BoxCrop.withMargin(0.1)).withoutEffect())
                .containsExactly("optBoxCrop has no effect: none of the 3 samples has a box; all images stay whole");
        assertThat(builder.addSample(Photos.greys(1).get(0).withBox(new Box(0, 0, 4, 4)))
                        .withoutEffect())
                .isEmpty();
        assertThat(builder.optCache(Path.of("cache"), 64).withoutEffect()).isEmpty();
        assertThat(builder.optAugmentation(Augmentation.none()).withoutEffect())
                .containsExactly("optCache has no effect with Augmentation.none(): only training passes that augment"
                        + " look for smaller photos");
    }
}
