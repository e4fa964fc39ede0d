package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.card.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A card is saved with a model, and stays what it was when the model is loaded and saved again. */
class SavedCardTest {

    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"), Head.singleLabel("type", "SUV", "Van"));

    private static final ModelCard CARD = new ModelCard(
                    List.of(),
                    Map.of("brand_accuracy", ModelCard.Measured.of(0.75), "mean_accuracy", ModelCard.Measured.of(0.5)),
                    Optional.empty(),
                    Map.of("epochs", "3"),
                    List.of("of head 'type' it was not evaluated"),
                    Map.of())
            .with(ModelCard.Note.CONTACT, "cars@example.org");

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void saveAModelWithACard() throws IOException {
        folder = temporary.resolve("model");
        try (MultiLabelModel model = model();
                MultiLabelModel described = model.withCard(CARD)) {
            described.save(folder);
        }
    }

    private static MultiLabelModel model() throws IOException {
        return MultiLabelModel.create(
                Backbones.small(), HEADS, Backbones.small().preprocessing(), Device.cpu(), 1);
    }

    @Test
    void aLoadedModelHasItsCard() throws Exception {
        try (MultiLabelModel loaded = MultiLabelModel.load(folder)) {
            assertThat(loaded.card()).isEqualTo(CARD);
        }
        assertThat(SavedModel.read(folder).card()).contains(CARD);
    }

    @Test
    void theTextSaysWhatTheModelAndItsCardKnow() throws IOException {
        assertThat(folder.resolve("MODEL_CARD.md"))
                .content()
                .contains("| brand | one of 2 | Audi, BMW |")
                .contains("- backbone: small\n")
                .contains("| brand\\_accuracy | 0.7500 |  |")
                .contains("## Contact\n\ncars@example.org\n")
                .contains("**To be filled in:** uses for which it is unfit or not allowed.");
    }

    @Test
    void equalModelsHaveEqualCards() throws Exception {
        Path again = temporary.resolve("again");
        try (MultiLabelModel loaded = MultiLabelModel.load(folder)) {
            loaded.save(again);
        }

        for (String file : List.of("MODEL_CARD.md", "model-card.json", "model.json")) {
            assertThat(again.resolve(file)).hasSameTextualContentAs(folder.resolve(file));
        }
    }

    @Test
    void aModelWithFewerHeadsHasTheMetricsOfTheseAlone() throws Exception {
        ModelCard measured = new ModelCard(
                List.of(new ModelCard.Part(
                        "training",
                        4,
                        List.of(
                                new ModelCard.Labelled("brand", 4, Map.of("Audi", 4L)),
                                new ModelCard.Labelled("type", 3, Map.of("Van", 3L))))),
                CARD.metrics(),
                CARD.weights(),
                CARD.training(),
                CARD.limits(),
                CARD.notes());
        try (MultiLabelModel loaded = MultiLabelModel.load(folder);
                MultiLabelModel described = loaded.withCard(measured);
                MultiLabelModel brand = described.withHeads(List.of("brand"))) {
            assertThat(brand.card().metrics()).containsOnlyKeys("brand_accuracy");
            assertThat(brand.card().data().get(0).heads())
                    .extracting(ModelCard.Labelled::head)
                    .containsExactly("brand");
        }
    }

    @Test
    void aCardThatIsMissingOrDamagedKeepsNoModelFromBeingLoaded() throws Exception {
        Files.writeString(folder.resolve("model-card.json"), "{\"format\": \"multilabel-model-card\"");
        try (MultiLabelModel loaded = MultiLabelModel.load(folder)) {
            assertThat(loaded.card()).isEqualTo(ModelCard.empty());
        }
        Files.delete(folder.resolve("model-card.json"));
        try (MultiLabelModel loaded = MultiLabelModel.load(folder)) {
            assertThat(loaded.card()).isEqualTo(ModelCard.empty());
            loaded.save(folder);
        }
        assertThat(folder.resolve("model-card.json")).as("is made anew").exists();
    }

    @Test
    void aModelThatWasNotTrainedSaysSo() throws Exception {
        try (MultiLabelModel model = model()) {
            model.save(folder);
        }

        assertThat(folder.resolve("MODEL_CARD.md")).content().contains("It was not evaluated when it was saved.");
    }
}
