package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.ImageEmbedder;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.embedding.Embedding;
import io.github.multilabel.testsupport.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/prediction.md that ReadmeTest does not have: it runs, and it is what stands there. */
class PredictionGuideTest {

    @TempDir
    private Path folder;

    @Test
    void embeddingsAreCompared() throws IOException {
        Shapes.write(Shapes.draw(2, 1), folder);
        Path image = folder.resolve("photos").resolve("0.png");
        Path other = folder.resolve("photos").resolve("1.png");
        HeadSet heads = HeadSet.of(Head.singleLabel("colour", "blue", "red"));
        try (MultiLabelModel model = MultiLabelModel.create(
                Backbones.small(), heads, Backbones.small().preprocessing(), Device.cpu(), 1)) {
            compare(model, image, other);
        }
    }

    private static void compare(MultiLabelModel model, Path image, Path other) throws IOException {
        // @start region=embeddings
        try (ImageEmbedder embedder = model.newEmbedder()) {
            Embedding car = embedder.embed(image); // a file, bytes, or a decoded image
            double alike = car.cosine(embedder.embed(other)); // 1 for the same image
            float[] values = car.normalised().values(); // for a vector database
            System.out.println(alike + ", " + values.length + " values");
        }
        // @end region=embeddings
    }

    @Test
    void theGuideShowsWhatRuns() throws IOException {
        assertThat(Files.readString(Path.of("../docs/prediction.md")))
                .contains("```java\n" + Region.of(PredictionGuideTest.class, "embeddings") + "\n```");
    }
}
