package io.github.multilabel.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Groups in which each is like each other one. */
class CompleteLinkageTest {

    private static final int TRIALS = Integer.getInteger("hostile.trials", 50);

    @Test
    void aChainMakesNoGroup() {
        List<LookPair> chain = List.of(LookPair.of(0, 1, 0.9), LookPair.of(2, 1, 0.8), LookPair.of(2, 3, 0.95));
        assertThat(CompleteLinkage.groups(chain))
                .containsExactlyInAnyOrder(List.of(2, 3), List.of(0, 1), List.of(1, 2));
    }

    @Test
    void allThatAreLikeEachOtherAreOneGroup() {
        List<LookPair> pairs = new ArrayList<>();
        for (int a = 0; a < 6; a++) {
            for (int b = a + 1; b < 6; b++) {
                pairs.add(LookPair.of(b, a, 0.9));
            }
        }
        assertThat(CompleteLinkage.groups(pairs)).containsExactly(List.of(0, 1, 2, 3, 4, 5));
    }

    @Test
    void eachPairIsInAGroupAndEachTwoOfAGroupAreAPair() {
        Random random = new Random(12);
        for (int trial = 0; trial < TRIALS; trial++) {
            int members = 2 + random.nextInt(30);
            double density = random.nextDouble();
            List<LookPair> pairs = new ArrayList<>();
            Set<Long> keys = new TreeSet<>();
            for (int a = 0; a < members; a++) {
                for (int b = a + 1; b < members; b++) {
                    if (random.nextDouble() < density) {
                        pairs.add(LookPair.of(a, b, random.nextDouble()));
                        keys.add(LookPair.key(b, a));
                    }
                }
            }
            Set<Long> covered = new TreeSet<>();
            for (List<Integer> group : CompleteLinkage.groups(pairs)) {
                assertThat(group).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(1);
                for (int a : group) {
                    group.stream().filter(b -> b > a).forEach(b -> covered.add(LookPair.key(a, b)));
                }
            }
            assertThat(covered).isEqualTo(keys);
        }
    }
}
