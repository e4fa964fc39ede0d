package io.github.multilabel.evaluation.predictions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import org.junit.jupiter.api.Test;

/** Equal names and labels have equal fingerprints, others have others. */
class LabelFingerprintTest {

    private static final HeadSet HEADS = HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"));

    private static String of(String source, String brand, float logit) {
        return LabelFingerprint.of(Predictions.builder(HEADS)
                .add(source, Labels.builder(HEADS).set("brand", brand).build(), new float[] {logit, 0})
                .build());
    }

    @Test
    void neitherLogitsNorFoldersCount() {
        assertThat(of("here/1.jpg", "Audi", 1))
                .isEqualTo(of("C:\\there\\1.jpg", "Audi", 2))
                .isEqualTo(of("1.jpg", "Audi", 3))
                .matches("[0-9a-f]{16}");
    }

    @Test
    void namesAndLabelsCount() {
        assertThat(of("1.jpg", "Audi", 1)).isNotEqualTo(of("2.jpg", "Audi", 1)).isNotEqualTo(of("1.jpg", "BMW", 1));
    }
}
