package io.github.multilabel.data.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.sheet.ContactSheet.Tile;
import io.github.multilabel.data.TestImages;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.data.augment.Colors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentationSheetTest {

    private static final Preprocessing TARGET = Preprocessing.imageNet(32);
    private static final List<Tile> PHOTOS = List.of(
            Tile.of(TestImages.plain(40, 60, 0), List.of("black")), Tile.of(TestImages.plain(60, 40, 9), List.of()));

    @TempDir
    Path folder;

    @Test
    void everyPhotoHasARowThatBeginsWithWhatEvaluationSees() throws IOException {
        Path file = folder.resolve("sheet.png");
        AugmentationSheet.write(file, PHOTOS, Augmentation.of((image, random) -> Colors.invert(image)), TARGET, 3, 1);
        BufferedImage sheet = ImageIO.read(file.toFile());
        assertThat(sheet.getWidth()).isEqualTo(8 + 4 * (32 + 8));
        assertThat(sheet.getRGB(8 + 5, 8 + 5) & 0xff).isZero();
        for (int version = 1; version <= 3; version++) {
            assertThat(sheet.getRGB(8 + version * 40 + 5, 8 + 5) & 0xff).isEqualTo(255);
        }
        int secondRow = 8 + 32 + 15 + 8;
        assertThat(sheet.getRGB(8 + 5, secondRow + 5) & 0xff).isEqualTo(9);
        assertThat(sheet.getRGB(8 + 40 + 5, secondRow + 5) & 0xff).isEqualTo(246);
    }

    @Test
    void theSameSeedDrawsTheSameSheet() throws IOException {
        byte[] first = sheet(1);
        assertThat(sheet(1)).isEqualTo(first);
        assertThat(sheet(2)).isNotEqualTo(first);
    }

    private byte[] sheet(long seed) throws IOException {
        Path file = folder.resolve("sheet.png");
        List<Tile> photo = List.of(Tile.of(TestImages.pattern(50, 50), List.of()));
        AugmentationSheet.write(file, photo, Augmentation.strong(), TARGET, 4, seed);
        return Files.readAllBytes(file);
    }

    @Test
    void aSheetOfNothingIsRefused() {
        Path file = folder.resolve("none.png");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AugmentationSheet.write(file, PHOTOS, Augmentation.light(), TARGET, 0, 1))
                .withMessageContaining("0 versions");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AugmentationSheet.write(file, List.of(), Augmentation.light(), TARGET, 2, 1))
                .withMessageContaining("at least one image");
        assertThat(file).doesNotExist();
    }
}
