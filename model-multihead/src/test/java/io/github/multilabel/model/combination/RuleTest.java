package io.github.multilabel.model.combination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a user forbids. */
class RuleTest {

    private static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("type", "SUV", "Van"),
            Head.singleLabel("brand", "Audi", "Ford", "a=b"),
            Head.multiLabel("tags", "sun"));

    @Test
    void theNameOfAHeadEndsAtTheFirstEqualsSign() {
        Rule rule = Rule.forbid("type=Van", "brand=a=b");
        assertThat(rule.categories()).containsExactly(Map.entry("type", "Van"), Map.entry("brand", "a=b"));
        assertThat(rule).hasToString("type=Van, brand=a=b");
        assertThatCode(() -> rule.requireFit(HEADS)).doesNotThrowAnyException();
    }

    @Test
    void itForbidsLabelsThatHaveAllOfItsCategories() {
        Rule rule = Rule.forbid("type=Van", "brand=Audi");
        Labels.Builder labels = Labels.builder(HEADS).set("type", "Van");
        assertThat(rule.forbids(labels.build())).as("the brand is missing").isFalse();
        assertThat(rule.forbids(labels.set("brand", "Ford").build())).isFalse();
        assertThat(rule.forbids(labels.set("brand", "Audi").build())).isTrue();
    }

    @Test
    void whatIsNoRuleIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rule.forbid("Van"))
                .withMessage("'Van' in a rule is not HEAD=CATEGORY, e.g. \"type=Van\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rule.forbid("type=Van", "type=SUV"))
                .withMessage("a rule has head 'type' twice, with 'Van' and 'SUV'; an image has one of its categories,"
                        + " so give each a rule of its own");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rule.forbid(List.of()))
                .withMessage("a rule forbids nothing; give it at least one HEAD=CATEGORY, e.g. \"type=Van\"");
    }

    @Test
    void unknownNamesAreRefusedWithThoseThatWereMeant() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rule.forbid("typ=Van").requireFit(HEADS))
                .withMessage("rule 'typ=Van': no head 'typ'; there are 3 names [type, brand, tags];"
                        + " did you mean 'type'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rule.forbid("brand=Aud").requireFit(HEADS))
                .withMessage("rule 'brand=Aud': head 'brand': 'Aud' is not one of its 3 names [Audi, Ford, a=b];"
                        + " did you mean 'Audi'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rule.forbid("tags=sun").requireFit(HEADS))
                .withMessage("rule 'tags=sun': head 'tags' is MULTI_LABEL; a rule has heads with one category for an"
                        + " image");
    }
}
