package io.github.multilabel.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelCountsTest {

    private static final Head TYPE = Head.singleLabel("type", "SUV", "Van", "Coupe");
    private static final Head TAGS = Head.multiLabel("tags", "red", "old", "open");
    private static final HeadSet HEADS = HeadSet.of(TYPE, TAGS);

    private static final List<Labels> LABELS = List.of(
            Labels.builder(HEADS)
                    .set("type", "Van")
                    .set("tags", List.of("red", "open"))
                    .build(),
            Labels.builder(HEADS).set("type", "Van").set("tags", List.of()).build(),
            Labels.builder(HEADS).set("type", "SUV").build(),
            Labels.missing(HEADS));

    @Test
    void missingLabelsAreNotCounted() {
        LabelCounts type = LabelCounts.of(TYPE, LABELS);

        assertThat(type.labelled()).isEqualTo(3);
        assertThat(type.ofCategories()).containsExactly(1, 2, 0);
        assertThat(type.of(1)).isEqualTo(2);
    }

    @Test
    void aSampleCanHaveSeveralCategoriesOrNone() {
        LabelCounts tags = LabelCounts.of(TAGS, LABELS);

        assertThat(tags.labelled()).isEqualTo(2);
        assertThat(tags.ofCategories()).containsExactly(1, 0, 1);
    }

    @Test
    void categoriesThatDoNotOccurAreNamed() {
        LabelCounts type = LabelCounts.of(TYPE, LABELS);

        assertThat(type.absent()).containsExactly("Coupe");
        assertThat(type.occurring()).isEqualTo(2);
    }

    @Test
    void changingAnArrayOfCountsChangesNoCount() {
        LabelCounts type = LabelCounts.of(TYPE, LABELS);

        type.ofCategories()[0] = 100;

        assertThat(type.of(0)).isEqualTo(1);
    }
}
