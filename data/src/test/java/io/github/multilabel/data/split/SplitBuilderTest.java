package io.github.multilabel.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.data.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitBuilderTest {

    private static SplitBuilder fifth(List<Labels> labels) {
        return DataSplit.builder().setLabels(labels).addPart("train", 0.8).addPart("validation", 0.2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void aTagInTwoRowsIsOnEachSide(long seed) {
        List<Labels> labels = Rows.tags("a", "b", "a", "a b", "a", "a", "", "a", "a", "");
        DataSplit split = fifth(labels).optSeed(seed).build();
        assertThat(split).hasToString("train 8, validation 2");
        assertThat(Rows.count(split, "train", labels, "tags", "b")).isEqualTo(1);
        assertThat(Rows.count(split, "validation", labels, "tags", "b")).isEqualTo(1);
        assertThat(split.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void aTagInOneRowIsInTrainAndToldOf(long seed) {
        List<Labels> labels = Rows.tags("a", "", "a", "a c", "a", "a", "", "a", "a", "");
        DataSplit split = fifth(labels).optSeed(seed).build();
        assertThat(split.part(3)).isEqualTo("train");
        assertThat(split.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.kind()).isEqualTo(Finding.Kind.CATEGORY_NOT_IN_EVERY_PART);
            assertThat(warning.message()).startsWith("head 'tags': category 'c'");
            assertThat(warning.message())
                    .isEqualTo("head 'tags': category 'c' has 1 row, 1 in train and none in validation");
        });
    }

    @Test
    void aTagWithAsManyRowsAsPartsIsInEachPart() {
        List<Labels> labels = new ArrayList<>(Rows.tags("a b", "b", "c b", "c", "c"));
        labels.addAll(Rows.same(95));
        DataSplit split = DataSplit.builder()
                .setLabels(labels)
                .addPart("train", 0.8)
                .addPart("validation", 0.1)
                .addPart("test", 0.1)
                .build();
        assertThat(split).hasToString("train 80, validation 10, test 10");
        assertThat(split.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void manyCategoriesOfOneRowLeaveRoomForThoseOfTwo(long seed) {
        List<String> names = new ArrayList<>(Rows.names("pair ", 30));
        names.addAll(Rows.names("one ", 500));
        HeadSet heads = HeadSet.of(Head.singleLabel("model", names));
        List<Labels> labels = new ArrayList<>();
        for (int row = 0; row < 560; row++) {
            labels.add(Labels.builder(heads)
                    .setIndex("model", row < 60 ? row / 2 : row - 30)
                    .build());
        }
        DataSplit split = fifth(labels).optSeed(seed).build();
        for (String pair : names.subList(0, 30)) {
            assertThat(Rows.count(split, "train", labels, "model", pair))
                    .as(pair)
                    .isEqualTo(1);
        }
    }

    @Test
    void tellsHowFarItIs() {
        List<String> told = new ArrayList<>();
        fifth(Rows.cars(2_000, 1))
                .optProgress((task, done, total) -> {
                    assertThat(done).isBetween(0L, total);
                    told.add(task + (done == 0 ? " begins" : done == total ? " ends" : " goes on"));
                })
                .build();
        told.removeIf(line -> line.endsWith("goes on")); // that is a matter of time
        assertThat(told)
                .containsExactly(
                        "splitting rows begins",
                        "splitting rows ends",
                        "spreading labels over the parts begins",
                        "spreading labels over the parts ends",
                        "spreading labels over the parts begins",
                        "spreading labels over the parts ends");
    }

    @Test
    void rareCombinationsAreSpreadToo() {
        HeadSet heads = HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"), Head.singleLabel("type", "SUV", "Van"));
        List<Labels> labels = new ArrayList<>();
        for (int row = 0; row < 400; row++) { // 10 Audi SUV, 190 Audi Van, 190 BMW SUV, 10 BMW Van
            labels.add(Labels.builder(heads)
                    .setIndex("brand", row < 200 ? 0 : 1)
                    .setIndex("type", row < 10 || row >= 210 ? 0 : 1)
                    .build());
        }
        for (long seed = 0; seed < 10; seed++) {
            List<Labels> validation = fifth(labels).optSeed(seed).build().select("validation", labels);
            assertThat(validation.stream().filter(row -> row.index("brand") == 0 && row.index("type") == 0))
                    .hasSizeBetween(1, 3);
            assertThat(validation.stream().filter(row -> row.index("brand") == 1 && row.index("type") == 1))
                    .hasSizeBetween(1, 3);
        }
    }

    @Test
    void aHundredThousandRowsWithAHundredTagsAreNoTrouble() {
        HeadSet heads = HeadSet.of(Head.multiLabel("tags", Rows.names("tag ", 100)));
        Random random = new Random(1);
        List<Labels> labels = new ArrayList<>();
        int[] totals = new int[100];
        for (int row = 0; row < 100_000; row++) {
            List<String> tags = new ArrayList<>();
            for (int tag = 0; tag < 100; tag++) {
                if (random.nextDouble() < 0.6 / (1 + tag)) {
                    tags.add("tag " + tag);
                    totals[tag]++;
                }
            }
            labels.add(Labels.builder(heads).set("tags", tags).build());
        }
        DataSplit split = fifth(labels).build();
        assertThat(split).hasToString("train 80000, validation 20000");
        List<Labels> validation = split.select("validation", labels);
        int[] counts = new int[100];
        validation.forEach(row -> row.indices("tags").forEach(tag -> counts[tag]++));
        for (int tag = 0; tag < 100; tag++) {
            assertThat((double) counts[tag]).as("tag " + tag).isCloseTo(0.2 * totals[tag], within(10.0));
        }
    }

    @Test
    void moreLabelsThanPairsCanBeCountedOfAreSpreadOneByOne() {
        Labels many = Labels.builder(HeadSet.of(Head.multiLabel("tags", Rows.names("tag ", 200))))
                .set("tags", Rows.names("tag ", 200))
                .build();
        assertThat(fifth(Collections.nCopies(300, many)).build()).hasToString("train 240, validation 60");
    }

    @Test
    void theSameSeedGivesTheSameSplitAndAnotherSeedAnother() {
        List<Labels> labels = Rows.cars(200, 1);
        DataSplit split = fifth(labels).optSeed(5).build();
        assertThat(fifth(labels).optSeed(5).build()).isEqualTo(split).hasSameHashCodeAs(split);
        assertThat(fifth(labels).optSeed(6).build()).isNotEqualTo(split);
    }

    @Test
    void foldsTakeTurns() {
        List<Labels> labels = Rows.cars(103, 1);
        DataSplit folds = DataSplit.builder().setLabels(labels).optFolds(5).build();
        assertThat(folds.parts()).containsExactly("fold 1", "fold 2", "fold 3", "fold 4", "fold 5");
        for (String fold : folds.parts()) {
            assertThat(folds.select(fold, labels)).hasSizeBetween(20, 21);
            assertThat(folds.selectOthers(fold, labels)).hasSizeBetween(82, 83);
        }
    }

    @Test
    void groupsStayWhole() {
        List<String> cars = new ArrayList<>(Rows.names("car ", 30));
        cars.addAll(Rows.names("car ", 30));
        cars.addAll(Arrays.asList(null, "", " ", null));
        List<Labels> labels = Rows.cars(64, 3);
        DataSplit split = fifth(labels).addGroups(cars).build();
        for (int row = 0; row < 30; row++) {
            assertThat(split.part(row)).isEqualTo(split.part(row + 30));
        }
        assertThat(split.rows("validation")).hasSizeBetween(12, 14);
    }

    @Test
    void rowsWithoutAGroupStandAlone() {
        List<String> none = Arrays.asList(null, "", " ", null, null, null, "", "", "", "");
        assertThat(fifth(Rows.same(10)).addGroups(none).build()).hasToString("train 8, validation 2");
    }

    @Test
    void severalGroupingsKeepTogetherWhatAnyOfThemConnects() {
        List<String> cars = Arrays.asList("x", "x", null, null, null, null, null, null, null, null);
        List<String> bytes = Arrays.asList(null, "1f", "1f", "2a", null, null, "2a", null, null, null);
        for (long seed = 0; seed < 20; seed++) {
            DataSplit split = fifth(Rows.same(10))
                    .addGroups(cars)
                    .addGroups(bytes)
                    .optSeed(seed)
                    .build();
            assertThat(List.of(split.part(0), split.part(1), split.part(2))).containsOnly(split.part(0));
            assertThat(split.part(3)).isEqualTo(split.part(6));
        }
    }

    @Test
    void aGroupLargerThanItsShareIsToldOf() {
        List<String> groups = new ArrayList<>(Rows.names("car ", 10));
        for (int row = 0; row < 90; row++) {
            groups.add("fleet");
        }
        DataSplit split = fifth(Rows.cars(100, 1)).addGroups(groups).build();
        assertThat(split).hasToString("train 90, validation 10");
        assertThat(split.warnings())
                .filteredOn(warning -> warning.kind() == Finding.Kind.PART_SIZE)
                .extracting(Finding::message)
                .containsExactly(
                        "part 'train' has 90 of 100 rows (90.0 %) where 80.0 % were asked: groups stay whole, and the"
                                + " largest has 90 rows",
                        "part 'validation' has 10 of 100 rows (10.0 %) where 20.0 % were asked: groups stay whole, and"
                                + " the largest has 90 rows");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void groupsLargerThanAPartGiveItAWholeOne(boolean stratified) {
        List<String> sessions = new ArrayList<>();
        for (int row = 0; row < 500; row++) {
            sessions.add("session " + row / 100);
        }
        DataSplit split = DataSplit.builder()
                .setLabels(Rows.cars(500, 1))
                .addPart("train", 0.8)
                .addPart("validation", 0.1)
                .addPart("test", 0.1)
                .addGroups("column 'session'", sessions)
                .optStratified(stratified)
                .build();
        assertThat(split).hasToString("train 300, validation 100, test 100");
        assertThat(split.warnings())
                .extracting(Finding::message)
                .contains("part 'test' has 100 of 500 rows (20.0 %) where 10.0 % were asked: groups (column 'session')"
                        + " stay whole, and the largest has 100 rows");
    }

    @Test
    void aPartThatNoGroupIsLeftForIsAnErrorWithNamesAndSizes() {
        List<String> cars = new ArrayList<>(Collections.nCopies(25, "a"));
        cars.addAll(Collections.nCopies(15, "b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSplit.builder()
                        .setLabels(Rows.cars(40, 1))
                        .addPart("train", 0.8)
                        .addPart("validation", 0.1)
                        .addPart("test", 0.1)
                        .addGroups("column 'car'", cars)
                        .build())
                .withMessageContaining("2 groups of rows cannot fill 3 parts [train, validation, test]; ask for fewer"
                        + " parts, or give more data. The 40 rows are in groups of 25, 15: groups (column 'car') stay"
                        + " whole");
    }

    @Test
    void aThousandTagsAreSpreadInBoundedWork() {
        HeadSet heads = HeadSet.of(Head.multiLabel("tags", Rows.names("tag ", 1_000)));
        Random random = new Random(2);
        List<Labels> labels = new ArrayList<>();
        for (int row = 0; row < 1_500; row++) {
            List<String> tags = new ArrayList<>();
            for (int tag = random.nextInt(12); tag > 0; tag--) {
                tags.add("tag " + (int) (1_000 * Math.pow(random.nextDouble(), 3)));
            }
            labels.add(Labels.builder(heads).set("tags", tags).build());
        }
        DataSplit split = fifth(labels).build();
        assertThat(split).hasToString("train 1200, validation 300");
        for (String tag : List.of("tag 0", "tag 1", "tag 5", "tag 50", "tag 300")) {
            double all = Rows.count(split, "train", labels, "tags", tag)
                    + Rows.count(split, "validation", labels, "tags", tag);
            assertThat((double) Rows.count(split, "validation", labels, "tags", tag))
                    .as(tag)
                    .isCloseTo(all * 0.2, within(2 + 0.01 * all));
        }
    }

    @Test
    void rowsWithoutAnyLabelAreSpreadEvenly() {
        List<Labels> labels = new ArrayList<>(Rows.same(50));
        labels.addAll(Rows.tags("?", "?", "?", "?", "?", "?", "?", "?", "?", "?"));
        DataSplit split = fifth(labels).build();
        assertThat(split.select("validation", labels).stream().filter(row -> row.isMissing("tags")))
                .hasSize(2);
    }

    @Test
    void whereNothingIsKnownRowsAreDrawnByLotAndThatIsTold() {
        DataSplit split = fifth(Rows.tags("?", "?", "?", "?", "?")).build();
        assertThat(split).hasToString("train 4, validation 1");
        assertThat(split.warnings()).extracting(Finding::kind).containsExactly(Finding.Kind.NO_LABELS);
    }

    @Test
    void withoutStratificationOnlySizesCount() {
        List<Labels> labels = Rows.tags("a", "b", "a", "a b", "a", "a", "", "a", "a", "");
        List<String> whereBIs = new ArrayList<>();
        for (long seed = 0; seed < 40; seed++) {
            DataSplit split = fifth(labels).optStratified(false).optSeed(seed).build();
            assertThat(split).hasToString("train 8, validation 2");
            whereBIs.add(split.part(1) + " " + split.part(3));
        }
        assertThat(whereBIs).contains("train train", "train validation", "validation train");
    }

    @Test
    void noPartIsEmptyIfThereAreRowsEnough() {
        for (int rows = 3; rows < 12; rows++) {
            DataSplit split = DataSplit.builder()
                    .setLabels(Rows.same(rows))
                    .addPart("test", 0.05)
                    .addPart("train", 0.9)
                    .addPart("validation", 0.05)
                    .build();
            assertThat(split.parts())
                    .allSatisfy(part -> assertThat(split.rows(part)).isNotEmpty());
        }
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSplit.builder()
                        .addPart("train", 1)
                        .addPart("train", Double.NaN)
                        .addPart(" ", 0)
                        .build())
                .withMessage(
                        """
                        cannot split:
                        - setLabels is missing: pass the labels of the rows
                        - addPart("train", 1.0): the ratio must be above 0 and below 1
                        - addPart("train", NaN): there is such a part already
                        - addPart("train", NaN): the ratio must be above 0 and below 1
                        - addPart( , 0.0): give the part a name
                        - addPart(" ", 0.0): the ratio must be above 0 and below 1""");
    }

    @Test
    void ratiosMustAddUpToOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSplit.builder()
                        .setLabels(Rows.same(10))
                        .addPart("train", 0.8)
                        .addPart("validation", 0.1)
                        .build())
                .withMessageContaining("the ratios [0.8, 0.1] add up to 0.9000, not 1");
        assertThat(DataSplit.builder()
                        .setLabels(Rows.same(9))
                        .addPart("a", 0.333)
                        .addPart("b", 0.333)
                        .addPart("c", 0.333)
                        .build())
                .hasToString("a 3, b 3, c 3");
    }

    @Test
    void moreFoldsThanRowsOrGroupsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        DataSplit.builder().setLabels(Rows.same(4)).optFolds(5).build())
                .withMessageContaining("4 rows cannot fill 5 parts (optFolds(5)); ask for fewer parts");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        fifth(Rows.same(3)).addGroups(List.of("x", "x", "x")).build())
                .withMessageContaining("1 groups of rows cannot fill 2 parts");
    }

    @Test
    void rowsThatDoNotFitTogetherAreRefused() {
        HeadSet other = HeadSet.of(Head.singleLabel("type", "SUV", "Van"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fifth(List.of(Rows.same(1).get(0), Labels.missing(other)))
                        .addGroups(List.of("x"))
                        .build())
                .withMessageContainingAll(
                        "row 1 (counted from 0) has the heads [type], the first row [tags]",
                        "addGroups: got 1 groups for 2 rows");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> fifth(Arrays.asList(Rows.same(1).get(0), null)).build())
                .withMessageContaining("row 1 (counted from 0) is null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fifth(List.of()).build())
                .withMessageContaining("there are no rows to split");
    }

    @Test
    void foldsAndPartsExcludeEachOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fifth(Rows.same(10)).optFolds(1).build())
                .withMessageContainingAll("optFolds(1) and addPart exclude each other", "optFolds(1): at least 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSplit.builder().setLabels(Rows.same(10)).build())
                .withMessageContaining("got the parts [], at least 2 are needed");
    }
}
