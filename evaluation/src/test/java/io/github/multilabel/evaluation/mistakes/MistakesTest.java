package io.github.multilabel.evaluation.mistakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.util.List;
import org.junit.jupiter.api.Test;

class MistakesTest {

    private static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("type", "Coupe", "SUV", "Van"), Head.multiLabel("tags", "rusty", "open", "two doors"));

    private static Labels labels(String type, String... tags) {
        return Labels.builder(HEADS)
                .set("type", type)
                .set("tags", List.of(tags))
                .build();
    }

    private final Predictions predictions = Predictions.builder(HEADS)
            .add("right", labels("Coupe", "open"), new float[] {2, 0, 0}, new float[] {-1, 1, -1})
            .add("unsure", labels("Van", "open"), new float[] {1, 0, 0}, new float[] {-1, -3, 2})
            .add("sure", labels("Van"), new float[] {0, 5, 0}, new float[] {-1, -1, -1})
            .add("unlabelled", Labels.missing(HEADS), new float[] {9, 0, 0}, new float[] {9, 9, 9})
            .build();

    @Test
    void theSurestMistakeComesFirst() {
        // given an image that is wrong by little, and one by much
        // when asked for mistakes of a head
        List<Mistake> mistakes = new Mistakes(predictions).mostConfident("type", 10);

        // then the surest is first, and neither what is right nor what has no label is among them
        assertThat(mistakes).extracting(Mistake::source).containsExactly("sure", "unsure");
        assertThat(mistakes.get(0).predicted()).containsExactly("SUV");
        assertThat(mistakes.get(0).labels()).containsExactly("Van");
        assertThat(mistakes.get(0).confidence()).isCloseTo(Math.exp(5) / (Math.exp(5) + 2), within(1e-9));
        assertThat(new Mistakes(predictions).mostConfident("type", 1)).hasSize(1);
        assertThat(new Mistakes(predictions).mostConfident("type", 0)).isEmpty();
    }

    @Test
    void aMistakeOfTagsIsTheSurestWrongDecision() {
        // given an image with a tag that is missed at logit -3, and another wrongly given at 2
        // when asked for it
        Mistake mistake = new Mistakes(predictions).of("tags", 1).orElseThrow();

        // then the missed tag is named, with the probability that it is not there
        assertThat(mistake.category()).isEqualTo("open");
        assertThat(mistake.confidence()).isCloseTo(1 / (1 + Math.exp(-3)), within(1e-9));
        assertThat(mistake.labels()).containsExactly("open");
        assertThat(mistake.predicted()).containsExactly("two doors");
    }

    @Test
    void imagesOnWhichSeveralHeadsFailAreCounted() {
        Mistakes mistakes = new Mistakes(predictions);

        assertThat(mistakes.onSeveralHeads(10)).extracting(FailedImage::source).containsExactly("unsure");
        assertThat(mistakes.imagesByFailedHeads()).containsExactly(1, 1, 1);
    }
}
