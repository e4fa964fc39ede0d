package io.github.multilabel.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HierarchyTest {

    private static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("model", "A4", "A5", "X1"),
            Head.singleLabel("series", "A", "X"),
            Head.singleLabel("brand", "Audi", "BMW"),
            Head.multiLabel("tags", "red"));

    private static final Map<String, String> SERIES = Map.of("A4", "A", "A5", "A", "X1", "X");
    private static final Map<String, String> BRANDS = Map.of("A", "Audi", "X", "BMW");

    @Test
    void aHeadDeterminesAnotherByItsCategories() {
        HeadSet heads = HEADS.withParent("model", "series", SERIES);

        assertThat(heads.hierarchy().parents("model")).containsExactly("series");
        assertThat(heads.hierarchy().parentOf("model", "series")).containsExactly(0, 0, 1);
        assertThat(heads.hierarchy()).hasToString("model -> series");
        assertThat(HEADS.hierarchy().isEmpty())
                .as("the set itself stays as it is")
                .isTrue();
    }

    @Test
    void whatAParentDeterminesItsChildDoesToo() {
        HeadSet downwards = HEADS.withParent("model", "series", SERIES).withParent("series", "brand", BRANDS);
        HeadSet upwards = HEADS.withParent("series", "brand", BRANDS).withParent("model", "series", SERIES);

        for (HeadSet heads : List.of(downwards, upwards)) {
            assertThat(heads.hierarchy().parents("model")).containsExactlyInAnyOrder("series", "brand");
            assertThat(heads.hierarchy().parentOf("model", "brand")).containsExactly(0, 0, 1);
            assertThat(heads.hierarchy().finest()).containsExactly("model");
        }
    }

    @Test
    void whereNothingIsKnownOfACategoryItIsMissing() {
        HeadSet heads = HEADS.withParent("model", "series", Map.of("A4", "A")).withParent("series", "brand", BRANDS);

        assertThat(heads.hierarchy().parentOf("model", "brand")).containsExactly(0, -1, -1);
        assertThat(heads.withParent("model", "brand", Map.of("X1", "BMW"))
                        .hierarchy()
                        .parentOf("model", "brand"))
                .as("another way may know more")
                .containsExactly(0, -1, 1);
    }

    @Test
    void aLinkTellsItByNamesToo() {
        HeadSet heads = HEADS.withParent("model", "series", Map.of("A5", "A", "X1", "X"));
        Hierarchy.Link link = heads.hierarchy().links().get(0);

        assertThat(link.categories(heads)).containsExactly(Map.entry("A5", "A"), Map.entry("X1", "X"));
        assertThat(HEADS.withParent("model", "series", link.categories(HEADS))).isEqualTo(heads);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Hierarchy.Link("model", "series", List.of(0, 1)).categories(HEADS))
                .withMessage("the hierarchy has 2 parents for the 3 categories of head 'model'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Hierarchy.Link("model", "series", List.of(0, 1, 2)).categories(HEADS))
                .withMessageContaining("head 'series': category index 2 is outside [0, 2)");
    }

    @Test
    void selectedHeadsKeepWhatTheyDetermine() {
        HeadSet heads = HEADS.withParent("model", "series", SERIES).withParent("series", "brand", BRANDS);

        assertThat(heads.select(List.of("brand", "model")).hierarchy()).hasToString("model -> brand");
        assertThat(heads.select(List.of("tags", "series")).hierarchy().isEmpty())
                .isTrue();
        assertThat(heads).isNotEqualTo(HEADS);
        HEADS.requireSame(heads);
    }

    @Test
    void whatCannotBeAHierarchyIsRefused() {
        HeadSet heads = HEADS.withParent("model", "series", SERIES).withParent("series", "brand", BRANDS);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> heads.withParent("brand", "model", Map.of("Audi", "A4")))
                .withMessage("head 'model' cannot be a parent of 'brand': it would be its own parent");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> heads.withParent("model", "brand", Map.of("A4", "BMW")))
                .withMessage("two ways lead from head 'model' to 'brand' and to different categories of it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> heads.withParent("tags", "brand", Map.of("red", "BMW")))
                .withMessageContaining("head 'tags' is MULTI_LABEL");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> heads.withParent("model", "brand", Map.of("A6", "Audi")))
                .withMessageContaining("'A6' is not one of its 3 names");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> heads.withParent("modell", "brand", Map.of()))
                .withMessageContaining("no head 'modell'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> heads.hierarchy().parentOf("brand", "model"))
                .withMessage("head 'model' is no parent of 'brand'; its parents are []");
    }
}
