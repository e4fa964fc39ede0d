package io.github.multilabel.model.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A model card says what is known of a model, in JSON for programs and in Markdown for people. */
class ModelCardTest {

    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("brand", "Audi", "B|W <b>"), Head.multiLabel("tags", "open"));

    private static final ModelCard CARD = new ModelCard(
            List.of(new ModelCard.Part(
                    "training", 90, List.of(new ModelCard.Labelled("brand", 80, Map.of("Audi", 78L, "B|W <b>", 2L))))),
            Map.of("brand_accuracy", new ModelCard.Measured(0.91, OptionalDouble.of(0.9), OptionalDouble.of(0.92))),
            Optional.of(new ModelCard.Weights("lite0.pth", "a file", Optional.empty())),
            Map.of("epochs", "8"),
            List.of("of 'B|W <b>' it saw 2 images"),
            Map.of());

    @Test
    void whatIsReadIsWhatWasWritten() {
        ModelCard card = CARD.with(ModelCard.Note.CONTACT, "the team");

        assertThat(ModelCardJson.read(ModelCardJson.write(card))).isEqualTo(card);
        assertThat(ModelCardJson.read(ModelCardJson.write(ModelCard.empty()))).isEqualTo(ModelCard.empty());
    }

    @Test
    void anUndefinedMetricIsNullInTheFileAndNotAvailableInTheText() {
        ModelCard card = new ModelCard(
                List.of(),
                Map.of("tags_accuracy", ModelCard.Measured.of(Double.NaN)),
                Optional.empty(),
                Map.of(),
                List.of(),
                Map.of());

        assertThat(ModelCardJson.write(card)).contains("\"value\": null");
        assertThat(ModelCardJson.read(ModelCardJson.write(card))
                        .metrics()
                        .get("tags_accuracy")
                        .value())
                .isNaN();
        assertThat(ModelCardText.of(card, HEADS, Map.of())).contains("| tags\\_accuracy | n/a |  |");
    }

    @Test
    void theTextNamesWhatPeopleMustFillIn() {
        String text = ModelCardText.of(CARD, HEADS, Map.of());

        assertThat(text)
                .contains("## Intended use\n\n**To be filled in:** for what and for whom the model is meant.")
                .contains("Licence: **to be filled in**");
        assertThat(ModelCardText.of(CARD.with(ModelCard.Note.INTENDED_USE, "sorting adverts"), HEADS, Map.of()))
                .contains("## Intended use\n\nsorting adverts\n");
    }

    @Test
    void theTextHasMetricsWithIntervalsDataAndLimits() {
        assertThat(ModelCardText.of(CARD, HEADS, Map.of("backbone", "resnet18")))
                .contains("| brand | one of 2 | Audi, B\\|W \\<b\\> |", "| tags | any of 1 | open |")
                .contains("- backbone: resnet18\n")
                .contains("| brand\\_accuracy | 0.9100 | [0.9000, 0.9200] |")
                .contains("| training | 90 | brand | 80 | B\\|W \\<b\\> 2, Audi 78 |")
                .contains("- of 'B\\|W \\<b\\>' it saw 2 images\n");
    }

    @Test
    void aTrainingBeginsWithTheNotesAndTheOriginAlone() {
        ModelCard begun = CARD.with(ModelCard.Note.CONTACT, "the team").beforeTraining();

        assertThat(begun).isEqualTo(ModelCard.beginning(CARD.weights()).with(ModelCard.Note.CONTACT, "the team"));
    }

    @Test
    void ofSomeHeadsTheMetricsAndLabelsOfTheseAreLeft() {
        assertThat(CARD.among(List.of("brand", "tags"))).isEqualTo(CARD);
        ModelCard other = CARD.among(List.of("tags"));
        assertThat(other.metrics()).isEmpty();
        assertThat(other.data()).singleElement().satisfies(part -> assertThat(part.heads()).isEmpty());
        assertThat(other.weights()).isEqualTo(CARD.weights());
    }

    @Test
    void aBlankNoteAndAnotherFormatAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CARD.with(ModelCard.Note.CONTACT, " "))
                .withMessage("the note 'Contact' is blank; it says whom to ask, and where to report a wrong answer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelCardJson.read("{\"format\": \"x\"}"))
                .withMessage("its format is 'x', not 'multilabel-model-card'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelCardJson.read(
                        ModelCardJson.write(CARD).replace("\"formatVersion\": 1", "\"formatVersion\": 2")))
                .withMessage("its format version is 2, this release reads only 1");
    }
}
