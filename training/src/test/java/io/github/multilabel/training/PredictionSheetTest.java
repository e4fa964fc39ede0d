package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.Evaluator;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.sheet.PredictionSheet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionSheetTest {

    private static final HeadSet COLOUR = HeadSet.of(Toy.COLOUR);
    private static final int FIRST_ROW = 8 + 16 + 8;

    @TempDir
    Path folder;

    @Test
    void anImageWithAWrongLabelStandsInFront() throws IOException {
        try (ImageDataset train = Toy.data(COLOUR, 240, 16);
                ImageDataset mislabelled = Toy.data(COLOUR, 90, 32, (index, colour, shape) -> Labels.builder(COLOUR)
                        .setIndex("colour", index == 50 ? (colour + 1) % 3 : colour)
                        .build());
                MultiLabelTrainer trainer = Toy.trainer(COLOUR).optEpochs(6).build()) {
            trainer.fit(train);
            BufferedImage alone = sheet(trainer, mislabelled, 1);
            BufferedImage many = sheet(trainer, mislabelled, 8);

            assertThat(trainer.evaluate(mislabelled).head("colour").accuracy()).isEqualTo(89 / 90.0);
            assertThat(part(many)).isEqualTo(part(alone));
            assertThat(many.getWidth()).isEqualTo(8 + 6 * (208 + 8));
            assertThat(many.getHeight()).isEqualTo(FIRST_ROW + 2 * (208 + 2 * 15 + 8));
            int middle = many.getRGB(8 + 5 * 13, FIRST_ROW + 5 * 13) & 0xffffff;
            assertThat(middle).isNotEqualTo(0xffffff);
        }
    }

    @Test
    void aModelWithoutTrainingIsShownToo() throws IOException {
        try (ImageDataset data = Toy.data(Toy.HEADS, 4, 3);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS).build()) {
            assertThat(sheet(trainer, data, 24).getWidth()).isEqualTo(8 + 4 * (208 + 8));
        }
    }

    @Test
    void onePassGivesThePredictionsAndDrawsTheSheet() throws IOException {
        Path shown = folder.resolve("shown.png");
        try (ImageDataset data = Toy.data(Toy.HEADS, 9, 3);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS).build()) {
            PredictionSheet sheet = new PredictionSheet(4);
            assertThatIllegalStateException().isThrownBy(() -> sheet.write(shown));

            Predictions found = sheet.predict(trainer.model(), data);
            sheet.write(shown);

            assertThat(Files.readAllBytes(shown)).isEqualTo(Files.readAllBytes(sheetFile(trainer, data, 4)));
            assertThat(Evaluator.evaluate(found))
                    .hasToString(trainer.evaluate(data).toString());
        }
    }

    @Test
    void otherHeadsAreRefused() throws IOException {
        Path file = folder.resolve("sheet.png");
        try (ImageDataset data = Toy.data(COLOUR, 4, 3);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS).build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PredictionSheet.write(file, trainer.model(), data, 24))
                    .withMessageContaining("shape");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PredictionSheet.write(file, trainer.model(), data, 0))
                    .withMessageContaining("0 images");
            assertThat(file).doesNotExist();
        }
    }

    private BufferedImage sheet(MultiLabelTrainer trainer, ImageDataset data, int count) throws IOException {
        return ImageIO.read(sheetFile(trainer, data, count).toFile());
    }

    private Path sheetFile(MultiLabelTrainer trainer, ImageDataset data, int count) throws IOException {
        Path file = folder.resolve("sheet.png");
        PredictionSheet.write(file, trainer.model(), data, count);
        return file;
    }

    /** The first image of a sheet. */
    private static int[] part(BufferedImage sheet) {
        return sheet.getRGB(8, FIRST_ROW, 208, 208, null, 0, 208);
    }
}
