package io.github.multilabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.prediction.HeadPrediction;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerComparisonTest {

    private static final Head COLOUR = Head.singleLabel("colour", "blue", "green", "red");
    private static final Head TAGS = Head.multiLabel("tags", "roof", "spoiler");
    private static final HeadSet HEADS = HeadSet.of(COLOUR, TAGS);

    private static List<HeadPrediction> image(float blue, float green, float red, float roof, float spoiler) {
        return List.of(
                HeadPrediction.fromProbabilities(COLOUR, new float[] {blue, green, red}),
                HeadPrediction.fromProbabilities(TAGS, new float[] {roof, spoiler}));
    }

    /** The second image is red instead of green, and has a roof that it had not. */
    private static AnswerComparison comparison() {
        return AnswerComparison.of(
                HEADS,
                List.of(image(0.75f, 0.25f, 0, 1, 0), image(0, 0.75f, 0.25f, 0.25f, 0.75f)),
                List.of(image(0.75f, 0.25f, 0, 1, 0), image(0, 0.25f, 0.75f, 0.75f, 0.75f)));
    }

    @Test
    void answersAreCountedByImageAndByTag() {
        assertThat(comparison().heads())
                .containsExactly(new HeadAgreement("colour", 0.5, 0.5), new HeadAgreement("tags", 0.75, 0.5));
        assertThat(comparison().least()).isEqualTo(0.5);
    }

    /** Of colour half of 0.5 + 0.5 for one of two images, of tags the mean of 0.5 and 0. */
    @Test
    void theDistanceIsThatOfProbabilities() {
        assertThat(comparison().distance()).isCloseTo((0.25 + 0.125) / 2, within(1e-9));
    }

    @Test
    void sameAnswersHaveNoDistance() {
        List<List<HeadPrediction>> answers = List.of(image(0.5f, 0.25f, 0.25f, 0, 0.5f));
        AnswerComparison same = AnswerComparison.of(HEADS, answers, answers);

        assertThat(same.distance()).isZero();
        assertThat(same.least()).isEqualTo(1);
    }

    @Test
    void aHeadThatGivesTooFewOfItsAnswersIsNamed() {
        assertThatIOException()
                .isThrownBy(() -> Int8Export.require(comparison(), 2))
                .withMessageContainingAll("'colour'", "50.0 %", "2 images", "80 %", "no file is kept");
    }

    @Test
    void fourFifthsAreEnough() throws IOException {
        Int8Export.require(new AnswerComparison(List.of(new HeadAgreement("colour", 0.8, 0.9)), 0.1), 10);
    }
}
