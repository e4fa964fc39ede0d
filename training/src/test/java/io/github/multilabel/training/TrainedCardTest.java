package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.Evaluator;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.card.ModelCard;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A training fills in the card of its model. */
class TrainedCardTest {

    private static final HeadSet HEADS = HeadSet.of(Toy.COLOUR, Toy.SHAPE);

    @Test
    void theCardHasDataMetricsWithIntervalsAndSettings() throws Exception {
        try (ImageDataset train = Toy.data(HEADS, 40, 8);
                ImageDataset validation = Toy.data(HEADS, 60, 16);
                MultiLabelTrainer trainer = Toy.trainer(HEADS).optEpochs(2).build()) {
            trainer.fit(train, validation);
            MultiLabelModel model = trainer.model();
            ModelCard card = model.card();

            assertThat(card.data()).extracting(ModelCard.Part::name).containsExactly("training", "validation");
            assertThat(card.data().get(0).images()).isEqualTo(40);
            ModelCard.Labelled colours = card.data().get(0).heads().get(0);
            assertThat(colours.images()).isEqualTo(40);
            assertThat(colours.categories().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(40);
            ModelCard.Measured accuracy = card.metrics().get("colour_accuracy");
            assertThat(accuracy.value())
                    .isEqualTo(
                            Evaluator.evaluate(model, validation).head("colour").accuracy());
            assertThat(accuracy.low().orElseThrow()).isLessThanOrEqualTo(accuracy.value());
            assertThat(accuracy.high().orElseThrow()).isGreaterThanOrEqualTo(accuracy.value());
            assertThat(card.training())
                    .containsEntry("epochs", "2")
                    .containsKeys("optimizer", "seed", "names and labels of the training images (SHA-256)");
            assertThat(card.weights()).as("drawn at random").isEmpty();
        }
    }

    @Test
    void withoutValidationImagesItSaysThatNothingWasMeasured() throws IOException {
        try (ImageDataset train = Toy.data(HEADS, 6, 3);
                MultiLabelTrainer trainer = Toy.trainer(HEADS).build()) {
            trainer.fit(train);
            ModelCard card = trainer.model().card();

            assertThat(card.metrics()).isEmpty();
            assertThat(card.limits())
                    .contains("it was not evaluated: there were no validation images")
                    .anyMatch(limit ->
                            limit.startsWith("of head 'colour' it has learned from fewer than 10 images of 3"));
        }
    }

    @Test
    void aNextTrainingKeepsTheNotesOfPeople() throws Exception {
        try (ImageDataset train = Toy.data(HEADS, 12, 6);
                MultiLabelTrainer first = Toy.trainer(HEADS).build()) {
            first.fit(train, train);
            try (MultiLabelModel noted =
                            first.model().withCard(first.model().card().with(ModelCard.Note.CONTACT, "the team"));
                    MultiLabelTrainer second = MultiLabelTrainer.builder()
                            .setHeads(HEADS)
                            .setModel(noted)
                            .optEpochs(1)
                            .build()) {
                second.fit(train);

                assertThat(second.model().card().notes()).containsEntry(ModelCard.Note.CONTACT, "the team");
                assertThat(second.model().card().metrics())
                        .as("of the first training")
                        .isEmpty();
            }
        }
    }

    @Test
    void auxiliaryHeadsAreNotOnIt() throws IOException {
        try (ImageDataset train = Toy.data(HEADS, 12, 6);
                MultiLabelTrainer trainer = Toy.trainer(HEADS)
                        .addHeadOptions("shape", HeadOptions.standard().auxiliary())
                        .build()) {
            trainer.fit(train, train);

            assertThat(trainer.model().card().data().get(0).heads())
                    .extracting(ModelCard.Labelled::head)
                    .isEqualTo(List.of("colour"));
        }
    }
}
