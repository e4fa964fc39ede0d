package io.github.multilabel.evaluation.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.image.sheet.ContactSheet.Line;
import io.github.multilabel.core.image.sheet.ContactSheet.Tone;
import io.github.multilabel.model.prediction.HeadPrediction;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelledPredictionTest {

    private static final HeadPrediction TYPE =
            HeadPrediction.fromLogits(Head.singleLabel("type", "Van", "SUV", "Coupe"), new float[] {0, 4, 1});
    private static final HeadPrediction TAGS =
            HeadPrediction.fromLogits(Head.multiLabel("tags", "sunroof", "spoiler", "towbar"), new float[] {2, -3, 1});

    @Test
    void aRightCategoryIsWrittenWithItsProbability() {
        LabelledPrediction right = new LabelledPrediction(TYPE, Optional.of(Set.of("SUV")));

        assertThat(right.isWrong()).isFalse();
        assertThat(right.lines()).containsExactly(new Line("type: SUV 0.94", Tone.RIGHT));
        assertThat(right.loss()).isCloseTo(-Math.log(0.93623955), within(1e-6));
    }

    @Test
    void aWrongCategoryIsWrittenWithTheRightOne() {
        LabelledPrediction wrong = new LabelledPrediction(TYPE, Optional.of(Set.of("Van")));

        assertThat(wrong.isWrong()).isTrue();
        assertThat(wrong.lines()).containsExactly(new Line("type: SUV 0.94, is Van", Tone.WRONG));
        assertThat(wrong.loss()).isCloseTo(-Math.log(0.01714783), within(1e-6));
    }

    @Test
    void aMissingLabelIsNeitherRightNorWrong() {
        LabelledPrediction unknown = new LabelledPrediction(TYPE, Optional.empty());

        assertThat(unknown.isWrong()).isFalse();
        assertThat(unknown.loss()).isZero();
        assertThat(unknown.lines()).containsExactly(new Line("type: SUV 0.94, no label", Tone.FAINT));
    }

    @Test
    void tagsAreRightOnlyAsAWhole() {
        LabelledPrediction right = new LabelledPrediction(TAGS, Optional.of(Set.of("towbar", "sunroof")));
        LabelledPrediction wrong = new LabelledPrediction(TAGS, Optional.of(Set.of("sunroof")));
        LabelledPrediction none = new LabelledPrediction(TAGS, Optional.of(Set.of()));

        assertThat(right.lines()).containsExactly(new Line("tags: sunroof 0.88, towbar 0.73", Tone.RIGHT));
        assertThat(wrong.lines())
                .containsExactly(
                        new Line("tags: sunroof 0.88, towbar 0.73,", Tone.WRONG),
                        new Line("    is sunroof", Tone.WRONG));
        assertThat(none.lines().get(1).text()).isEqualTo("    is none");
        // -(ln 0.88079708 + ln (1 - 0.04742587) + ln (1 - 0.73105858)) / 3
        assertThat(wrong.loss()).isCloseTo(0.4962597, within(1e-6));
    }
}
