package io.github.multilabel.data.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds of every split of odd tables: huge groups, tiny fractions, chained groups, missing labels. */
class HostileSplitTest {

    private static final int TRIALS = Integer.getInteger("hostile.trials", 50);

    /** A made-up request for a split. */
    private static final class Request {

        private final Random random;
        private final List<Labels> labels = new ArrayList<>();
        private final List<List<String>> groupings = new ArrayList<>();
        private final List<Double> ratios = new ArrayList<>();
        private final int folds;
        private final boolean stratified;
        private final long seed;

        Request(long number) {
            random = new Random(number);
            int rows = 1 + random.nextInt(random.nextBoolean() ? 12 : 150);
            HeadSet heads = heads();
            double known = random.nextDouble();
            for (int row = 0; row < rows; row++) {
                labels.add(labels(heads, known));
            }
            for (int grouping = random.nextInt(3); grouping > 0; grouping--) {
                groupings.add(groups(rows));
            }
            folds = random.nextInt(3) == 0 ? 2 + random.nextInt(6) : 0;
            stratified = random.nextInt(4) > 0;
            seed = random.nextLong();
            for (int part = 2 + random.nextInt(3); part > 0; part--) {
                ratios.add(Math.pow(random.nextDouble(), 3) + 1e-3);
            }
            double sum = ratios.stream().mapToDouble(Double::doubleValue).sum();
            ratios.replaceAll(ratio -> ratio / sum);
        }

        private HeadSet heads() {
            List<Head> heads = new ArrayList<>();
            for (int head = 1 + random.nextInt(4); head > 0; head--) {
                List<String> categories = Rows.names("c", 2 + random.nextInt(random.nextInt(5) == 0 ? 60 : 6));
                heads.add(
                        random.nextBoolean()
                                ? Head.singleLabel("head " + head, categories)
                                : Head.multiLabel("head " + head, categories));
            }
            return HeadSet.of(heads);
        }

        private Labels labels(HeadSet heads, double known) {
            Labels.Builder builder = Labels.builder(heads);
            for (Head head : heads) {
                if (random.nextDouble() < known) {
                    int category = (int) (head.size() * Math.pow(random.nextDouble(), 3));
                    if (head.kind() == Head.Kind.SINGLE_LABEL) {
                        builder.setIndex(head.name(), category);
                    } else {
                        builder.set(head.name(), head.categories().subList(0, category));
                    }
                }
            }
            return builder.build();
        }

        /** Few and large, many and small, one that has almost all, or none at all. */
        private List<String> groups(int rows) {
            int kind = random.nextInt(4);
            int count = kind == 0 ? 1 + random.nextInt(4) : 1 + random.nextInt(rows);
            List<String> groups = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                boolean alone = random.nextInt(6) == 0;
                String group = "group " + (kind == 1 && random.nextInt(8) > 0 ? 0 : random.nextInt(count));
                groups.add(kind == 3 || alone ? (random.nextBoolean() ? null : " ") : group);
            }
            return groups;
        }

        DataSplit build() {
            SplitBuilder builder = DataSplit.builder()
                    .setLabels(labels)
                    .optStratified(stratified)
                    .optSeed(seed);
            groupings.forEach(builder::addGroups);
            if (folds > 0) {
                return builder.optFolds(folds).build();
            }
            for (int part = 0; part < ratios.size(); part++) {
                builder.addPart("part " + part, ratios.get(part));
            }
            return builder.build();
        }

        int parts() {
            return folds > 0 ? folds : ratios.size();
        }
    }

    @Test
    void everySplitIsCompleteKeepsGroupsAndLeavesNoPartEmptyOrSaysWhyNot() {
        int refused = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            Request request = new Request(trial);
            DataSplit split;
            try {
                split = request.build();
            } catch (IllegalArgumentException e) {
                refused++;
                assertThat(e).hasMessageContaining("cannot fill " + request.parts() + " parts");
                continue;
            }
            assertThat(split.parts()).as("trial %d", trial).hasSize(request.parts());
            int total = 0;
            for (String part : split.parts()) {
                assertThat(split.rows(part))
                        .as("trial %d, %s of %s", trial, part, split)
                        .isNotEmpty();
                total += split.rows(part).size();
            }
            assertThat(total).isEqualTo(request.labels.size());
            for (List<String> grouping : request.groupings) {
                Map<String, String> partOfGroup = new HashMap<>();
                for (int row = 0; row < grouping.size(); row++) {
                    String group = grouping.get(row);
                    if (group != null && !group.isBlank()) {
                        String first = partOfGroup.putIfAbsent(group, split.part(row));
                        assertThat(first == null || first.equals(split.part(row)))
                                .as("trial %d, %s", trial, group)
                                .isTrue();
                    }
                }
            }
            assertThat(new Request(trial).build()).as("trial %d again", trial).isEqualTo(split);
        }
        assertThat(refused).isLessThan(TRIALS / 2);
    }
}
