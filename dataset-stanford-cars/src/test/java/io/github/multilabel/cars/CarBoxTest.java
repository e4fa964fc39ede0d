package io.github.multilabel.cars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.cars.synthetic.SyntheticCars;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.BoxCrop;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.data.BadImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarBoxTest {

    private static final Preprocessing SMALL = Preprocessing.imageNet(32);

    @TempDir
    Path temp;

    private List<Optional<Box>> boxes() throws IOException {
        return CarLayouts.read(temp).rows().stream().map(CarFiles.Row::box).toList();
    }

    @Test
    void cornersCountFromOneAndBelongToTheBox() throws IOException {
        new CarFolder(temp)
                .meta()
                .boxes("devkit/cars_train_annos.mat", "00001.jpg", 39, 116, 569, 375, "00002.jpg", 1, 1, 1, 1)
                .photos("cars_train", "00001.jpg", "00002.jpg");
        assertThat(boxes()).containsExactly(Optional.of(new Box(115, 38, 260, 531)), Optional.of(new Box(0, 0, 1, 1)));
    }

    @Test
    void theTablesOfClassFoldersHaveTheSameBoxes() throws IOException {
        new CarFolder(temp)
                .text("names.csv", "Audi A5 Coupe 2012")
                .text("anno_train.csv", "00001.jpg,39,116,569,375,1", "00002.jpg,,,,,1")
                .photos("car_data/car_data/train/Audi A5 Coupe 2012", "00001.jpg", "00002.jpg");
        assertThat(boxes()).containsExactly(Optional.of(new Box(115, 38, 260, 531)), Optional.empty());
    }

    @Test
    void aBoxThatIsNoNumbersIsReportedWithItsLine() throws IOException {
        new CarFolder(temp)
                .text("names.csv", "Audi A5 Coupe 2012")
                .text("anno_train.csv", "00001.jpg,39,116,569,375,1", "00002.jpg,39,a,569,375,1")
                .photos("car_data/car_data/train/Audi A5 Coupe 2012", "00001.jpg", "00002.jpg");
        assertThatIOException().isThrownBy(this::boxes).withMessageContainingAll("anno_train.csv line 2", "'a'");
    }

    @Test
    void annotationsWithoutBoxesAreFine() throws IOException {
        CarFolder.torchvision(temp);
        assertThat(boxes()).containsOnly(Optional.empty());
    }

    @Test
    void photosAreCutToTheirCars() throws IOException {
        Path root = SyntheticCars.builder()
                .optTrain(2)
                .optTest(1)
                .optImageSize(96)
                .build()
                .writeTo(temp.resolve("cars"));
        CarFiles.Row row = CarLayouts.read(root).rows().get(0);
        Pixels photo = ImageDecoder.strict().decode(ImageSource.of(row.file().orElseThrow()));
        byte[] expected = SMALL.apply(
                        BoxCrop.withMargin(0.1).apply(photo, row.box().orElseThrow()))
                .rgb();
        try (StanfordCars cars = StanfordCars.builder()
                        .optRoot(root)
                        .optBatchSize(2)
                        .optShuffle(false)
                        .optBoxCrop(BoxCrop.withMargin(0.1))
                        .build();
                NDManager manager = NDManager.newBaseManager();
                Batches batches = cars.batches(manager, DataPass.evaluation(SMALL));
                MultiLabelBatch batch = batches.next()) {
            assertThat(batch.image().get(0).transpose(1, 2, 0).toByteArray()).isEqualTo(expected);
        }
    }

    @Test
    void aBoxThatDoesNotFitItsPhotoIsReportedOrSkipped() throws IOException {
        Path root = SyntheticCars.builder()
                .optTrain(2)
                .optTest(1)
                .optImageSize(64)
                .build()
                .writeTo(temp.resolve("cars"));
        new CarFolder(root)
                .boxes("devkit/cars_train_annos.mat", "00001.jpg", 60, 60, 10, 10, "00002.jpg", 500, 1, 600, 64);
        StanfordCarsBuilder builder = StanfordCars.builder()
                .optRoot(root)
                .optBatchSize(1)
                .optShuffle(false)
                .optBoxCrop(BoxCrop.withMargin(0));
        try (NDManager manager = NDManager.newBaseManager();
                StanfordCars cars = cut(root, BadImages.FAIL);
                Batches batches = cars.batches(manager, DataPass.evaluation(SMALL))) {
            assertThatThrownBy(batches::next)
                    .hasMessageContainingAll("00001.jpg", "cars_train_annos.mat row 1", "is empty or inverted");
        }
        try (NDManager manager = NDManager.newBaseManager();
                StanfordCars cars = cut(root, BadImages.SKIP);
                Batches batches = cars.batches(manager, DataPass.evaluation(SMALL))) {
            assertThat(batches.hasNext()).isFalse();
            assertThat(cars.skipped())
                    .hasSize(2)
                    .element(1)
                    .asString()
                    .contains("00002.jpg", "outside the image of 64 x 64");
            assertThat(cars.leftOut()).as("as trainings ask").containsExactly(0, 1);
        }
    }

    private static StanfordCars cut(Path root, BadImages policy) throws IOException {
        return StanfordCars.builder()
                .optRoot(root)
                .optBatchSize(1)
                .optShuffle(false)
                .optBoxCrop(BoxCrop.withMargin(0))
                .optBadImages(policy)
                .build();
    }
}
