package io.github.multilabel.training.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.Toy;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DataChecksTest {

    @Test
    void headsInAnotherOrderAreRefusedWhereTheyAreLearnedAndFoundWhereTheyAreEvaluated() throws IOException {
        HeadSet swapped = HeadSet.of(Toy.COLOUR, Toy.SHAPE);
        try (ImageDataset right = Toy.data(Toy.HEADS, 4, 4);
                ImageDataset wrong = Toy.data(swapped, 4, 4);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS).build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(wrong))
                    .withMessageStartingWith(
                            "the training data does not fit the model: expected heads [shape, colour], got [colour,"
                                    + " shape]")
                    .withMessageContaining("setHeads(table.heads())");
            assertThat(trainer.evaluate(wrong).table())
                    .isEqualTo(trainer.evaluate(right).table());
        }
    }

    @Test
    void noDataIsRefused() throws IOException {
        try (ImageDataset data = Toy.data(Toy.HEADS, 4, 4);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS).build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(null))
                    .withMessage("the training data is null");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(data, null))
                    .withMessage("the validation data is null");
        }
    }

    @Test
    void aHeadWithoutAnyLabelIsNamedBeforeTheFirstEpoch() throws IOException {
        try (ImageDataset data = Toy.data(Toy.HEADS, 4, 4, (index, colour, shape) -> Labels.builder(Toy.HEADS)
                        .setIndex("shape", shape)
                        .build());
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS).build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(data))
                    .withMessageStartingWith("none of the 4 training images has a label for head 'colour'");
        }
    }
}
