package io.github.multilabel.cars.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.cars.CategoryCounts;
import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.data.Split;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticCarsTest {

    @TempDir
    Path temp;

    private static SyntheticCars.Builder few() {
        return SyntheticCars.builder().optTrain(48).optTest(24).optImageSize(64);
    }

    private static StanfordCars read(Path folder, Split... splits) throws IOException {
        return StanfordCars.builder()
                .optRoot(folder)
                .optSplit(splits)
                .optBatchSize(8)
                .optShuffle(false)
                .build();
    }

    @Test
    void theReaderOfStanfordCarsReadsThem() throws IOException {
        Path folder = few().build().writeTo(temp.resolve("cars"));
        try (StanfordCars train = read(folder, Split.TRAIN);
                StanfordCars test = read(folder, Split.TEST);
                NDManager manager = NDManager.newBaseManager();
                Batches batches = test.batches(manager, DataPass.evaluation(Preprocessing.imageNet(32)))) {
            assertThat(train.size()).isEqualTo(48);
            assertThat(test.size()).isEqualTo(24);
            assertThat(train.heads()).isEqualTo(test.heads());
            try (MultiLabelBatch batch = batches.next()) {
                assertThat(batch.image().getShape()).isEqualTo(new Shape(8, 3, 32, 32));
                assertThat(batch.label("brand").toLongArray()).doesNotContain(Labels.MISSING);
            }
        }
    }

    @Test
    void everyAnswerOccursAndTheFiveBrandsAreFrequent() throws IOException {
        Path folder = few().build().writeTo(temp.resolve("cars"));
        try (StanfordCars all = read(folder, Split.TRAIN, Split.TEST)) {
            assertThat(all.heads().get("brand").categories())
                    .containsExactly("Audi", "BMW", "Chevrolet", "Dodge", "Ford", "Other");
            assertThat(all.heads().get("type").size()).isEqualTo(5);
            CategoryCounts counts = all.counts();
            for (Head head : all.heads()) {
                for (String category : head.categories()) {
                    assertThat(counts.count(head.name(), category))
                            .as(head.name() + " " + category)
                            .isGreaterThanOrEqualTo(8);
                }
            }
        }
    }

    @Test
    void theFewestImagesStillHaveTheFiveBrands() throws IOException {
        Path folder = few().optTrain(5).optTest(1).build().writeTo(temp.resolve("cars"));
        try (StanfordCars train = read(folder, Split.TRAIN)) {
            assertThat(train.heads().get("brand").categories())
                    .containsExactly("Audi", "BMW", "Chevrolet", "Dodge", "Ford", "Other");
        }
    }

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws IOException {
        Map<String, String> first = content(few().optSeed(3).build().writeTo(temp.resolve("a")));
        assertThat(content(few().optSeed(3).build().writeTo(temp.resolve("b")))).isEqualTo(first);
        Map<String, String> other = content(few().optSeed(4).build().writeTo(temp.resolve("c")));
        assertThat(other.keySet()).isEqualTo(first.keySet());
        assertThat(other.get("cars_train/00001.jpg")).isNotEqualTo(first.get("cars_train/00001.jpg"));
    }

    private static Map<String, String> content(Path folder) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(
                        folder.relativize(file).toString().replace('\\', '/'),
                        HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return content;
    }

    @Test
    void imagesHaveTheSizeAskedFor() throws IOException {
        Path folder = few().optImageSize(96).build().writeTo(temp.resolve("cars"));
        BufferedImage image =
                ImageIO.read(folder.resolve("cars_train/00001.jpg").toFile());
        assertThat(image.getWidth()).isEqualTo(96);
        assertThat(image.getHeight()).isEqualTo(96);
    }

    @Test
    void aFolderWithSomethingInItIsNotTouched() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("mine"));
        Files.writeString(folder.resolve("thesis.txt"), "precious");
        assertThatThrownBy(() -> few().build().writeTo(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not empty");
        assertThat(folder.resolve("thesis.txt")).hasContent("precious");
    }

    @Test
    void anEmptyFolderMayBeThere() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("empty"));
        few().build().writeTo(folder);
        assertThat(folder.resolve("devkit/cars_meta.mat")).exists();
    }

    @Test
    void everyWrongOptionIsListed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SyntheticCars.builder()
                        .optTrain(0)
                        .optTest(-1)
                        .optImageSize(5_000)
                        .build())
                .withMessageContaining("optTrain(0)")
                .withMessageContaining("optTest(-1)")
                .withMessageContaining("optImageSize(5000): outside [32, 1024]");
    }
}
