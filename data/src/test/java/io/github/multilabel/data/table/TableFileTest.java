package io.github.multilabel.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.multilabel.data.internal.text.TagSeparator;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which a table can be odd. */
class TableFileTest {

    @TempDir
    Path folder;

    private TableFile csv(String text) throws IOException {
        return csv(text.getBytes(StandardCharsets.UTF_8));
    }

    private TableFile csv(byte[] bytes) throws IOException {
        return TableFile.of(Files.write(folder.resolve("labels.csv"), bytes)).withImageColumn("file");
    }

    /** The brands of all rows. */
    private static List<String> brands(TableFile csv) throws IOException {
        return csv.read(List.of("brand")).stream().map(row -> row.text("brand")).toList();
    }

    private static List<String> origins(TableFile csv) throws IOException {
        return csv.read(List.of()).stream().map(TableRow::origin).toList();
    }

    private void assertRefused(TableFile csv, String... parts) {
        assertThatIOException().isThrownBy(() -> csv.read(List.of("brand"))).satisfies(e -> assertThat(e.getMessage())
                .contains("labels.csv")
                .contains(parts));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void theDelimiterIsFoundOut(String delimiter) throws IOException {
        TableFile csv = csv("file,brand,note\n1.jpg,Audi,\"a,b;c|d\te\"\n2.jpg,BMW,x\n"
                .replace(",", delimiter.equals(",") ? "," : delimiter)
                .replace("a" + delimiter + "b", "a,b"));
        assertThat(brands(csv)).containsExactly("Audi", "BMW");
    }

    @Test
    void tagsWithinCellsAreNotTakenForDelimiters() throws IOException {
        TableFile csv = csv("file;brand\n1.jpg;red|blue|green, large\n2.jpg;red|blue|green, small\n");
        assertThat(brands(csv)).containsExactly("red|blue|green, large", "red|blue|green, small");
    }

    @Test
    void aDelimiterCanBeGiven() throws IOException {
        assertThat(brands(csv("file#brand\n1.jpg#A,B\n").withDelimiter('#'))).containsExactly("A,B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sep=;\n", "sep=;\r\n", "\"sep=;\"\n"})
    void aFirstLineForExcelTellsTheDelimiterAndCountsAsALine(String first) throws IOException {
        TableFile csv = csv(first + "file;brand\n1.jpg;a,b\n");
        assertThat(brands(csv)).containsExactly("a,b");
        assertThat(origins(csv)).containsExactly("labels.csv line 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void everyLineEndIsUnderstood(String end) throws IOException {
        TableFile csv = csv(String.join(end, "file,brand", "1.jpg,Audi", "2.jpg,BMW"));
        assertThat(brands(csv)).containsExactly("Audi", "BMW");
        assertThat(origins(csv)).containsExactly("labels.csv line 2", "labels.csv line 3");
    }

    @Test
    void whatSpreadsheetsWriteIsRead() throws IOException {
        TableFile csv = csv("\ufefffile,brand,note\r\n1.jpg,\"Audi, \"\"S\"\"\",\"two\r\nlines\"\r\n2.jpg,BMW,\r\n");
        assertThat(brands(csv)).containsExactly("Audi, \"S\"", "BMW");
        assertThat(origins(csv))
                .as("physical lines, though a cell has a line break")
                .containsExactly("labels.csv line 2", "labels.csv line 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE"})
    void aByteOrderMarkTellsTheEncoding(String charset) throws IOException {
        TableFile csv = csv("\ufefffile,brand\n1.jpg,\u0160koda \ud83d\ude97\n".getBytes(Charset.forName(charset)));
        assertThat(brands(csv)).containsExactly("\u0160koda \ud83d\ude97");
    }

    @Test
    void anotherEncodingIsToldOfWithItsLineAndCanBeGiven() throws IOException {
        byte[] bytes = "file,brand\n1.jpg,\"a\nb\"\n2.jpg,Citro\u00ebn\n".getBytes(Charset.forName("windows-1252"));
        assertRefused(csv(bytes), "line 4", "0xEB", "UTF-8", "withCharset", "Citro\u00ebn");
        assertThat(brands(csv(bytes).withCharset(Charset.forName("windows-1252"))))
                .containsExactly("a\nb", "Citro\u00ebn");
    }

    @Test
    void textThatEndsWithinACharacterIsToldOf() throws IOException {
        assertRefused(csv(new byte[] {'f', 'i', 'l', 'e', ',', 'b', '\n', (byte) 0xc3}), "line 2", "0xC3");
    }

    @Test
    void utf16WithoutAMarkIsToldOf() throws IOException {
        assertRefused(csv("file,brand\n1.jpg,Audi\n".getBytes(StandardCharsets.UTF_16LE)), "line 1", "UTF-16");
        String text = "file,brand\n1.jpg,M\u00fcller\n";
        assertRefused(csv(text.getBytes(StandardCharsets.UTF_16LE)), "withCharset(StandardCharsets.UTF_16LE)");
        assertRefused(csv(text.getBytes(StandardCharsets.UTF_16BE)), "withCharset(StandardCharsets.UTF_16BE)");
        assertRefused(csv(text.getBytes(Charset.forName("UTF-32LE"))), "withCharset(Charset.forName(\"UTF-32LE\"))");
        assertRefused(csv("a,b\n\u6c7d\u8f66,\u6c7d\u8f66\n".getBytes(StandardCharsets.UTF_16LE)), "UTF_16LE");
        assertThat(brands(csv(text.getBytes(StandardCharsets.UTF_16LE)).withCharset(StandardCharsets.UTF_16LE)))
                .containsExactly("M\u00fcller");
    }

    @Test
    void anEncodingThatIsGivenForPlainLettersIsRefused() throws IOException {
        assertRefused(
                csv("file,brand\n1.jpg,Audi\n".getBytes(StandardCharsets.UTF_8)).withCharset(StandardCharsets.UTF_16),
                "is not UTF-16 text",
                "leave TableFile.withCharset(...) out");
    }

    @Test
    void zerosAtTheEndAreThoseOfACrash() throws IOException {
        assertRefused(csv("file,brand\n1.jpg,Audi\n" + "\0".repeat(512)), "512 bytes of value 0", "crash");
        assertRefused(csv("file,brand\n1.jpg,Au\0di\n"), "line 2", "damaged");
    }

    @Test
    void raggedRowsAreRefusedWithTheirLine() throws IOException {
        assertRefused(csv("file,brand\n1.jpg,\"a\n\nb\"\n2.jpg\n"), "line 5 has 1 cell", "header has 2", "2.jpg");
        assertRefused(csv("file,brand\n1.jpg,Audi\n2.jpg,BMW,M3\n"), "line 3 has 3 cells", "double quotes");
    }

    @Test
    void aQuoteEscapedByABackslashIsRefusedWithItsLine() throws IOException {
        assertRefused(csv("file,brand\n1.jpg,BMW\n2.jpg,\"the \\\"S\\\" class\"\n"), "line 3", "backslash");
        assertRefused(csv("file,brand\n1.jpg,BMW\n2.jpg,\"never closed\n3.jpg,Audi\n"), "line 3");
    }

    @Test
    void aQuoteWithinAPlainCellIsAQuote() throws IOException {
        assertThat(brands(csv("file,brand\n1.jpg,19\" wheels\n"))).containsExactly("19\" wheels");
    }

    @Test
    void aBlankAfterTheDelimiterDoesNotSpoilTheQuotes() throws IOException {
        assertThat(brands(csv("file, brand\n1.jpg, \"a, b\"\n"))).containsExactly("a, b");
    }

    @Test
    void blankLinesAndExcelsEmptyRowsArePassedOver() throws IOException {
        TableFile csv = csv("\n\nfile,brand\n\n1.jpg,Audi\n,\n  \n2.jpg,BMW\n,\n,\n");
        assertThat(brands(csv)).containsExactly("Audi", "BMW");
        assertThat(origins(csv)).containsExactly("labels.csv line 5", "labels.csv line 8");
    }

    @Test
    void emptyFilesAreToldOf() throws IOException {
        assertRefused(csv(""), "is empty");
        assertRefused(csv("\n \n"), "blank lines");
        assertRefused(csv("file,brand\n"), "header (file, brand) and no rows");
        assertRefused(csv("\ufeff"), "blank lines");
    }

    @Test
    void headersLoseTheirBlanks() throws IOException {
        assertThat(brands(csv(" file\u00a0,\" brand \"\n1.jpg,Audi\n"))).containsExactly("Audi");
    }

    @Test
    void aMisspelledColumnIsToldWithWhatIsNear() throws IOException {
        TableFile csv = csv("file,Brand,type\n1.jpg,Audi,SUV\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv.read(List.of("brand")))
                .withMessageContainingAll("labels.csv", "no column 'brand'", "[file, Brand, type]", "'Brand'");
    }

    @Test
    void aColumnThatExistsTwiceIsRefusedOnlyIfItIsAskedFor() throws IOException {
        TableFile csv = csv("file,brand,brand,x,x\n1.jpg,Audi,BMW,,\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv.read(List.of("brand")))
                .withMessageContainingAll("2 columns named 'brand'", "[2, 3]");
        assertThat(csv.read(List.of())).hasSize(1);
    }

    @Test
    void aColumnWithoutANameDoesNoHarm() throws IOException {
        assertThat(brands(csv(",file,brand\n0,1.jpg,Audi\n1,2.jpg,BMW\n"))).containsExactly("Audi", "BMW");
    }

    @Test
    void theImageColumnIsFoundByItsValues() throws IOException {
        TableFile csv = TableFile.of(
                Files.writeString(folder.resolve("labels.csv"), "id,photo,brand\n1,a/1.JPG,Audi\n2,a/2.png,BMW\n"));
        assertThat(csv.read(List.of("brand")))
                .extracting(row -> row.image().name())
                .containsExactly(
                        folder.resolve("a/1.JPG").toString(),
                        folder.resolve("a/2.png").toString());
    }

    @Test
    void anImageColumnThatIsNotClearMustBeNamed() throws IOException {
        Path two = Files.writeString(folder.resolve("two.csv"), "left,right\n1.jpg,2.jpg\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableFile.of(two).read(List.of()))
                .withMessageContainingAll("two.csv", "[left, right]", "withImageColumn");
        Path none = Files.writeString(folder.resolve("none.csv"), "id,brand\n1,Audi\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableFile.of(none).read(List.of()))
                .withMessageContainingAll("none.csv", "no column looks like", "[id, brand]");
        Path list = Files.writeString(folder.resolve("list.csv"), "1.jpg\n2.jpg\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableFile.of(list).read(List.of()))
                .withMessageContainingAll("list.csv", "'1.jpg'", "looks like a row and not like a header");
    }

    @Test
    void otherFilesAreToldByTheirFirstBytes() throws IOException {
        Path xlsx = folder.resolve("labels.csv");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(xlsx))) {
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
        }
        assertRefused(TableFile.of(xlsx), "zip archive", ".xlsx", "CSV UTF-8");
        assertRefused(csv("<!DOCTYPE html>\n<html>"), "HTML");
        assertRefused(csv(new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0}), ".xls");
        assertRefused(csv(new byte[] {0x1f, (byte) 0x8b, 8, 0}), "gzip");
    }

    @Test
    void whatIsNoReadableFileIsToldOf() throws IOException {
        Files.createDirectory(folder.resolve("labels.csv.d"));
        assertRefused(TableFile.of(folder.resolve("labels.csv.d")), "is a folder");
        assertRefused(TableFile.of(folder.resolve("labels.csv")), "no such file");
        Path closed = Files.writeString(folder.resolve("labels.csv"), "file,brand\n1.jpg,Audi\n");
        assumeTrue(closed.toFile().setReadable(false) && !Files.isReadable(closed), "root reads everything");
        assertRefused(TableFile.of(closed), "not readable");
    }

    @Test
    void columnsAreSummarised() throws IOException {
        List<ColumnSummary> columns =
                csv("""
                file,brand,tags,id,note
                1.jpg,Audi,red|new,x1,
                2.jpg,BMW,red,x2,
                3.jpg,Audi,new|red|old,x3,hello
                4.jpg,BMW,,x4,
                5.jpg,Audi,old,x5,
                6.jpg,Audi,old|red,x6,
                7.jpg,Audi,old|red,x7,
                8.jpg,Audi,old|new,x8,
                9.jpg,Audi,red,x9,
                10.jpg,Audi,red,x10,
                11.jpg,Audi,red,x11,
                12.jpg,Audi,red,x12,
                13.jpg,Audi,red,x13,
                """)
                        .columns();
        assertThat(columns.get(0).images()).isTrue();
        assertThat(columns.stream().filter(ColumnSummary::isHeadLike).map(ColumnSummary::name))
                .containsExactly("brand", "tags");
        assertThat(columns.get(2).tags()).contains("|");
        assertThat(columns.get(4).missing()).isEqualTo(12);
        assertThat(columns.get(1).examples()).containsExactly("Audi", "BMW");
    }

    private static List<String> notes(TableFile csv) throws IOException {
        List<String> notes = new ArrayList<>();
        csv.read(List.of("brand"), note -> notes.add(note.message()));
        return notes;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# exported 2024-01-01\n# do not edit\n",
                "# exported, 2024\n\n",
                "#exported,2024\n",
                "sep=,\n# a comment\n",
                "\"# exported; 2024\"\n",
                "##\n"
            })
    void commentsBeforeTheHeaderArePassedOverAndToldOf(String comments) throws IOException {
        TableFile csv = csv(comments + "file,brand\n1.jpg,Audi\n2.jpg,BMW");
        assertThat(brands(csv)).containsExactly("Audi", "BMW");
        long before = comments.lines().count();
        assertThat(origins(csv)).containsExactly("labels.csv line " + (before + 2), "labels.csv line " + (before + 3));
        assertThat(notes(csv)).singleElement().asString().contains("comments before the header", "#");
    }

    @Test
    void aHeaderThatBeginsWithTheSignOfCommentsIsNone() throws IOException {
        assertThat(brands(csv("#,file,brand\n0,1.jpg,Audi\n"))).containsExactly("Audi");
        assertThat(brands(csv("# id,file,brand\n0,1.jpg,Audi\n"))).containsExactly("Audi");
        assertThat(brands(csv("# exported\n#id,file,brand\n0,1.jpg,Audi\n"))).containsExactly("Audi");
        assertThat(notes(csv("#,file,brand\n0,1.jpg,Audi\n"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "[{\"file\":\"1.jpg\"}]~JSON",
                "{ }~JSON",
                "[ [\"a\"] ]~JSON",
                "---\\nfile: 1.jpg~YAML",
                "- file: 1.jpg~YAML"
            })
    void jsonAndYamlAreRecognised(String text, String format) throws IOException {
        assertRefused(csv(text.replace("\\n", "\n")), "no CSV file", format, "export it as CSV");
        assertRefused(csv("\ufeff\n " + text.replace("\\n", "\n")), format);
    }

    @Test
    void allShortRowsAreToldOfAtOnceWithWhatToDo() throws IOException {
        TableFile csv = csv("file,brand,x\n1.jpg,a\n2.jpg,b,c\n3.jpg,b\n4.jpg\n5.jpg,a\n6.jpg,a\n7.jpg,a\n");
        assertRefused(
                csv, "line 2 has 2 cells", "line 4 has 2, line 5 has 1, line 6 has 2, line 7 has 2 and 1 lines more");
        assertRefused(csv, "all its separators");
        assertThatIOException().isThrownBy(() -> brands(csv)).withMessageNotContaining("Put cells that contain");
    }

    @Test
    void separatorsAtTheEndOfRowsDoNoHarmAndAreToldOf() throws IOException {
        TableFile csv = csv("file,brand\n1.jpg,Audi,\n2.jpg,BMW,,\n");
        assertThat(brands(csv)).containsExactly("Audi", "BMW");
        assertThat(notes(csv)).singleElement().asString().contains("2 rows end in more separators");
    }

    @Test
    void aTableThatIsTooLargeIsToldOf() throws IOException {
        Path huge = folder.resolve("labels.csv");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(2_200L << 20); // takes no space
        }
        assertRefused(TableFile.of(huge), "2,200 MB", "at most 2,047 MB");
    }

    @Test
    void equalCellsOfManyRowsAreOneObject() throws IOException {
        List<TableRow> rows = csv("file,brand\n" + "1.jpg,Audi\n".repeat(3)).read(List.of("brand"));
        assertThat(rows.get(2).cell("brand")).isSameAs(rows.get(0).cell("brand"));
    }

    @Test
    void addressesWithAQueryLookLikeImages() throws IOException {
        Path csv = Files.writeString(
                folder.resolve("urls.csv"),
                "id,url\n1,https://example.org/1.jpg?w=200\n2,HTTPS://example.org/2.png#x\n");
        assertThat(TableFile.of(csv).read(List.of())).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "16,50 17,50 16,99~",
                "0,3,7,5 1,2,3,4 0,2,9,9~",
                "0;3;7;5 1;2;3;4~",
                "a|b a b|c~|",
                "a;b b;c c~;",
                "1|2|3 1 2|3~|",
                "nice,car nice,old other~"
            })
    void tagsAreToldFromPricesAndBoxes(String values, String separator) {
        assertThat(TagSeparator.of(List.of(values.split(" "))).orElse(null)).isEqualTo(separator);
    }

    @Test
    void columnsForASplitForGroupsAndWordsForNothingAreRecognised() throws IOException {
        StringBuilder text = new StringBuilder("file,brand,split,car\n");
        for (int i = 0; i < 40; i++) {
            text.append(i + ".jpg," + (i % 3 == 0 ? "nan" : "Audi") + "," + (i % 4 == 0 ? "Val set" : "train") + ",c"
                    + i / 2 % 18 + "\n");
        }
        List<ColumnSummary> columns = csv(text.toString()).columns();
        assertThat(columns.get(1).missingWords()).containsExactly("nan");
        assertThat(columns.stream().filter(ColumnSummary::split).map(ColumnSummary::name))
                .containsExactly("split");
        assertThat(columns.stream().filter(ColumnSummary::isHeadLike).map(ColumnSummary::name))
                .contains("brand")
                .doesNotContain("split");
    }
}
