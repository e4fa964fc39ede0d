package io.github.multilabel.model.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.model.figure.PredictionFigure.Entry;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionFigureTest {

    private static final int BLUE = 0x0072B2;
    private static final int PALE = 0x9FC5E0;
    private static final HeadPrediction TYPE = HeadPrediction.fromLogits(
            Head.singleLabel("type", "Van", "SUV", "Coupe", "Sedan"), new float[] {0, 2, 1, -5});

    @TempDir
    Path folder;

    @Test
    void theBarsAreAsLongAsTheProbabilities() throws IOException {
        BufferedImage figure = figure(List.of(entry(TYPE)));

        double bar = 380 - 150 - 44 - 3 * 8;
        assertThat(longestRow(figure, BLUE)).isEqualTo((int) Math.round(bar * TYPE.probability("SUV")));
        assertThat(longestRow(figure, PALE)).isEqualTo((int) Math.round(bar * TYPE.probability("Coupe")));
    }

    @Test
    void everyPredictedTagIsInTheStrongColour() throws IOException {
        HeadPrediction tags = HeadPrediction.fromLogits(
                Head.multiLabel("tags", "sunroof", "spoiler", "towbar"), new float[] {2, -3, 1});

        BufferedImage figure = figure(List.of(entry(tags)));

        assertThat(rowsWith(figure, BLUE)).isEqualTo(2 * 13);
        assertThat(rowsWith(figure, PALE)).isEqualTo(13);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 1, 2", "5, 2, 3", "12, 3, 4"})
    void moreImagesStandSideBySideSoThatTheFigureIsNotHigherThanWide(int images, int across, int rows)
            throws IOException {
        BufferedImage figure = figure(Collections.nCopies(images, entry(TYPE)));

        assertThat(figure.getWidth()).isEqualTo(across * 788);
        assertThat(figure.getHeight()).isEqualTo(rows * 322);
    }

    @Test
    void eachImageHasItsBarsBesideIt() throws IOException {
        BufferedImage figure = figure(Collections.nCopies(3, entry(TYPE)));

        BufferedImage first = figure.getSubimage(0, 0, 788, 322);
        assertThat(pixels(figure.getSubimage(788, 0, 788, 322))).isEqualTo(pixels(first));
        assertThat(pixels(figure.getSubimage(0, 322, 788, 322))).isEqualTo(pixels(first));
        assertThat(rowsWith(figure.getSubimage(788, 322, 788, 322), BLUE)).isZero();
    }

    @Test
    void manyHeadsStandInColumns() throws IOException {
        BufferedImage figure =
                figure(List.of(entry(Collections.nCopies(20, TYPE).toArray(HeadPrediction[]::new))));

        assertThat(figure.getWidth()).isEqualTo(788 + 3 * (380 + 16));
        assertThat(figure.getHeight()).isEqualTo(16 + 6 * (4 * 20 + 16) + 16);
    }

    @Test
    void aFigureOfNothingIsRefused() {
        Path file = folder.resolve("none.png");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PredictionFigure.write(file, List.of()))
                .withMessageContaining("at least one image");
        assertThat(file).doesNotExist();
    }

    private static Entry entry(HeadPrediction... heads) {
        return new Entry(new Pixels(3, 4, new byte[36]), new Prediction("car.jpg", List.of(heads)));
    }

    private BufferedImage figure(List<Entry> entries) throws IOException {
        Path file = folder.resolve("figure.png");
        PredictionFigure.write(file, entries);
        return ImageIO.read(file.toFile());
    }

    private static int[] pixels(BufferedImage figure) {
        return figure.getRGB(0, 0, figure.getWidth(), figure.getHeight(), null, 0, figure.getWidth());
    }

    private static int longestRow(BufferedImage figure, int colour) {
        int longest = 0;
        for (int y = 0; y < figure.getHeight(); y++) {
            longest = Math.max(longest, count(figure, y, colour));
        }
        return longest;
    }

    private static int rowsWith(BufferedImage figure, int colour) {
        int rows = 0;
        for (int y = 0; y < figure.getHeight(); y++) {
            rows += count(figure, y, colour) > 0 ? 1 : 0;
        }
        return rows;
    }

    private static int count(BufferedImage figure, int y, int colour) {
        int pixels = 0;
        for (int x = 0; x < figure.getWidth(); x++) {
            pixels += (figure.getRGB(x, y) & 0xffffff) == colour ? 1 : 0;
        }
        return pixels;
    }
}
