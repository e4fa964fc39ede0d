package io.github.multilabel.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which a table can be odd. */
class CsvFileTest {

    @TempDir
    Path folder;

    private CsvFile csv(String text) throws IOException {
        return csv(text.getBytes(StandardCharsets.UTF_8));
    }

    private CsvFile csv(byte[] bytes) throws IOException {
        return CsvFile.of(Files.write(folder.resolve("labels.csv"), bytes)).withImageColumn("file");
    }

    /** The brands of all rows. */
    private static List<String> brands(CsvFile csv) throws IOException {
        return csv.read(List.of("brand")).stream().map(row -> row.text("brand")).toList();
    }

    private static List<String> origins(CsvFile csv) throws IOException {
        return csv.read(List.of()).stream().map(TableRow::origin).toList();
    }

    private void assertRefused(CsvFile csv, String... parts) {
        assertThatIOException().isThrownBy(() -> csv.read(List.of("brand"))).satisfies(e -> assertThat(e.getMessage())
                .contains("labels.csv")
                .contains(parts));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void theDelimiterIsFoundOut(String delimiter) throws IOException {
        CsvFile csv = csv("file,brand,note\n1.jpg,Audi,\"a,b;c|d\te\"\n2.jpg,BMW,x\n"
                .replace(",", delimiter.equals(",") ? "," : delimiter)
                .replace("a" + delimiter + "b", "a,b"));
        assertThat(brands(csv)).containsExactly("Audi", "BMW");
    }

    @Test
    void tagsWithinCellsAreNotTakenForDelimiters() throws IOException {
        CsvFile csv = csv("file;brand\n1.jpg;red|blue|green, large\n2.jpg;red|blue|green, small\n");
        assertThat(brands(csv)).containsExactly("red|blue|green, large", "red|blue|green, small");
    }

    @Test
    void aDelimiterCanBeGiven() throws IOException {
        assertThat(brands(csv("file#brand\n1.jpg#A,B\n").withDelimiter('#'))).containsExactly("A,B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sep=;\n", "sep=;\r\n", "\"sep=;\"\n"})
    void aFirstLineForExcelTellsTheDelimiterAndCountsAsALine(String first) throws IOException {
        CsvFile csv = csv(first + "file;brand\n1.jpg;a,b\n");
        assertThat(brands(csv)).containsExactly("a,b");
        assertThat(origins(csv)).containsExactly("labels.csv line 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void everyLineEndIsUnderstood(String end) throws IOException {
        CsvFile csv = csv(String.join(end, "file,brand", "1.jpg,Audi", "2.jpg,BMW"));
        assertThat(brands(csv)).containsExactly("Audi", "BMW");
        assertThat(origins(csv)).containsExactly("labels.csv line 2", "labels.csv line 3");
    }

    @Test
    void whatSpreadsheetsWriteIsRead() throws IOException {
        CsvFile csv = csv("\ufefffile,brand,note\r\n1.jpg,\"Audi, \"\"S\"\"\",\"two\r\nlines\"\r\n2.jpg,BMW,\r\n");
        assertThat(brands(csv)).containsExactly("Audi, \"S\"", "BMW");
        assertThat(origins(csv))
                .as("physical lines, though a cell has a line break")
                .containsExactly("labels.csv line 2", "labels.csv line 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE"})
    void aByteOrderMarkTellsTheEncoding(String charset) throws IOException {
        CsvFile csv = csv("\ufefffile,brand\n1.jpg,\u0160koda \ud83d\ude97\n".getBytes(Charset.forName(charset)));
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
        CsvFile csv = csv("\n\nfile,brand\n\n1.jpg,Audi\n,\n  \n2.jpg,BMW\n,\n,\n");
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
        CsvFile csv = csv("file,Brand,type\n1.jpg,Audi,SUV\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv.read(List.of("brand")))
                .withMessageContainingAll("labels.csv", "no column 'brand'", "[file, Brand, type]", "'Brand'");
    }

    @Test
    void aColumnThatExistsTwiceIsRefusedOnlyIfItIsAskedFor() throws IOException {
        CsvFile csv = csv("file,brand,brand,x,x\n1.jpg,Audi,BMW,,\n");
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
        CsvFile csv = CsvFile.of(
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
                .isThrownBy(() -> CsvFile.of(two).read(List.of()))
                .withMessageContainingAll("two.csv", "[left, right]", "withImageColumn");
        Path none = Files.writeString(folder.resolve("none.csv"), "id,brand\n1,Audi\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsvFile.of(none).read(List.of()))
                .withMessageContainingAll("none.csv", "no column looks like", "[id, brand]");
    }

    @Test
    void otherFilesAreToldByTheirFirstBytes() throws IOException {
        Path xlsx = folder.resolve("labels.csv");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(xlsx))) {
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
        }
        assertRefused(CsvFile.of(xlsx), "zip archive", ".xlsx", "CSV UTF-8");
        assertRefused(csv("<!DOCTYPE html>\n<html>"), "HTML");
        assertRefused(csv(new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0}), ".xls");
        assertRefused(csv(new byte[] {0x1f, (byte) 0x8b, 8, 0}), "gzip");
    }

    @Test
    void whatIsNoReadableFileIsToldOf() throws IOException {
        Files.createDirectory(folder.resolve("labels.csv.d"));
        assertRefused(CsvFile.of(folder.resolve("labels.csv.d")), "is a folder");
        assertRefused(CsvFile.of(folder.resolve("labels.csv")), "no such file");
        Path closed = Files.writeString(folder.resolve("labels.csv"), "file,brand\n1.jpg,Audi\n");
        assumeTrue(closed.toFile().setReadable(false) && !Files.isReadable(closed), "root reads everything");
        assertRefused(CsvFile.of(closed), "not readable");
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
}
