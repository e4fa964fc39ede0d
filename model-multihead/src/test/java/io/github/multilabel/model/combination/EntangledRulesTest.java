package io.github.multilabel.model.combination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Ten heads that must all differ, and nine categories for them: that there is no such combination takes a search
 * millions of parts (the pigeonhole principle), and so does the best if another category is possible but improbable.
 */
class EntangledRulesTest {

    private static final int HEADS = 10;
    private static final int DIFFERENT = 9;

    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (int head = 0; head < HEADS; head++) {
            for (int other = 0; other < head; other++) {
                for (int category = 0; category < DIFFERENT; category++) {
                    rules.add(Rule.forbid("h" + head + "=" + category, "h" + other + "=" + category));
                }
            }
        }
        return rules;
    }

    private static HeadSet heads(int categories) {
        String[] names =
                IntStream.range(0, categories).mapToObj(Integer::toString).toArray(String[]::new);
        return HeadSet.of(IntStream.range(0, HEADS)
                .mapToObj(head -> Head.singleLabel("h" + head, names))
                .toList());
    }

    private static Constraints constraints(int categories) {
        return Constraints.of(heads(categories), rules());
    }

    /** An image of which each head says the same; the category that is always possible is hardly probable. */
    private static double[][] evidence() {
        double[] each = IntStream.rangeClosed(0, DIFFERENT)
                .mapToDouble(category -> category == DIFFERENT ? -300 : 0.1 * category)
                .toArray();
        return IntStream.range(0, HEADS).mapToObj(head -> each.clone()).toArray(double[][]::new);
    }

    private static Search search(int categories) {
        double[][] even = new double[HEADS][categories];
        Arrays.stream(even).forEach(each -> Arrays.fill(each, 1.0 / categories));
        return new Search(TreePrior.independent(even), evidence(), constraints(categories), Double.NEGATIVE_INFINITY);
    }

    @Test
    void theSearchIsCutAndGivesWhatTheRulesAllow() {
        Search search = search(DIFFERENT + 1);
        Solution found = search.best();

        assertThat(search.isCut()).isTrue();
        assertThat(search.seen()).isEqualTo(2 * Search.MOST);
        assertThat(constraints(DIFFERENT + 1).allow(found.categories())).isTrue();
        assertThat(Arrays.stream(found.categories()).filter(category -> category == DIFFERENT))
                .as("one head must have the improbable category, and no other need")
                .hasSize(1);
    }

    @Test
    void aModelAnswersWhatTheRulesAllow() {
        Combinations learned = new CombinationLearner(heads(DIFFERENT + 1), rules()).learn();

        int[] answer = learned.given(evidence()).best();

        assertThat(constraints(DIFFERENT + 1).allow(answer)).isTrue();
    }

    @Test
    void whereNothingIsFoundInTimeTheRulesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CombinationLearner(heads(DIFFERENT), rules()).learn())
                .withMessageStartingWith("the rules are too entangled to find what they leave to answer: every"
                        + " combination of categories that was tried is against a rule of [h1=0, h0=0, ")
                .withMessageEndingWith("; take something back");
    }

    @Test
    void fewPartsAreEnoughForRulesThatAreNot() {
        HeadSet heads = heads(DIFFERENT);
        double[][] even = new double[HEADS][DIFFERENT];
        Arrays.stream(even).forEach(each -> Arrays.fill(each, 1.0 / DIFFERENT));
        double[][] evidence = Arrays.stream(evidence())
                .map(each -> Arrays.copyOf(each, DIFFERENT))
                .toArray(double[][]::new);
        Search search = new Search(
                TreePrior.independent(even),
                evidence,
                Constraints.of(heads, List.of(Rule.forbid("h0=8", "h1=8"), Rule.forbid("h2=8", "h3=8"))),
                Double.NEGATIVE_INFINITY);

        search.best();

        assertThat(search.isCut()).isFalse();
        assertThat(search.seen()).isLessThan(10);
    }
}
