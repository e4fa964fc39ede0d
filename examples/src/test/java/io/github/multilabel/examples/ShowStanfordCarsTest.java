package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.cars.synthetic.SyntheticCars;
import io.github.multilabel.cli.program.Launcher;
import io.github.multilabel.testsupport.Ran;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that shows photos and their labels, as a user types it. */
class ShowStanfordCarsTest {

    @TempDir
    static Path folder;

    private static Path cars;

    @BeforeAll
    static void drawings() throws IOException {
        cars = SyntheticCars.builder()
                .optTrain(96)
                .optTest(24)
                .optImageSize(48)
                .build()
                .writeTo(folder.resolve("stanford_cars"));
    }

    private static Ran show(String... options) {
        List<String> words = new ArrayList<>(List.of("--data", cars.toString()));
        words.addAll(List.of(options));
        return Ran.of(() -> Launcher.execute(new ShowStanfordCars(), words.toArray(String[]::new)));
    }

    @Test
    void theContactSheetShowsABatch() throws IOException {
        Path output = folder.resolve("shown");
        Ran shown = show("--output", output.toString(), "--image-size", "64");
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("training photos: 96 annotated, 96 present");
        BufferedImage sheet = ImageIO.read(output.resolve("contact-sheet.png").toFile());
        assertThat(sheet.getWidth()).isGreaterThan(3 * 64);
    }

    @Test
    void theAugmentationSheetShowsSomePhotosManyTimes() throws IOException {
        Path output = folder.resolve("augmented");
        Ran shown = show("--output", output.toString(), "--image-size", "64", "--augmentation", "strong");
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("augmentation.png shows what training would see with strong: [Random");
        BufferedImage sheet = ImageIO.read(output.resolve("augmentation.png").toFile());
        assertThat(sheet.getWidth()).isGreaterThan(8 * 64);
        assertThat(sheet.getHeight()).isGreaterThan(6 * 64);
    }

    @Test
    void aSizeOutsideItsRangeIsRefused() {
        Ran refused = show("--image-size", "0");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("image size 0: height and width must be at least 1 pixel");
    }

    @Test
    void helpExplainsEveryOption() {
        Ran help = show("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Usage:").doesNotContain("null");
    }
}
