package io.github.multilabel.evaluation.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.sheet.ContactSheet.Line;
import io.github.multilabel.model.prediction.HeadPrediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorstFirstTest {

    private static final Pixels IMAGE = new Pixels(1, 1, new byte[3]);

    private final List<String> copied = new ArrayList<>();

    @Test
    void wrongOnesComeFirstAndThoseWithTheHighestLossInFront() {
        WorstFirst worst = new WorstFirst(10);
        add(worst, "sure and right", 5);
        add(worst, "wrong", -1);
        add(worst, "hardly right", 0.1f);
        add(worst, "very wrong", -5);

        assertThat(worst.samples())
                .extracting(PredictedSample::source)
                .containsExactly("very wrong", "wrong", "hardly right", "sure and right");
        assertThat(worst.seen()).isEqualTo(4);
        assertThat(worst.wrong()).isEqualTo(2);
    }

    @Test
    void theImagesOfOthersAreNotCopied() {
        WorstFirst worst = new WorstFirst(2);
        add(worst, "right", 1);
        add(worst, "wrong", -1);
        add(worst, "surer", 2);
        add(worst, "very wrong", -2);

        assertThat(worst.samples()).extracting(PredictedSample::source).containsExactly("very wrong", "wrong");
        assertThat(copied).containsExactly("right", "wrong", "very wrong");
        assertThat(worst.wrong()).isEqualTo(2);
    }

    @Test
    void ofEqualOnesTheEarlierIsKept() {
        WorstFirst worst = new WorstFirst(1);
        add(worst, "first", -1);
        add(worst, "second", -1);

        assertThat(worst.samples()).extracting(PredictedSample::source).containsExactly("first");
    }

    @Test
    void theCaptionOfManyHeadsShowsTheWrongOnes() {
        List<LabelledPrediction> heads = IntStream.range(0, 20)
                .mapToObj(i -> prediction("head" + i, i == 17 ? -1 : 1))
                .toList();

        List<String> caption = new PredictedSample("folder/a.jpg", heads, IMAGE)
                .tile().caption().stream().map(Line::text).toList();

        assertThat(caption).hasSize(7).startsWith("a.jpg", "head17: no 0.73, is yes");
        assertThat(caption.get(6)).isEqualTo("and 15 more heads");
    }

    /** @param right the logit of the right one of two categories */
    private void add(WorstFirst worst, String source, float right) {
        worst.see(source, List.of(prediction("head", right)), () -> {
            copied.add(source);
            return IMAGE;
        });
    }

    private static LabelledPrediction prediction(String head, float right) {
        return new LabelledPrediction(
                HeadPrediction.fromLogits(Head.singleLabel(head, "yes", "no"), new float[] {right, 0}),
                Optional.of(Set.of("yes")));
    }
}
