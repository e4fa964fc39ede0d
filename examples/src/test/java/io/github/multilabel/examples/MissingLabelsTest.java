package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.data.table.ImageTableBuilder;
import io.github.multilabel.data.table.RowMapper;
import io.github.multilabel.data.table.TableRow;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.testsupport.Shapes;
import io.github.multilabel.training.MultiLabelTrainer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A head with few labels learns as much as they teach, and does the others no harm. */
class MissingLabelsTest {

    private static final int ROWS = 400;
    private static final int LABELLED = ROWS / 10;
    private static final int EPOCHS = 6;
    private static final int BATCH = 32;

    private final List<Shapes> drawings = Shapes.draw(ROWS, 2);
    private final List<Shapes> evaluated = Shapes.draw(200, 3);

    private static TableRow row(Shapes shape) {
        return TableRow.of(ImageSource.of(shape.name(), shape.png())).with("colour", shape.colour());
    }

    private static ImageTable table(
            List<Shapes> rows, RowMapper<Shapes> mapper, List<String> heads, Optional<HeadSet> existing)
            throws IOException {
        ImageTableBuilder table = ImageTable.rows(rows, mapper);
        heads.forEach(table::addHead);
        existing.ifPresent(table::optHeads);
        return table.build();
    }

    /** Trains for as many steps as all rows take, however few the rows are. */
    private Evaluation train(List<Shapes> rows, RowMapper<Shapes> mapper, String... heads) throws IOException {
        ImageTable table = table(rows, mapper, List.of(heads), Optional.empty());
        ImageTable evaluatedTable = table(
                evaluated, shape -> row(shape).with("size", shape.size()), List.of(heads), Optional.of(table.heads()));
        int epochs = EPOCHS * ROWS / Math.max(rows.size(), BATCH);
        try (ImageDataset train = table.dataset()
                        .optBatchSize(BATCH)
                        .optAugmentation(Augmentation.none())
                        .build();
                ImageDataset validation = evaluatedTable
                        .dataset()
                        .optBatchSize(100)
                        .optShuffle(false)
                        .build();
                MultiLabelTrainer trainer = MultiLabelTrainer.builder()
                        .setHeads(table.heads())
                        .setBackbone(Backbones.small())
                        .optImageSize(Shapes.SIDE)
                        .optLearningRate(5e-3)
                        .optEpochs(epochs)
                        .optSeed(1)
                        .build()) {
            trainer.fit(train);
            return trainer.evaluate(validation);
        }
    }

    @Test
    void aHeadWithLabelsOnATenthOfTheRowsLearnsAsFromThatTenthAndHurtsNoOther() throws IOException {
        Evaluation together = train(
                drawings,
                shape -> drawings.indexOf(shape) % 10 == 0 ? row(shape).with("size", shape.size()) : row(shape),
                "colour",
                "size");
        List<Shapes> tenth = drawings.stream()
                .filter(shape -> drawings.indexOf(shape) % 10 == 0)
                .toList();
        assertThat(tenth).hasSize(LABELLED);
        Evaluation alone = train(tenth, shape -> row(shape).with("size", shape.size()), "size");
        Evaluation withoutIt = train(drawings, MissingLabelsTest::row, "colour");

        assertThat(alone.head("size").accuracy())
                .as("the tenth can be learned from")
                .isGreaterThan(0.85);
        assertThat(together.head("size").accuracy())
                .as(
                        "with labels on a tenth of the rows; the tenth alone reaches %s",
                        alone.head("size").accuracy())
                .isGreaterThan(alone.head("size").accuracy() - 0.03);
        assertThat(withoutIt.head("colour").accuracy())
                .as("colour can be learned")
                .isGreaterThan(0.9);
        assertThat(together.head("colour").accuracy())
                .as(
                        "beside the other head; without it colour reaches %s",
                        withoutIt.head("colour").accuracy())
                .isGreaterThan(withoutIt.head("colour").accuracy() - 0.03);
    }
}
