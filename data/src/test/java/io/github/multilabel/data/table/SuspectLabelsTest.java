package io.github.multilabel.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.internal.text.LabelText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels that are probably no categories are read, and told of. */
class SuspectLabelsTest {

    @TempDir
    Path folder;

    private ImageTableBuilder table(String... cells) throws IOException {
        List<String> lines = new ArrayList<>(List.of("file,v"));
        for (int i = 0; i < cells.length; i++) {
            lines.add(i + ".jpg,\"" + cells[i].replace("\"", "\"\"") + '"');
        }
        return ImageTable.of(TableFile.of(Files.write(folder.resolve("labels.csv"), lines)));
    }

    private static List<String> messages(ImageTable table, Kind kind) {
        return table.check().of(kind).stream().map(Finding::message).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nan",
                "NaN",
                "NA",
                "N/A",
                "n/a",
                "None",
                "NULL",
                "null",
                "\\N",
                "#N/A",
                "?",
                "-",
                "--",
                "\u2014",
                "unknown",
                "Unknown",
                "<NA>",
                "(null)",
                "[none]",
                "'nan'",
                "n.a.",
                "NaT",
                "undefined",
                "#REF!",
                "#DIV/0!",
                "\uff1f\uff1f",
                "\uff2e\uff21",
                "...",
                "missing",
                "-nan",
                "1.#QNAN",
                "unbekannt",
                "not_applicable",
                "Not-Available",
                "__missing__",
                "NONE.",
                "N/A.",
                "[UNK]",
                "(blank)",
                "#WERT!",
                "#SPILL!",
                "keine Angabe",
                "s/o",
                "\\\\N",
                "\u4e0d\u660e"
            })
    void aWordForNothingIsToldInSummaryAndCheckWithItsCountAndWhatToDo(String word) throws IOException {
        ImageTable table = table("Audi", "BMW", word, word, "Audi").addHead("v").build();
        assertThat(table.heads().get("v").categories()).contains(LabelText.clean(word));
        assertThat(table.summary())
                .contains("warning", "'" + word + "' (2 rows)", "optMissingValues(", "optUsualMissingValues()");
        assertThat(table.check().of(Kind.MISSING_WORDS)).singleElement().satisfies(found -> {
            assertThat(found.rows()).containsExactly(2, 3);
            assertThat(found.message()).contains("'v'", "'" + word + "' (2 rows)");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nancy",
                "NASA",
                "Nana",
                "nonesuch",
                "A-",
                "N",
                "0",
                "-1",
                "nullable",
                "other",
                "C++",
                "blank",
                "empty",
                "#1",
                "+"
            })
    void whatOnlyBeginsLikeOneIsNot(String label) throws IOException {
        ImageTable table = table("Audi", label).addHead("v").build();
        assertThat(messages(table, Kind.MISSING_WORDS)).isEmpty();
        assertThat(table.summary()).doesNotContain("warning");
    }

    @Test
    void aTextThatStandsForMissingDoesSoInAnyCaseAndIsCounted() throws IOException {
        ImageTable table = table("Audi", "BMW", "na", "NA", "Na", "None")
                .addHead("v")
                .optMissingValues("NA")
                .build();
        assertThat(table.heads().get("v").categories()).containsExactly("Audi", "BMW", "None");
        assertThat(table.summary()).contains("missing by your word: 'NA' 1, 'Na' 1, 'na' 1", "'None' (1 row)");
    }

    @Test
    void theUsualWordsCanBeTakenForMissingAllAtOnce() throws IOException {
        ImageTable table = table("Audi", "BMW", "nan", "NULL", "\\N", "?", "<NA>")
                .addHead("v")
                .optUsualMissingValues()
                .build();
        assertThat(table.heads().get("v").categories()).containsExactly("Audi", "BMW");
        assertThat(table.summary())
                .contains("2 rows labelled, 5 missing", "'\\N' 1")
                .doesNotContain("warning");
        assertThat(messages(table, Kind.MISSING_WORDS)).isEmpty();
    }

    @Test
    void aCategoryThatTheUserNamesIsMeant() throws IOException {
        ImageTable table = table("light", "heavy", "none")
                .addHead(HeadColumn.singleLabel("v").withCategories("none", "light", "heavy"))
                .build();
        assertThat(messages(table, Kind.MISSING_WORDS)).isEmpty();
    }

    @Test
    void aTagCanBeAWordForNothing() throws IOException {
        ImageTable table = table("a|nan", "a|b", "b").addTags("v", "|").build();
        assertThat(messages(table, Kind.MISSING_WORDS))
                .singleElement()
                .asString()
                .contains("'nan' (1 row)");
    }

    @Test
    void tagsByAnotherSeparatorAreToldOf() throws IOException {
        ImageTable none = table("a;b", "b", "a;b", "a").addTags("v", "|").build();
        assertThat(messages(none, Kind.WRONG_SEPARATOR))
                .singleElement()
                .asString()
                .contains("'a;b' (2 rows)", "none is by '|'", "addTags(\"v\", \";\")");
        ImageTable mixed = table("a|b", "a;b", "a", "b").addTags("v", "|").build();
        assertThat(messages(mixed, Kind.WRONG_SEPARATOR))
                .singleElement()
                .asString()
                .contains("others are by '|'");
        ImageTable right =
                table("red, dark|old", "old", "red, dark").addTags("v", "|").build();
        assertThat(messages(right, Kind.WRONG_SEPARATOR)).isEmpty();
    }

    @Test
    void tagsThatAreReadAsOneCategoryAreToldOf() throws IOException {
        ImageTable table = table("a|b", "a", "b", "b|a").addHead("v").build();
        assertThat(messages(table, Kind.WRONG_SEPARATOR))
                .singleElement()
                .asString()
                .contains("takes each cell for one category", "addTags(\"v\", \"|\")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=\"Audi\"", "=SUM(A1:A3)", "M\u00c3\u00bcller", "Citro\u00c3\u00abn", "caf\u00e2\u20ac\u2122s",
                "M\ufffdller", "'Audi'", "\"Audi\"", "['a', 'b']", "{'a'}"
            })
    void whatAProgramHasSpoiltIsToldOf(String label) throws IOException {
        ImageTable table = table("Audi", "BMW", label).addHead("v").build();
        assertThat(messages(table, Kind.ODD_LABELS)).singleElement().asString().contains("(1 row)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "M\u00fcller",
                "caf\u00e9",
                "\u00c5ngstr\u00f6m",
                "\u00c3",
                "Rock 'n' Roll",
                "5\" wheel",
                "a=b",
                "\u6c7d\u8f66"
            })
    void namesOfAllKindsAreNotSpoilt(String label) throws IOException {
        ImageTable table = table("Audi", "BMW", label).addHead("v").build();
        assertThat(messages(table, Kind.ODD_LABELS)).isEmpty();
    }

    @Test
    void aLabelThatIsATextIsToldOf() throws IOException {
        ImageTable table = table("a", "b", "x".repeat(3_000)).addHead("v").build();
        assertThat(table.summary()).contains("more than 200 characters").hasSizeLessThan(1_000);
    }

    @Test
    void numbersWrittenInSeveralWaysAreToldOf() throws IOException {
        ImageTable table = table("2012", "2012.0", "1998").addHead("v").build();
        assertThat(messages(table, Kind.SIMILAR_CATEGORIES))
                .singleElement()
                .asString()
                .contains("'2012' and '2012.0' are the same number");
    }

    @Test
    void aSecondTableThatLosesItsLabelsIsAWarningWithWhatWasMeant() throws IOException {
        ImageTable first = table("2", "4", "5").addHead("v").build();
        ImageTable second = table("2.0", "4.0", "2.0", "5")
                .addHead("v")
                .optHeads(first.heads())
                .build();
        assertThat(second.summary())
                .contains("warning: 'v': 3 of 4 rows", "'2.0' in 2 rows (did you mean '2'?)", "did you mean '4'?");
        assertThat(messages(second, Kind.UNKNOWN_LABELS).get(0)).contains("did you mean '2'?");
        ImageTable suvs = table("suv", "coupe").addHead("v").build();
        assertThat(table("SUV", "coupe")
                        .addHead("v")
                        .optHeads(suvs.heads())
                        .build()
                        .summary())
                .contains("'SUV' in 1 row (did you mean 'suv'?)");
    }

    @Test
    void oneNewLabelAmongManyIsNoWarningOfTheSummary() throws IOException {
        ImageTable first = table("a", "b").addHead("v").build();
        String[] cells = new String[30];
        Arrays.fill(cells, "a");
        cells[7] = "new";
        ImageTable second = table(cells).addHead("v").optHeads(first.heads()).build();
        assertThat(second.summary()).contains("1 row has a label that is none").doesNotContain("warning");
    }

    @Test
    void givenCategoriesThatAreOneOnceCleanedAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table("Audi", "BMW")
                        .addHead(HeadColumn.singleLabel("v").withCategories("Audi", "Audi ", "BMW"))
                        .build())
                .withMessageContainingAll("'Audi' and 'Audi '", "name each once");
    }

    @Test
    void aModelWhoseCategoriesAreOneOnceCleanedStillReadsTables() throws IOException {
        HeadSet saved = HeadSet.of(Head.singleLabel("v", "SUV\u200e", "SUV", "Van"));
        ImageTable table =
                table("SUV", "SUV\u200e", "Van").addHead("v").optHeads(saved).build();
        assertThat(table.samples())
                .extracting(sample -> sample.labels().index("v"))
                .containsExactly(1, 1, 2);
    }

    @Test
    void aSplitColumnThatNamesNoTrainingRowsIsToldOf() throws IOException {
        Path csv = Files.writeString(folder.resolve("split.csv"), "file,v,is_valid\n1.jpg,a,FALSE\n2.jpg,b,TRUE\n");
        ImageTable table = ImageTable.of(TableFile.of(csv))
                .addHead("v")
                .optSplitColumn("is_valid")
                .build();
        assertThat(table.summary()).contains("warning", "'is_valid' says train", "[FALSE, TRUE]");
    }

    @Test
    void aColumnThatOneRowOfCodeWritesInAnotherWayIsToldOf() throws IOException {
        ImageTable table = ImageTable.rows(List.of(1, 2, 3), i -> TableRow.of(Path.of(i + ".jpg"))
                        .with(i == 3 ? "Brand" : "brand", i == 1 ? "a" : "b"))
                .addHead("brand")
                .build();
        assertThat(table.summary())
                .contains("warning: the column 'Brand' of 1 rows", "rows row 3", "did you mean 'brand'?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A&amp;B",
                "M&uuml;ller",
                "R&#252;ck",
                "Audi<br>",
                "<b>Audi</b>",
                "caf\\u00e9",
                "M\\xfcller",
                "M%C3%BCller"
            })
    void lettersInTheCodeOfAPageOrAProgramAreToldOf(String label) throws IOException {
        ImageTable table = table("Audi", "BMW", label).addHead("v").build();
        assertThat(messages(table, Kind.ODD_LABELS)).singleElement().asString().contains("'" + label + "'", "A&amp;B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"citt\u00c3\u00a0", "voil\u00c3\u00a0 rouge", "M\u251c\u255dller"})
    void utf8ThatWasReadAsAnotherEncodingIsToldOfWhereBlanksWereCleaned(String label) throws IOException {
        ImageTable table = table("Audi", "BMW", label).addHead("v").build();
        assertThat(messages(table, Kind.ODD_LABELS)).singleElement().asString().contains("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AT&T", "R&D;x", "100%", "IRM\u00c3", "irm\u00e3", "C\\D", "<18", "a < b > c"})
    void signsThatBelongToALabelAreNoCode(String label) throws IOException {
        ImageTable table = table("Audi", "BMW", label).addHead("v").build();
        assertThat(messages(table, Kind.ODD_LABELS)).isEmpty();
    }

    @Test
    void aLabelOfAMegabyteIsNoMessageOfAMegabyte() throws IOException {
        String label = "x".repeat(1_000_000);
        ImageTable table = table("Audi", "BMW", label, label.toUpperCase(Locale.ROOT))
                .addHead("v")
                .optSplitColumn("v")
                .build();
        assertThat(table.summary()).hasSizeLessThan(5_000);
        assertThat(table.check().of(Kind.SIMILAR_CATEGORIES))
                .singleElement()
                .satisfies(found -> assertThat(found.message()).hasSizeLessThan(1_000));
        assertThat(table.check().table()).hasSizeLessThan(10_000);
    }

    @Test
    void anImageNameOfAMegabyteIsNoMessageOfAMegabyte() throws IOException {
        Path csv = Files.writeString(
                folder.resolve("names.csv"), "file,v\na.jpg,a\n" + "x".repeat(1_000_000) + ".jpg,b\n");
        ImageTable table = ImageTable.csv(csv, folder).addHead("v").build();
        assertThat(table.check().table()).hasSizeLessThan(10_000);
    }

    @Test
    void anImageThatDoesNotFitTheHeapDoesNotStopTheSplit() throws IOException {
        ImageSource huge = new ImageSource() {
            @Override
            public String name() {
                return "huge";
            }

            @Override
            public byte[] read() {
                throw new OutOfMemoryError("Java heap space");
            }
        };
        ImageTable table = ImageTable.rows(IntStream.range(0, 6).boxed().toList(), (Integer i) -> TableRow.of(
                                i == 3 ? huge : ImageSource.of("" + i, new byte[] {i.byteValue()}))
                        .with("v", "c" + i % 2))
                .addHead("v")
                .optValidation(0.3)
                .build();
        assertThat(table.size()).isEqualTo(6);
    }
}
