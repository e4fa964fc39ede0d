package io.github.multilabel.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.image.Resizer;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.Split;
import io.github.multilabel.data.TestImages;
import io.github.multilabel.data.split.DataSplit;
import io.github.multilabel.data.split.SplitFile;
import io.github.multilabel.testsupport.StandardError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every option about the split has an effect, or is told of. */
class SplitOptionsTest {

    @TempDir
    Path folder;

    private ImageTableBuilder table(int rows, String columns, IntFunction<String> cells) throws IOException {
        StringBuilder text = new StringBuilder("file,brand,").append(columns).append('\n');
        for (int row = 0; row < rows; row++) {
            text.append(row).append(".jpg,").append(row % 2 == 0 ? "Audi" : "BMW");
            text.append(',').append(cells.apply(row)).append('\n');
        }
        return ImageTable.of(TableFile.of(Files.writeString(folder.resolve("cars.csv"), text)))
                .addHead("brand");
    }

    /** Ten cars of four photos, of which the last is for validation. */
    private ImageTableBuilder tornCars() throws IOException {
        return table(40, "split,car", row -> (row % 4 == 3 ? "val" : "train") + ",car " + row / 4);
    }

    /** What building a table writes to the log. */
    private static String log(ImageTableBuilder builder) throws IOException {
        return StandardError.during(builder::build);
    }

    @Test
    void groupsThatASplitColumnTearsApartAreAFinding() throws IOException {
        ImageTable table =
                tornCars().optSplitColumn("split").optGroupColumn("car").build();
        assertThat(table.check().of(Kind.GROUP_ACROSS_PARTS)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
            assertThat(finding.rows()).hasSize(40);
            assertThat(finding.message())
                    .startsWith("column 'car': 10 of 10 groups are in train and in validation: 'car 0', 'car 1', 'car"
                            + " 2', 'car 3' and 6 more");
        });
    }

    @Test
    void groupsThatASplitColumnTearsApartAreToldOfWhenTheTableIsRead() throws IOException {
        assertThat(log(tornCars().optSplitColumn("split").optGroupColumn("car")))
                .contains("WARN", "- warning: column 'car': 10 of 10 groups are in train and in validation");
    }

    @Test
    void onlyTheGroupsThatAreTornApartAreTold() throws IOException {
        ImageTable table = table(12, "split,car", row -> switch (row) {
                    case 0, 1 -> "train,a";
                    case 2 -> "train,b";
                    case 3 -> "val,b";
                    case 4 -> "val,c";
                    case 5 -> "test,c";
                    case 6 -> "test,";
                    default -> "train,";
                })
                .optSplitColumn("split")
                .optGroupColumn("car")
                .build();
        assertThat(table.check().of(Kind.GROUP_ACROSS_PARTS))
                .extracting(Finding::rows, finding -> finding.message().split(";")[0])
                .containsExactly(
                        tuple(List.of(2, 3), "column 'car': 1 of 3 groups are in train and in validation: 'b'"),
                        tuple(List.of(4, 5), "column 'car': 1 of 3 groups are in validation and in test: 'c'"));
    }

    @Test
    void groupsAreCheckedInASplitThatCodeBrings() throws IOException {
        ImageTable table = tornCars().optGroupColumn("car").build();
        DataSplit torn = DataSplit.byName(IntStream.range(0, 40)
                .mapToObj(row -> row % 3 > 0 ? "train" : "validation")
                .toList());
        assertThat(table.split(torn).check().of(Kind.GROUP_ACROSS_PARTS)).isNotEmpty();
        DataSplit whole = DataSplit.builder()
                .setLabels(
                        table.samples().stream().map(sample -> sample.labels()).toList())
                .addPart("train", 0.5)
                .addPart("validation", 0.5)
                .addGroups(cars())
                .build();
        assertThat(table.split(whole).check().of(Kind.GROUP_ACROSS_PARTS)).isEmpty();
    }

    private static List<String> cars() {
        return IntStream.range(0, 40).mapToObj(row -> "car " + row / 4).toList();
    }

    @Test
    void aSplitThatIsDrawnTearsNoGroup() throws IOException {
        ImageTable table = tornCars().optValidation(0.2).optGroupColumn("car").build();
        assertThat(table.check().of(Kind.GROUP_ACROSS_PARTS)).isEmpty();
    }

    @Test
    void everyRowIsHeldOutOnceInFoldsThatTearNoGroupAndHaveTheSameHeads() throws IOException {
        StringBuilder text = new StringBuilder("file,colour,car\n");
        for (int row = 0; row < 24; row++) {
            text.append(row)
                    .append(row % 3 == 0 ? ".jpg,red,car" : ".jpg,blue,car")
                    .append(row / 2)
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("folds.csv"), text);
        ImageTable table = ImageTable.csv(file, folder)
                .addHead("colour")
                .optGroupColumn("car")
                .optDuplicatesTogether(false)
                .optFolds(4)
                .build();

        List<ImageTable> folds = table.folds();

        assertThat(folds).hasSize(4);
        assertThat(folds).allSatisfy(fold -> {
            assertThat(fold.heads()).isEqualTo(table.heads());
            assertThat(fold.samples(Split.TRAIN).size())
                    .isEqualTo(24 - fold.samples(Split.VALIDATION).size());
            assertThat(fold.split().orElseThrow().rows("validation"))
                    .allMatch(row -> fold.split().orElseThrow().part(row ^ 1).equals("validation"));
        });
        assertThat(folds.stream().flatMap(fold -> fold.samples(Split.VALIDATION).stream()))
                .extracting(Sample::origin)
                .containsExactlyInAnyOrderElementsOf(
                        table.samples().stream().map(Sample::origin).toList());
    }

    @Test
    void aGroupColumnWithoutASplitIsToldOf() throws IOException {
        assertThat(log(tornCars().optGroupColumn("car")))
                .contains("optGroupColumn(\"car\") has no effect, the table is not split");
    }

    @Test
    void aGroupColumnThatKeepsNothingTogetherIsToldOf() throws IOException {
        assertThat(log(table(10, "id,note", row -> row + ",").optValidation(0.2).optGroupColumn("id")))
                .contains("column 'id' keeps no rows together: no two of the 10 rows that name a group name the same");
        assertThat(log(table(10, "id,note", row -> row + ",").optValidation(0.2).optGroupColumn("note")))
                .contains("column 'note' keeps no rows together: all of its cells are empty");
    }

    @Test
    void textsForMissingLabelsNameNoGroup() throws IOException {
        ImageTable table = table(40, "car", row -> row < 20 ? "NA" : "car " + row / 2)
                .optGroupColumn("car")
                .optMissingValues("NA")
                .optValidation(0.2)
                .build();
        assertThat(table.split()).hasToString("Optional[train 32, validation 8]");
    }

    @Test
    void groupsLargerThanThePartGiveAWholeGroupAndAWarning() throws IOException {
        ImageTable table = table(40, "colour", row -> row < 20 ? "red" : "blue")
                .optValidation(0.1)
                .optGroupColumn("colour")
                .build();
        DataSplit split = table.split().orElseThrow();
        assertThat(split).hasToString("train 20, validation 20");
        assertThat(split.warnings())
                .filteredOn(warning -> warning.kind() == Finding.Kind.PART_SIZE)
                .anySatisfy(warning -> assertThat(warning.message())
                        .startsWith(
                                "part 'validation' has 20 of 40 rows (50.0 %) where 10.0 % were asked: groups (column"
                                        + " 'colour'"));
    }

    @Test
    void aColumnOfOneGroupIsAnErrorThatNamesIt() throws IOException {
        ImageTableBuilder builder =
                table(40, "fleet", row -> "all").optValidation(0.1).optGroupColumn("fleet");
        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContainingAll(
                        "1 groups of rows cannot fill 2 parts [train, validation]", "groups of 40", "column 'fleet'");
    }

    @Test
    void optionsOfTheDrawWithoutADrawAreToldOf() throws IOException {
        assertThat(tornCars().optSplitColumn("split").optSeed(3).withoutEffect())
                .containsExactly("optSeed(3) has no effect: column 'split' says the split");
        assertThat(tornCars().optDuplicatesTogether(false).optSeed(0).withoutEffect())
                .containsExactly(
                        "optSeed(0) has no effect: no split is drawn; say how with optValidation(0.2)",
                        "optDuplicatesTogether(false) has no effect: no split is drawn; say how with"
                                + " optValidation(0.2)");
        assertThat(tornCars()
                        .optTest(0.2)
                        .optDuplicatesTogether(true)
                        .optSeed(5)
                        .withoutEffect())
                .isEmpty();
    }

    @Test
    void copiesStayTogetherUnlessToldOtherwise() throws IOException {
        for (int row = 0; row < 20; row++) { // 0 and 1 are the same image, 2 and 3, ...
            Files.write(folder.resolve(row + ".jpg"), TestImages.png(TestImages.plain(9, 9, row / 2)));
        }
        ImageTableBuilder halves = table(20, "x", row -> "").optValidation(0.5);
        assertThat(tornPairs(splitOf(halves), 10)).as("by default").isZero();
        assertThat(tornPairs(splitOf(halves.optDuplicatesTogether(false)), 10)).isPositive();
        assertThat(tornPairs(splitOf(halves.optDuplicatesTogether(true)), 10)).isZero();
    }

    private static long tornPairs(DataSplit split, int pairs) {
        return IntStream.range(0, pairs)
                .filter(pair -> !split.part(2 * pair).equals(split.part(2 * pair + 1)))
                .count();
    }

    @Test
    void imagesThatLookTheSameStayTogetherIfAsked() throws IOException {
        for (int row = 0; row < 40; row++) { // 0 and 1 are one photo in two sizes, 2 and 3, ...
            int side = row % 2 == 0 ? 64 : 48;
            Files.write(
                    folder.resolve(row + ".jpg"),
                    TestImages.png(Resizer.resize(clouds(row / 2), side, side, Interpolation.BILINEAR)));
        }
        assertThat(tornPairs(splitOf(table(40, "x", row -> "").optValidation(0.5)), 20))
                .as("of the same bytes alone")
                .isPositive();
        assertThat(tornPairs(
                        splitOf(table(40, "x", row -> "").optValidation(0.5).optSimilarTogether()), 20))
                .isZero();
        assertThat(tornPairs(
                        splitOf(table(40, "x", row -> "")
                                .optValidation(0.5)
                                .optHashedSplit()
                                .optSimilarTogether()),
                        20))
                .as("by hash")
                .isZero();
        assertThat(tornCars().optSimilarTogether().withoutEffect())
                .containsExactly(
                        "optSimilarTogether() has no effect: no split is drawn; say how with optValidation(0.2)");
    }

    private static Pixels clouds(long seed) {
        byte[] rgb = new byte[8 * 8 * Pixels.CHANNELS];
        new Random(seed).nextBytes(rgb);
        return new Pixels(8, 8, rgb);
    }

    @Test
    void aShareOfNothingIsRefused() throws IOException {
        ImageTableBuilder builder = tornCars().optValidation(0).optTest(0);
        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContainingAll(
                        "optValidation(0.0): a fraction of the rows, above 0 and below 1; leave it out to draw none",
                        "optTest(0.0)");
    }

    @Test
    void aSplitColumnInWhichNothingTrainsIsToldOf() throws IOException {
        assertThat(log(table(4, "used", row -> row < 2 ? "TRUE" : "FALSE").optSplitColumn("used")))
                .contains("no row of the split column 'used' says train: its parts are [TRUE, FALSE]");
    }

    @Test
    void imagesThatCannotBeReadAreToldOfBecauseTheirCopiesAreNotFound() throws IOException {
        for (int row = 1; row < 10; row++) {
            Files.write(folder.resolve(row + ".jpg"), TestImages.png(TestImages.plain(9, 9, row)));
        }
        assertThat(log(table(10, "x", row -> "").optValidation(0.2)))
                .contains("WARN", "- warning: 1 of 10 images could not be read, the first is cars.csv line 2: ")
                .contains("their copies were not looked for, and once they can be read the same seed may give another");
        Files.write(folder.resolve("0.jpg"), TestImages.png(TestImages.plain(9, 9, 77)));
        assertThat(log(table(10, "x", row -> "").optValidation(0.2))).doesNotContain("could not be read");
    }

    @Test
    void copiesAcrossPartsAreFoundAlsoWhereNoPartTrains() throws IOException {
        byte[] image = TestImages.png(TestImages.pattern(30, 40));
        for (int row = 0; row < 2; row++) {
            Files.write(folder.resolve(row + ".jpg"), image);
        }
        ImageTable table =
                table(2, "fold", row -> "fold " + row).optSplitColumn("fold").build();
        assertThat(table.check().of(Kind.DUPLICATE_ACROSS_PARTS)).hasSize(1);
    }

    @Test
    void aSplitThatWasWrittenIsTakenAgainAfterALabelWasCorrectedAndThePhotosWereMoved() throws IOException {
        Path before = cars(folder.resolve("before"), "red");
        Path after = cars(folder.resolve("after/elsewhere"), "blue");
        Path file = folder.resolve("split.csv");
        ImageTable drawn = read(before).optValidation(0.3).build();
        drawn.writeSplit(file);

        ImageTable again = read(after).build().split(file);

        assertThat(again.split()).isEqualTo(drawn.split()).isPresent();
        assertThat(again.samples().get(0).labels())
                .isNotEqualTo(drawn.samples().get(0).labels());
        assertThat(Files.readString(file))
                .contains("row,part\n", "0.png,train", "\n")
                .doesNotContain(folder.toString());
    }

    @Test
    void aTableThatGrewKeepsTheSplitOfAFileAndTrainsOnWhatCame() throws IOException {
        Path table = cars(folder, "red");
        Path file = folder.resolve("split.csv");
        DataSplit drawn = splitOf(read(table).optValidation(0.3));
        SplitFile.write(
                file,
                drawn,
                IntStream.range(0, 40).mapToObj(row -> row + ".png").toList());
        Files.writeString(table, Files.readString(table) + "40.png,red\n");

        ImageTable grown = read(table).optSplitFile(file).build();

        DataSplit kept = grown.split().orElseThrow();
        assertThat(kept.rows("validation")).isEqualTo(drawn.rows("validation"));
        assertThat(kept.part(40)).isEqualTo("train");
        assertThat(grown.summary())
                .contains("- warning: " + file + " lacks rows of the table, which go to 'train': 1 row: '40.png'");
    }

    @Test
    void aSplitFileLeavesNothingToDraw() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(tornCars()
                        .optSplitFile(folder.resolve("split.csv"))
                        .optSplitColumn("split")
                        .optValidation(0.2)::build)
                .withMessageContainingAll(
                        "optSplitColumn excludes optValidation", "optSplitFile excludes optSplitColumn");
        assertThat(tornCars().optSplitFile(Path.of("split.csv")).optSeed(1).withoutEffect())
                .containsExactly("optSeed(1) has no effect: split.csv says the split");
    }

    /** Of an image without copies nothing is known that the split could depend on. */
    @Test
    void anImageThatCannotBeReadMovesNoRowUnlessItHasCopies() throws IOException {
        for (int row = 0; row < 40; row++) {
            Files.write(folder.resolve(row + ".jpg"), TestImages.png(TestImages.plain(9, 9, row)));
        }
        DataSplit before = splitOf(table(40, "x", row -> "").optValidation(0.3));
        Files.delete(folder.resolve("7.jpg"));
        Files.writeString(folder.resolve("8.jpg"), "not an image");
        assertThat(splitOf(table(40, "x", row -> "").optValidation(0.3))).isEqualTo(before);
    }

    private static DataSplit splitOf(ImageTableBuilder table) throws IOException {
        return table.build().split().orElseThrow();
    }

    @Test
    void rowsOfOneImageAreNumberedInASplitFile() throws IOException {
        Path table = cars(folder, "red");
        Files.writeString(table, Files.readString(table) + "3.png,red\n3.png,green\n");
        Path file = folder.resolve("split.csv");
        read(table).optValidation(0.3).build().writeSplit(file);

        assertThat(Files.readString(file)).contains("3.png (2),", "3.png (3),");
        assertThat(read(table).build().split(file).size()).isEqualTo(42);
    }

    private static ImageTableBuilder read(Path table) {
        return ImageTable.csv(table, table.getParent()).addHead("colour");
    }

    /** 40 images in a table, the first of a colour that is given. */
    private static Path cars(Path folder, String first) throws IOException {
        Files.createDirectories(folder);
        StringBuilder rows = new StringBuilder("image,colour\n");
        for (int i = 0; i < 40; i++) {
            Files.write(folder.resolve(i + ".png"), TestImages.png(TestImages.plain(4, 4, i)));
            rows.append(i)
                    .append(".png,")
                    .append(i == 0 ? first : i % 3 == 0 ? "red" : i % 3 == 1 ? "green" : "blue")
                    .append('\n');
        }
        return Files.writeString(folder.resolve("cars.csv"), rows);
    }

    @Test
    void partsOfATrainingAreNoFolds() throws IOException {
        Path file = Files.writeString(
                folder.resolve("parts.csv"),
                "file,colour,part\n1.jpg,red,train\n2.jpg,blue,train\n3.jpg,blue,validation\n");
        ImageTable table = ImageTable.csv(file, folder)
                .addHead("colour")
                .optSplitColumn("part")
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(table::folds)
                .withMessageContaining("[train, validation]")
                .withMessageContaining("optFolds(5)");
    }
}
