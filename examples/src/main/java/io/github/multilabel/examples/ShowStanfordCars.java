package io.github.multilabel.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.cli.program.AugmentationName;
import io.github.multilabel.cli.program.CarOptions;
import io.github.multilabel.cli.program.Decoration;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.Launcher;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.image.sheet.ContactSheet;
import io.github.multilabel.data.BadImages;
import io.github.multilabel.data.Split;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.data.sheet.AugmentationSheet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the photos and labels of a folder of cars. */
@Command(
        name = "ShowStanfordCars",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Prints how many photos a folder has of each category of each head, and draws a batch of them with"
                        + " their labels, as a model sees them.")
public final class ShowStanfordCars implements Callable<Integer> {

    private static final int AUGMENTED_PHOTOS = 6;
    private static final int AUGMENTED_VERSIONS = 7;

    @Mixin
    private final CarOptions source = new CarOptions();

    @Option(
            names = "--head",
            split = ",",
            paramLabel = "HEAD",
            description = "A head: brand, type, year or model. Repeat it, or separate several by commas (default:"
                    + " brand,type,year).")
    private List<String> heads = CarOptions.HEADS;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "The number of photos on the contact sheet (default: ${DEFAULT-VALUE}).")
    private int batchSize = 24;

    @Option(
            names = "--image-size",
            paramLabel = "PIXELS",
            description = "The height and width of each photo (default: ${DEFAULT-VALUE}).")
    private int imageSize = 224;

    @Option(
            names = "--augmentation",
            paramLabel = "none|flip|light|strong",
            converter = AugmentationName.class,
            description = "Also draws some photos as this augmentation changes them, into augmentation.png.")
    private Optional<Augmentation> augmentation = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The random seed of the choice (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "The folder for contact-sheet.png (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("build/cars");

    /** Runs the program. */
    public static void main(String[] arguments) {
        Launcher.run(new ShowStanfordCars(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        Preprocessing preprocessing = InvalidInputException.check(() -> Preprocessing.imageNet(imageSize));
        Path root = source.folder(output);
        boolean labelledTest = StanfordCars.hasLabelledTest(root);
        try (StanfordCars train =
                labelledTest ? split(root, Split.TRAIN) : split(root, Split.TRAIN, Split.VALIDATION)) {
            print("training photos", train);
            Path sheet = output.resolve("contact-sheet.png");
            if (Decoration.isMade("contact-sheet.png", () -> draw(train, preprocessing, sheet))) {
                System.out.println(sheet + " shows some of them");
            }
            if (augmentation.isPresent()) {
                drawAugmented(train, preprocessing, augmentation.get());
            }
        }
        if (labelledTest) {
            try (StanfordCars test = split(root, Split.TEST)) {
                print("test photos", test);
            }
        }
        return 0;
    }

    private StanfordCars split(Path root, Split... splits) throws IOException {
        return StanfordCars.builder()
                .optRoot(root)
                .optSplit(splits)
                .optHeads(heads)
                .optBatchSize(batchSize)
                .optBadImages(BadImages.SKIP)
                .optAugmentation(Augmentation.none())
                .build();
    }

    private static void print(String title, StanfordCars cars) {
        System.out.printf(Locale.ROOT, "%s: %,d annotated, %,d present%n%n", title, cars.annotated(), cars.present());
        System.out.println("annotated\n" + cars.annotatedCounts());
        if (cars.present() < cars.annotated()) {
            System.out.println("present\n" + cars.counts());
        }
    }

    private void draw(StanfordCars cars, Preprocessing preprocessing, Path sheet) throws IOException {
        DataPass pass = DataPass.training(preprocessing, seed, 0);
        try (NDManager manager = NDManager.newBaseManager();
                Batches batches = cars.batches(manager, pass);
                MultiLabelBatch batch = batches.next()) {
            ContactSheet.of(tiles(batch, cars)).write(sheet);
        }
    }

    private void drawAugmented(StanfordCars cars, Preprocessing preprocessing, Augmentation changes)
            throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<ContactSheet.Tile> photos = new ArrayList<>();
        for (int i = 0; i < AUGMENTED_PHOTOS; i++) {
            Path photo = Path.of(cars.source(random.nextInt(cars.size())));
            Pixels pixels = ImageDecoder.strict().decode(ImageSource.of(photo));
            photos.add(ContactSheet.Tile.of(pixels, List.of(photo.getFileName().toString(), "as in evaluation")));
        }
        Path sheet = output.resolve("augmentation.png");
        if (Decoration.isMade(
                "augmentation.png",
                () -> AugmentationSheet.write(sheet, photos, changes, preprocessing, AUGMENTED_VERSIONS, seed))) {
            System.out.println(sheet + " shows what training would see with " + changes);
        }
    }

    private static List<ContactSheet.Tile> tiles(MultiLabelBatch batch, StanfordCars cars) {
        List<ContactSheet.Tile> tiles = new ArrayList<>();
        NDArray images = batch.image().transpose(0, 2, 3, 1);
        for (int i = 0; i < batch.getSize(); i++) {
            NDArray image = images.get(i);
            Pixels pixels = new Pixels(
                    (int) image.getShape().get(0), (int) image.getShape().get(1), image.toByteArray());
            List<String> caption = new ArrayList<>();
            for (Head head : cars.heads()) {
                long index = batch.label(head.name()).getLong(i);
                caption.add(head.name() + ": " + (index == Labels.MISSING ? "?" : head.category((int) index)));
            }
            tiles.add(ContactSheet.Tile.of(pixels, caption));
        }
        return tiles;
    }
}
