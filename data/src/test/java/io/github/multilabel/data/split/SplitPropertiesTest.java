package io.github.multilabel.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds of every split, on random tables; the seeds are fixed, so that each run sees the same ones. */
class SplitPropertiesTest {

    private static final String SEED = "20110905";

    @Provide
    Arbitrary<List<Double>> ratios() {
        return Arbitraries.of(
                List.of(0.8, 0.2),
                List.of(0.8, 0.1, 0.1),
                List.of(0.1, 0.9),
                List.of(0.5, 0.5),
                List.of(0.6, 0.3, 0.1));
    }

    private static SplitBuilder builder(List<Labels> labels, List<Double> ratios) {
        SplitBuilder builder = DataSplit.builder().setLabels(labels);
        for (int part = 0; part < ratios.size(); part++) {
            builder.addPart("part " + part, ratios.get(part));
        }
        return builder;
    }

    @Property(seed = SEED, tries = 60)
    void sizesAreTheRoundedRatiosAndNoPartIsEmpty(
            @ForAll("ratios") List<Double> ratios, @ForAll @IntRange(min = 3, max = 400) int rows, @ForAll long seed) {
        DataSplit split = builder(Rows.cars(rows, seed), ratios).optSeed(seed).build();
        int total = 0;
        for (int part = 0; part < ratios.size(); part++) {
            int size = split.rows("part " + part).size();
            total += size;
            assertThat(size).isPositive();
            if (rows >= 10) { // of fewer, a part of a tenth takes a whole row from the others
                assertThat((double) size).isCloseTo(rows * ratios.get(part), within(1.0));
            }
        }
        assertThat(total).isEqualTo(rows);
    }

    @Property(seed = SEED, tries = 60)
    void aSingleHeadIsSpreadToWithinOneAndAHalfRows(
            @ForAll("ratios") List<Double> ratios,
            @ForAll @IntRange(min = 300, max = 900) int rows,
            @ForAll @IntRange(min = 2, max = 12) int categories,
            @ForAll long seed) {
        HeadSet heads = HeadSet.of(Head.singleLabel("brand", Rows.names("brand ", categories)));
        Random random = new Random(seed);
        List<Labels> labels = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            int category = (int) (categories * Math.pow(random.nextDouble(), 2));
            labels.add(Labels.builder(heads)
                    .setIndex("brand", random.nextInt(5) == 0 ? Labels.MISSING : category)
                    .build());
        }
        assertSpread(builder(labels, ratios).optSeed(seed).build(), labels, ratios, 1.5);
    }

    @Property(seed = SEED, tries = 60)
    void severalHeadsAtOnceAreSpreadToWithinTwoRows(
            @ForAll("ratios") List<Double> ratios,
            @ForAll @IntRange(min = 100, max = 1000) int rows,
            @ForAll long seed) {
        List<Labels> labels = Rows.cars(rows, seed);
        assertSpread(builder(labels, ratios).optSeed(seed).build(), labels, ratios, 2);
    }

    /** Every category that is frequent enough for a row in each part has its share of each part. */
    private static void assertSpread(DataSplit split, List<Labels> labels, List<Double> ratios, double bound) {
        for (Head head : labels.get(0).heads()) {
            for (String category : head.categories()) {
                long[] counts = new long[ratios.size()];
                long total = 0;
                for (int part = 0; part < counts.length; part++) {
                    counts[part] = Rows.count(split, "part " + part, labels, head.name(), category);
                    total += counts[part];
                }
                for (int part = 0; part < counts.length; part++) {
                    if (total * ratios.stream().min(Double::compare).orElseThrow() >= 1) {
                        assertThat((double) counts[part])
                                .as("%s %s in part %s of %s", head.name(), category, part, split)
                                .isCloseTo(total * ratios.get(part), within(bound));
                        assertThat(counts[part]).isPositive();
                    }
                }
            }
        }
    }

    @Property(seed = SEED, tries = 60)
    void groupsStayWholeAndSizesNearTheRatios(
            @ForAll("ratios") List<Double> ratios,
            @ForAll @IntRange(min = 200, max = 600) int rows,
            @ForAll @IntRange(min = 1, max = 6) int largest,
            @ForAll long seed) {
        List<Labels> labels = Rows.cars(rows, seed);
        Random random = new Random(seed);
        List<String> groups = new ArrayList<>();
        while (groups.size() < rows) {
            String group = "car " + groups.size();
            for (int photos = 1 + random.nextInt(largest); photos > 0 && groups.size() < rows; photos--) {
                groups.add(group);
            }
        }
        DataSplit split =
                builder(labels, ratios).addGroups(groups).optSeed(seed).build();
        Map<String, String> partOfGroup = new HashMap<>();
        for (int row = 0; row < rows; row++) {
            String part = partOfGroup.putIfAbsent(groups.get(row), split.part(row));
            assertThat(part == null || part.equals(split.part(row))).isTrue();
        }
        for (int part = 0; part < ratios.size(); part++) {
            assertThat((double) split.rows("part " + part).size())
                    .isCloseTo(rows * ratios.get(part), within((double) largest));
        }
        assertSpread(split, labels, ratios, 2 + largest);
    }
}
