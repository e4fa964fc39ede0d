package io.github.multilabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutputNamesTest {

    @Test
    void aNameThatIsAnIdentifierStays() {
        assertThat(OutputNames.of(List.of("brand", "Type_2", "_x"))).containsExactly("brand", "Type_2", "_x");
    }

    @Test
    void otherCharactersBecomeUnderscores() {
        assertThat(OutputNames.of(List.of("colour of roof", "a/b:c", "it's \"new\"", "Größe", "2doors", "tail-light")))
                .containsExactly("colour_of_roof", "a_b_c", "it_s_new_", "Gr_e", "_2doors", "tail_light");
    }

    @Test
    void aNameOfWhichNothingIsLeftIsHead() {
        assertThat(OutputNames.of(List.of("色", "???", "型"))).containsExactly("head", "head_2", "head_3");
    }

    @Test
    void namesThatWouldBeTheSameAreNumberedAndTheOneThatCanStayStays() {
        assertThat(OutputNames.of(List.of("a b", "a/b", "a_b", "a_b_2")))
                .containsExactly("a_b_3", "a_b_4", "a_b", "a_b_2");
    }

    @Test
    void noHeadIsNamedLikeTheInput() {
        assertThat(OutputNames.of(List.of("image", "image_2"))).containsExactly("image_3", "image_2");
    }
}
