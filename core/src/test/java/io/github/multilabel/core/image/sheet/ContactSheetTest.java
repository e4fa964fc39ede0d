package io.github.multilabel.core.image.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.sheet.ContactSheet.Line;
import io.github.multilabel.core.image.sheet.ContactSheet.Tile;
import io.github.multilabel.core.image.sheet.ContactSheet.Tone;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactSheetTest {

    private static final int WHITE = 0xffffff;

    @TempDir
    Path folder;

    @Test
    void imagesStandInRowsWithRoomForTheLongestCaption() throws IOException {
        List<Tile> tiles = List.of(
                Tile.of(plain(32, 40, 10), List.of("one", "two")),
                Tile.of(plain(32, 40, 20), List.of()),
                Tile.of(plain(32, 40, 30), List.of("one")));

        BufferedImage sheet = written(ContactSheet.of(tiles).withColumns(2));

        assertThat(sheet.getWidth()).isEqualTo(8 + 2 * (40 + 8));
        assertThat(sheet.getHeight()).isEqualTo(8 + 2 * (32 + 2 * 15 + 8));
        assertThat(grey(sheet, 9, 9)).isEqualTo(10);
        assertThat(grey(sheet, 9 + 48, 9)).isEqualTo(20);
        assertThat(grey(sheet, 9, 9 + 70)).isEqualTo(30);
        assertThat(sheet.getRGB(9 + 48, 9 + 70) & WHITE).isEqualTo(WHITE);
    }

    @Test
    void smallImagesGrowToTheSideThatIsWanted() throws IOException {
        List<Tile> tiles = List.of(Tile.of(plain(16, 32, 10), List.of()));

        BufferedImage sheet = written(ContactSheet.of(tiles).withSide(128));

        assertThat(sheet.getWidth()).isEqualTo(8 + 128 + 8);
        assertThat(sheet.getHeight()).isEqualTo(8 + 64 + 8);
        assertThat(grey(sheet, 8 + 64, 8 + 32)).isEqualTo(10);
    }

    @Test
    void aTitleStandsAboveAllImages() throws IOException {
        List<Tile> tiles = List.of(Tile.of(plain(100, 100, 250), List.of()));

        BufferedImage sheet = written(ContactSheet.of(tiles).withTitle("Title"));

        assertThat(sheet.getHeight()).isEqualTo(8 + 100 + 8 + 24);
        assertThat(coloursOf(sheet, 0, 32)).hasSizeGreaterThan(2);
    }

    @Test
    void aWrongLineIsRed() throws IOException {
        Tile tile = new Tile(plain(20, 80, 255), List.of(new Line("type: Van", Tone.WRONG)));

        BufferedImage sheet = written(ContactSheet.of(List.of(tile)));

        assertThat(coloursOf(sheet, 28, 43)).anyMatch(rgb -> red(rgb) - blue(rgb) > 100);
    }

    @Test
    void aSheetOfNothingIsRefused() {
        List<Tile> tiles = List.of(Tile.of(plain(8, 8, 0), List.of()));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContactSheet.of(List.of()))
                .withMessageContaining("at least one image");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContactSheet.of(tiles).withColumns(-1))
                .withMessageContaining("-1 columns");
    }

    private BufferedImage written(ContactSheet sheet) throws IOException {
        Path file = folder.resolve("sheet.png");
        sheet.write(file);
        return ImageIO.read(file.toFile());
    }

    private static Pixels plain(int height, int width, int value) {
        byte[] rgb = new byte[height * width * Pixels.CHANNELS];
        Arrays.fill(rgb, (byte) value);
        return new Pixels(height, width, rgb);
    }

    private static List<Integer> coloursOf(BufferedImage sheet, int fromRow, int toRow) {
        List<Integer> colours = new ArrayList<>();
        for (int y = fromRow; y < toRow; y++) {
            for (int x = 0; x < sheet.getWidth(); x++) {
                colours.add(sheet.getRGB(x, y));
            }
        }
        return colours.stream().distinct().toList();
    }

    private static int grey(BufferedImage sheet, int x, int y) {
        return blue(sheet.getRGB(x, y));
    }

    private static int red(int rgb) {
        return rgb >> 16 & 0xff;
    }

    private static int blue(int rgb) {
        return rgb & 0xff;
    }
}
