package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.weights.PretrainedWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code docs/weights.md} says what the registry says. */
class WeightsPageTest {

    private static final Path PAGE = Path.of("../docs/weights.md");

    @Test
    void theTableHasALineForAllThatIsPublished() throws IOException {
        StringBuilder table = new StringBuilder(
                "| backbone | weights | file | size | SHA-256 | licence | input | top-1 |\n|---|---|---|---|---|---|---|---|\n");
        PretrainedWeights.published().forEach(weights -> table.append(row(weights)));
        assertThat(Files.readString(PAGE)).contains(table);
    }

    @Test
    void backbonesWithoutPublishedWeightsAreNamed() throws IOException {
        String page = Files.readString(PAGE);
        for (String name : Backbones.names()) {
            assertThat(page).containsAnyOf("| " + name + " |", "`" + name + "`");
        }
    }

    private static String row(PretrainedWeights weights) {
        Preprocessing input = weights.preprocessing();
        return String.format(
                Locale.ROOT,
                "| %s | %s | [%s](%s) | %.1f | %s | %s | %s of %s, %s, %s | %.3f |\n",
                weights.backbone(),
                weights.tag(),
                weights.fileName(),
                weights.url(),
                weights.megabytes(),
                weights.sha256().isEmpty() ? "-" : "`" + weights.sha256() + "`",
                weights.licence(),
                input.size(),
                input.resizeTo(),
                input.interpolation().name().toLowerCase(Locale.ROOT),
                input.mean().equals(Preprocessing.IMAGENET_MEAN) ? "ImageNet" : "0.5",
                weights.imageNetAccuracy());
    }
}
