package io.github.multilabel.core.internal.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class GivenTest {

    @Test
    void whatIsGivenIsReturned() {
        assertThat(Given.require("a", "name", "a name")).isEqualTo("a");
    }

    @Test
    void nullIsRefusedWithWhatToPass() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Given.require(null, "folder", "the folder of a saved model"))
                .withMessage("argument 'folder' is null; pass the folder of a saved model");
    }
}
