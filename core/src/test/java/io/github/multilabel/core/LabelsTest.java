package io.github.multilabel.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {

    private static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("type", "Coupe", "SUV", "Van"), Head.multiLabel("extras", "roof rack", "spoiler", "hook"));

    @Test
    void nothingIsKnownUntilItIsSet() {
        Labels labels = Labels.missing(HEADS);
        assertThat(labels.isMissing("type")).isTrue();
        assertThat(labels.index("type")).isEqualTo(Labels.MISSING);
        assertThat(labels.categories("extras")).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> labels.indices("extras"))
                .withMessageContaining("'extras' is missing");
        assertThat(labels).hasToString("type=?, extras=?");
    }

    @Test
    void noCategoryIsKnowledgeToo() {
        Labels labels = Labels.builder(HEADS).set("extras", List.of()).build();
        assertThat(labels.isMissing("extras")).isFalse();
        assertThat(labels.indices("extras")).isEmpty();
    }

    @Test
    void categoriesOfAMultiLabelHeadAreASet() {
        Labels labels = Labels.builder(HEADS)
                .set("type", "SUV")
                .set("extras", List.of("hook", "roof rack", "hook"))
                .build();
        assertThat(labels.indices("extras")).containsExactly(0, 2);
        assertThat(labels.index("type")).isEqualTo(1);
        assertThat(labels).hasToString("type=SUV, extras=roof rack|hook");
    }

    @Test
    void whatIsBuiltDoesNotChangeWithItsBuilder() {
        Labels.Builder builder = Labels.builder(HEADS).setIndex("type", 2);
        Labels labels = builder.build();
        builder.setIndex("type", Labels.MISSING);
        assertThat(labels.index("type")).isEqualTo(2);
        assertThat(builder.build().isMissing("type")).isTrue();
    }

    @Test
    void labelsOutsideTheirHeadAreRefused() {
        Labels.Builder builder = Labels.builder(HEADS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.set("type", "Pickup"))
                .withMessageContaining("head 'type': 'Pickup'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.setIndex("type", 3))
                .withMessageContaining("outside [0, 3)");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.setIndex("type", -2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.set("type", List.of("SUV", "Van")))
                .withMessageContaining("needs exactly one category, got [SUV, Van]");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.set("type", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.set("kind", "SUV"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.build().index("extras"))
                .withMessageContaining("MULTI_LABEL");
    }
}
