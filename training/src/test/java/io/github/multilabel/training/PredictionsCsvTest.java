package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.Evaluator;
import io.github.multilabel.evaluation.sheet.PredictionsCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionsCsvTest {

    private static final HeadSet HEADS = HeadSet.of(Toy.SHAPE, Toy.COLOUR);

    @TempDir
    private Path folder;

    @Test
    void aTrainingLeavesARowForEachValidationImage() throws IOException {
        Path file = folder.resolve("predictions.csv");
        try (ImageDataset data = Toy.data(HEADS, 11, 4);
                MultiLabelTrainer trainer = Toy.trainer(HEADS).build()) {
            double accuracy = trainer.evaluate(data).head("colour").accuracy();

            PredictionsCsv.write(file, Evaluator.predictions(trainer.model(), data), false);

            List<String[]> rows = Files.readAllLines(file).stream()
                    .map(line -> line.split(",", -1))
                    .toList();
            assertThat(String.join(",", rows.get(0)))
                    .isEqualTo("source,shape.label,shape.prediction,shape.probability,colour.label,colour.prediction,"
                            + "colour.probability,problem");
            List<String[]> images = rows.subList(1, rows.size());
            assertThat(images).extracting(row -> row[0]).hasSize(11).startsWith("toy0.png", "toy1.png");
            assertThat(images.stream().filter(row -> row[4].equals(row[5])).count())
                    .isEqualTo(Math.round(accuracy * 11));
        }
    }
}
