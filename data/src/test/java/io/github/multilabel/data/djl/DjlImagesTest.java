package io.github.multilabel.data.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.basicdataset.cv.classification.CaptchaDataset;
import ai.djl.basicdataset.cv.classification.FruitsFreshAndRotten;
import ai.djl.basicdataset.cv.classification.ImageFolder;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.Repository;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Dataset.Usage;
import ai.djl.training.dataset.RandomAccessDataset;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.data.table.TableRow;
import io.github.multilabel.testsupport.CaptchaFolder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DjlImagesTest {

    private static final List<String> FRUITS =
            List.of("freshapples", "freshbanana", "freshoranges", "rottenapples", "rottenbanana", "rottenoranges");

    @TempDir
    Path folder;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void closeArrays() {
        manager.close();
    }

    private static void draw(Path file, int width, int height, int colour) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                image.setRGB(x, y, colour ^ (x << 16) ^ y);
            }
        }
        ImageIO.write(image, "png", file.toFile());
    }

    private FruitsFreshAndRotten fruits(int perClass) throws IOException {
        for (String fruit : FRUITS) {
            Path photos = Files.createDirectories(folder.resolve(fruit));
            for (int i = 0; i < perClass; i++) {
                draw(photos.resolve(i + ".png"), 20 + i, 17, fruit.hashCode() * (i + 1));
            }
        }
        return FruitsFreshAndRotten.builder()
                .optRepository(Repository.newInstance("fruits", folder))
                .setSampling(4, true)
                .build();
    }

    private ArrayDataset arrays(NDArray images, NDArray... labels) {
        return new ArrayDataset.Builder()
                .setData(images)
                .optLabels(labels)
                .setSampling(2, false)
                .build();
    }

    private static Pixels pixels(DjlImage image) throws IOException {
        return ImageDecoder.strict().decode(image.image());
    }

    private static ImageTable fruitTable(RandomAccessDataset fruits, List<String> classes) throws IOException {
        return ImageTable.rows(DjlImages.of(fruits), fruit -> TableRow.of(fruit.image())
                        .with("fruit", fruit.category(classes).replaceFirst("fresh|rotten", ""))
                        .with("condition", fruit.category(classes).startsWith("fresh") ? "fresh" : "rotten"))
                .addHead("fruit")
                .addHead("condition")
                .optValidation(0.25)
                .build();
    }

    @Test
    void theClassOfAnImageAnswersSeveralHeads() throws IOException {
        FruitsFreshAndRotten fruits = fruits(4);

        ImageTable table = fruitTable(fruits, fruits.getClasses());

        assertThat(table.heads().get("fruit").categories()).containsExactly("apples", "banana", "oranges");
        assertThat(table.heads().get("condition").categories()).containsExactly("fresh", "rotten");
        assertThat(table.size()).isEqualTo(24);
        assertThat(table.check().isUsable()).isTrue();
        try (ImageDataset train = table.train().optBatchSize(6).build();
                Batches batches = train.batches(manager, DataPass.training(Preprocessing.imageNet(16), 1, 0));
                MultiLabelBatch batch = batches.next()) {
            assertThat(batch.image().getShape()).isEqualTo(new Shape(6, 3, 16, 16));
            assertThat(batch.getLabels().getShapes()).containsExactly(new Shape(6), new Shape(6));
        }
    }

    @Test
    void thePixelsAreThoseOfTheFile() throws Exception {
        fruits(3);
        ImageFolder photos = ImageFolder.builder()
                .setRepositoryPath(folder)
                .setSampling(1, false)
                .build();
        List<String> classes = photos.getSynset();

        List<DjlImage> images = DjlImages.of(photos);

        assertThat(images).hasSize(18);
        assertThat(images.get(17).category(classes)).isEqualTo("rottenoranges");
        List<Pixels> files = Stream.of(0, 1, 2)
                .map(i -> {
                    try {
                        return Pixels.of(ImageIO.read(folder.resolve("rottenoranges")
                                .resolve(i + ".png")
                                .toFile()));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
        for (int i = 15; i < 18; i++) { // DJL lists the files of a folder in any order
            Pixels read = pixels(images.get(i));
            assertThat(files).anyMatch(file -> file.width() == read.width() && Arrays.equals(file.rgb(), read.rgb()));
        }
    }

    @Test
    void sixDigitsAreSixHeads() throws IOException {
        CaptchaFolder captchas = new CaptchaFolder(folder);
        List<String> digits = List.of("120457", "98765", "000111", "31415");
        for (String each : digits) {
            draw(captchas.images("validate").resolve(each + ".jpeg"), 160, 60, each.hashCode());
        }
        CaptchaDataset data = CaptchaDataset.builder()
                .optRepository(captchas)
                .optUsage(Usage.VALIDATION)
                .setSampling(2, true)
                .build();

        List<DjlImage> images = DjlImages.of(data);

        assertThat(images)
                .extracting(DjlImage::labels)
                .containsExactlyInAnyOrder(
                        List.of(1, 2, 0, 4, 5, 7),
                        List.of(9, 8, 7, 6, 5, 11),
                        List.of(0, 0, 0, 1, 1, 1),
                        List.of(3, 1, 4, 1, 5, 11));
        assertThat(pixels(images.get(0)).width()).isEqualTo(CaptchaDataset.IMAGE_WIDTH);
        ImageTable table = ImageTable.rows(images, captcha -> {
                    TableRow row = TableRow.of(captcha.image());
                    for (int i = 0; i < captcha.labels().size(); i++) {
                        row = row.with("digit " + i, "" + captcha.label(i));
                    }
                    return row;
                })
                .addHead("digit 0")
                .addHead("digit 5")
                .build();
        assertThat(table.heads().get("digit 5").categories()).containsExactly("1", "11", "7");
    }

    @Test
    void partsOfARandomSplitAreDataSetsToo() throws Exception {
        FruitsFreshAndRotten fruits = fruits(4);
        RandomAccessDataset[] parts = fruits.randomSplit(3, 1);

        Stream<TableRow> rows = Stream.of(0, 1).flatMap(part -> {
            try {
                return DjlImages.of(parts[part]).stream().map(fruit -> TableRow.of(fruit.image())
                        .with("class", fruit.category(FRUITS))
                        .with("part", part == 0 ? "train" : "validation"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        ImageTable table = ImageTable.rows(rows, row -> row)
                .addHead("class")
                .optSplitColumn("part")
                .build();

        assertThat(table.split().orElseThrow()).hasToString("train 18, validation 6");
    }

    @Test
    void batchesAreTheSameWithAnyNumberOfThreads() throws IOException {
        FruitsFreshAndRotten fruits = fruits(4);
        ImageTable table = fruitTable(fruits, FRUITS);
        DataPass pass = DataPass.training(Preprocessing.imageNet(16), 5, 2);
        try (ImageDataset one = table.train().optThreads(1).optBatchSize(8).build();
                ImageDataset many = table.train().optThreads(8).optBatchSize(8).build()) {
            assertThat(bytes(many, pass)).isEqualTo(bytes(one, pass));
            assertThat(many.describe(pass).compared())
                    .isEqualTo(one.describe(pass).compared());
        }
    }

    private List<Integer> bytes(ImageDataset data, DataPass pass) throws IOException {
        List<Integer> bytes = new ArrayList<>();
        try (Batches batches = data.batches(manager, pass)) {
            while (batches.hasNext()) {
                try (MultiLabelBatch batch = batches.next()) {
                    bytes.add(Arrays.hashCode(batch.image().toByteArray()));
                }
            }
        }
        return bytes;
    }

    @Test
    void readingLeavesNoArraysBehind() throws IOException {
        NDArray pictures = manager.randomInteger(0, 256, new Shape(6, 8, 9, 3), DataType.INT32);
        ArrayDataset data = arrays(pictures, manager.arange(6));
        int before = manager.getManagedArrays().size();

        for (DjlImage image : DjlImages.of(data)) {
            pixels(image);
        }

        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    /** How a user's arrays may lie. */
    enum Layout {
        ROWS(new Shape(2, 5, 7, 3), DataType.UINT8),
        ROWS_OF_FLOATS(new Shape(2, 5, 7, 3), DataType.FLOAT32),
        ROWS_OF_INTEGERS(new Shape(2, 5, 7, 3), DataType.INT64),
        GREY(new Shape(2, 5, 7, 1), DataType.UINT8),
        FLAT_GREY(new Shape(2, 5, 7), DataType.FLOAT32),
        PLANES(new Shape(2, 3, 5, 7), DataType.UINT8),
        PLANES_OF_FLOATS(new Shape(2, 3, 5, 7), DataType.FLOAT32),
        GREY_PLANE(new Shape(2, 1, 5, 7), DataType.FLOAT64);

        private final Shape shape;
        private final DataType type;

        Layout(Shape shape, DataType type) {
            this.shape = shape;
            this.type = type;
        }

        boolean planes() {
            return shape.dimension() == 4 && (shape.get(1) == 3 || shape.get(1) == 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void arraysAreUnderstoodInAllLayoutsOfImages(Layout layout) throws IOException {
        int values = (int) layout.shape.size() / 2;
        float[] numbers = new float[2 * values];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i % 256;
        }
        NDArray array = manager.create(numbers, layout.shape);
        if (layout.planes() && layout.type.isFloating()) {
            array = array.div(255f);
        }

        DjlImage second = DjlImages.of(arrays(array.toType(layout.type, false), manager.arange(2)))
                .get(1);

        Pixels pixels = pixels(second);
        assertThat(List.of(pixels.height(), pixels.width())).containsExactly(5, 7);
        boolean grey = values == 35;
        for (int channel = 0; channel < 3; channel++) {
            int pixel = 2 * 7 + 4;
            int position = grey ? pixel : layout.planes() ? channel * 35 + pixel : pixel * 3 + channel;
            assertThat(pixels.get(2, 4, channel)).isEqualTo((values + position) % 256);
        }
    }

    @Test
    void aTransposedArrayIsReadInItsOwnOrder() throws IOException {
        NDArray planes = manager.arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5); // as Cifar10 has them
        NDArray rows = planes.transpose(0, 2, 3, 1).toType(DataType.FLOAT32, false);

        Pixels pixels = pixels(DjlImages.of(arrays(rows, manager.arange(2))).get(1));

        assertThat(pixels.get(3, 2, 1)).isEqualTo(60 + 20 + 3 * 5 + 2);
    }

    @Test
    void whatIsNoImageIsNamed() throws IOException {
        DjlImage odd = DjlImages.of(arrays(manager.ones(new Shape(2, 5, 7, 4)), manager.arange(2)))
                .get(1);
        assertThatThrownBy(() -> odd.image().read())
                .isInstanceOf(IOException.class)
                .hasMessage("ArrayDataset record 1 cannot be read: its image has the shape (5, 7, 4); accepted are"
                        + " (H, W, 3), (H, W, 1), (H, W), (3, H, W) and (1, H, W)");

        DjlImage normalised = DjlImages.of(
                        arrays(manager.ones(new Shape(2, 3, 5, 7)).neg(), manager.arange(2)))
                .get(0);
        assertThatThrownBy(() -> normalised.image().read())
                .hasMessageContaining("has the value -1.0, which is outside 0 to 1; leave normalising to the"
                        + " preprocessing of the backbone");
    }

    @Test
    void labelsThatAreNoClassesAreNamed() {
        ArrayDataset data = arrays(manager.ones(new Shape(2, 5, 7, 3)), manager.create(new float[] {1, 0.5f}));

        assertThatIOException()
                .isThrownBy(() -> DjlImages.of(data))
                .withMessage("ArrayDataset record 1 cannot be read: it has the label 0.5; whole numbers of classes are"
                        + " expected");
    }

    @Test
    void aLabelThatIsNotThereIsNamed() throws IOException {
        NDArray two = manager.create(new int[] {1, 2, 3, 4}, new Shape(2, 2));
        DjlImage image =
                DjlImages.of(arrays(manager.ones(new Shape(2, 5, 7, 3)), two)).get(0);

        assertThat(IntStream.of(0, 1).map(image::label)).containsExactly(1, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> image.label(2))
                .withMessage("ArrayDataset record 0 has no label 2; its labels, counted from 0, are [1, 2]");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(image::label)
                .withMessageContaining("has 2 labels, [1, 2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DjlImage(image.image(), List.of(7)).category(FRUITS))
                .withMessageContaining("has the label 7; the classes, counted from 0, are [freshapples");
    }

    @Test
    void anImageThatDjlCannotReadIsNamed() throws IOException {
        FruitsFreshAndRotten fruits = fruits(1);
        Files.writeString(folder.resolve("freshbanana").resolve("0.png"), "no image");

        assertThatIOException()
                .isThrownBy(() -> DjlImages.of(fruits))
                .withMessageStartingWith("FruitsFreshAndRotten record 1 cannot be read: ");
    }

    @Test
    void whatIsNotDownloadedIsSaid() {
        CaptchaDataset data = CaptchaDataset.builder()
                .optRepository(CaptchaFolder.unreachable(folder))
                .setSampling(2, true)
                .build();

        assertThatIOException()
                .isThrownBy(() -> DjlImages.of(data))
                .withMessageStartingWith("CaptchaDataset cannot be prepared: ")
                .withMessageContaining("UnknownHostException: mlrepo.djl.ai. DJL downloads its data sets once, to ");
    }

    @Test
    void aFolderWithoutClassesIsNamed() {
        ImageFolder photos = ImageFolder.builder()
                .setRepositoryPath(folder.resolve("absent"))
                .setSampling(1, false)
                .build();

        assertThatIOException()
                .isThrownBy(() -> DjlImages.of(photos))
                .withMessageStartingWith("ImageFolder cannot be prepared: ")
                .withMessageContaining("absent");
    }
}
