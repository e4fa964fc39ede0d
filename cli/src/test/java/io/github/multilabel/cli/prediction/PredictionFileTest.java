package io.github.multilabel.cli.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionColumns;
import io.github.multilabel.model.prediction.PredictionFailure;
import io.github.multilabel.model.prediction.PredictionResult;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Predictions as tables and as lines of JSON. */
class PredictionFileTest {

    private static final Head TYPE = Head.singleLabel("type", "Coupe", "SUV", "Van");
    private static final Head TAGS = Head.multiLabel("tags", "a|b", "frame", "sun");
    private static final HeadSet HEADS = HeadSet.of(TYPE, TAGS);
    private static final Prediction CAR = new Prediction(
            "a,b.jpg",
            List.of(
                    HeadPrediction.fromLogits(TYPE, new float[] {0, 3, 1}),
                    HeadPrediction.fromLogits(TAGS, new float[] {1, -1, 2})));

    private static String written(PredictionFile kind, OptionalInt top, PredictionResult... results)
            throws IOException {
        StringWriter text = new StringWriter();
        PredictionFile.Lines lines = kind.to(text, new PredictionColumns(HEADS, false, top.orElse(1), false), top);
        for (PredictionResult result : results) {
            lines.add(result);
        }
        return text.toString();
    }

    @Test
    void aTableHasTheBestCategoryAndTheTagsThatApply() throws IOException {
        assertThat(written(PredictionFile.CSV, OptionalInt.empty(), CAR))
                .isEqualTo("source,type.prediction,type.probability,tags.prediction,tags.probability,problem\r\n"
                        + "\"a,b.jpg\",SUV,0.843795,sun;a|b,0.880797;0.731059,\r\n");
    }

    @Test
    void whatCouldNotBeReadHasItsProblemAndNoCategories() throws IOException {
        assertThat(written(
                        PredictionFile.CSV, OptionalInt.of(2), new PredictionFailure("c.jpg", "\"cut\" off,\nperhaps")))
                .isEqualTo(
                        "source,type.prediction,type.probability,type.prediction.2,type.probability.2,tags.prediction,"
                                + "tags.probability,problem\r\n"
                                + "c.jpg,,,,,,,\"\"\"cut\"\" off,\nperhaps\"\r\n");
    }

    @Test
    void moreCategoriesAreMoreColumns() throws IOException {
        assertThat(written(PredictionFile.CSV, OptionalInt.of(5), CAR))
                .contains(
                        "type.prediction.3,type.probability.3,tags.prediction",
                        "SUV,0.843795,Van,0.114195,Coupe,0.042010,sun");
    }

    @Test
    void jsonIsThatOfThePredictionOrItsMostProbableCategories() throws IOException {
        assertThat(written(PredictionFile.JSON_LINES, OptionalInt.empty(), CAR)).isEqualTo(CAR.toJson() + "\n");
        assertThat(written(PredictionFile.JSON_LINES, OptionalInt.of(1), CAR))
                .contains("\"probabilities\":{\"SUV\":0.84")
                .doesNotContain("Coupe");
    }

    @Test
    void theEndingOfANameSaysWhatIsWritten() {
        assertThat(PredictionFile.of(Path.of("a.CSV"))).contains(PredictionFile.CSV);
        assertThat(PredictionFile.of(Path.of("a.jsonl"))).contains(PredictionFile.JSON_LINES);
        assertThat(PredictionFile.of(Path.of("a.txt"))).isEmpty();
    }
}
