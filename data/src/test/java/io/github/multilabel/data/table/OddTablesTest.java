package io.github.multilabel.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.sources.CheckedSource;
import io.github.multilabel.data.internal.images.ImageFolder;
import io.github.multilabel.data.internal.images.UrlImages;
import io.github.multilabel.data.internal.text.LabelText;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables made up at random, of odd cells in odd dialects: what is well formed is read to the letter, and what is not
 * ends in a sentence and never in another exception than those that the methods name.
 */
class OddTablesTest {

    private static final int TRIALS = Integer.getInteger("hostile.trials", 50);

    private static final List<String> ODD = List.of(
            "",
            " ",
            "Audi",
            "BMW ",
            "\u00a0SUV",
            "SUV\u200e",
            "S\u00adUV",
            "a,b",
            "a;b",
            "a|b",
            "a\tb",
            "say \"hi\"",
            "\"",
            "'x'",
            "two\nlines",
            "two\r\nlines",
            "nan",
            "NULL",
            "\\N",
            "#N/A",
            "?",
            "-",
            "=\"Audi\"",
            "M\u00c3\u00bcller",
            "1",
            "1.0",
            "01",
            "1,0",
            "1e400",
            "-0",
            "\ud83d\udc68\u200d\ud83d\udc69",
            "\u0160koda",
            "S\u030ckoda",
            "\u202etxet",
            "a/../b",
            "<script>",
            "${x}",
            "%s%n",
            "\\",
            "\\\"",
            "# x",
            "--",
            "\ufeffx",
            "\u0000x".substring(1),
            "x".repeat(3_000),
            "\u0130",
            "\u0131",
            "\ufb01",
            "\u1e9e",
            "null",
            "true",
            "TRUE",
            "0x10",
            "1_000",
            "\u0661",
            "['a', 'b']",
            "a||b",
            "|",
            ";",
            ",",
            "train",
            "https://example.org/1.jpg",
            "C:\\x",
            "\u2764\ufe0f");

    private static final List<String> ENDS = List.of("\n", "\r\n", "\r");
    private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");

    @TempDir
    Path folder;

    private final Random random = new Random(1);

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String cell() {
        return random.nextInt(4) > 0
                ? any(ODD)
                : random.ints(random.nextInt(6), 0x20, 0x3000)
                        .filter(c -> c < 0xd800)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    /** A table as a program writes it that knows how; its cells of the column v in order. */
    private String table(List<String> values) {
        String delimiter = any(DELIMITERS);
        String end = any(ENDS);
        StringBuilder text = new StringBuilder();
        if (random.nextInt(4) == 0) {
            text.append("sep=").append(delimiter).append(end);
        }
        for (int comments = random.nextInt(3) - 1; comments > 0; comments--) {
            text.append("# exported by a tool").append(end);
        }
        boolean extra = random.nextBoolean();
        text.append(String.join(delimiter, extra ? List.of("file", "v", "note") : List.of("file", "v")))
                .append(end);
        for (int row = random.nextInt(12) + 1; row > 0; row--) {
            String value = cell();
            values.add(value);
            List<String> cells = new ArrayList<>(List.of(row + ".jpg", quoted(value)));
            if (extra) {
                cells.add(quoted(cell()));
            }
            text.append(String.join(delimiter, cells)).append(end);
            if (random.nextInt(8) == 0) {
                text.append(end);
            }
        }
        return text.toString();
    }

    private static String quoted(String cell) {
        return '"' + cell.replace("\"", "\"\"") + '"';
    }

    private TableFile file(byte[] bytes) throws IOException {
        return TableFile.of(Files.write(folder.resolve("odd.csv"), bytes)).withImageColumn("file");
    }

    @Test
    void aWellFormedTableIsReadToTheLetter() throws IOException {
        List<Charset> charsets = List.of(
                StandardCharsets.UTF_8,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                Charset.forName("UTF-32LE"));
        for (int trial = 0; trial < TRIALS; trial++) {
            List<String> values = new ArrayList<>();
            String text = table(values);
            TableFile csv = file(("\ufeff" + text).getBytes(any(charsets)));
            assertThat(csv.read(List.of("v")).stream().map(row -> row.text("v")))
                    .as("trial %d of:%n%s", trial, text)
                    .containsExactlyElementsOf(values);
            assertLabels(csv, values, text);
        }
    }

    /** Each row has the label that its cell has, cleaned, or none where it is empty; there are no other categories. */
    private static void assertLabels(TableFile csv, List<String> values, String text) throws IOException {
        List<String> labels = values.stream().map(LabelText::clean).toList();
        TreeSet<String> known =
                labels.stream().filter(label -> !label.isEmpty()).collect(Collectors.toCollection(TreeSet::new));
        if (known.size() < 2) {
            return; // refused, as other tests say
        }
        ImageTable table = ImageTable.of(csv).addHead("v").build();
        assertThat(table.heads().get("v").categories()).as(text).containsExactlyInAnyOrderElementsOf(known);
        for (int row = 0; row < labels.size(); row++) {
            assertThat(table.samples().get(row).labels().categories("v"))
                    .as("row %d of:%n%s", row, text)
                    .isEqualTo(labels.get(row).isEmpty() ? List.of() : List.of(labels.get(row)));
        }
        assertThat(table.summary()).isNotBlank();
        assertThat(table.check().table()).isNotBlank();
    }

    @Test
    void aTableThatIsDamagedIsReadOrRefusedInWords() throws IOException {
        for (int trial = 0; trial < TRIALS; trial++) {
            byte[] bytes = table(new ArrayList<>()).getBytes(StandardCharsets.UTF_8);
            for (int changes = random.nextInt(4) + 1; changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte)
                        (random.nextBoolean() ? any(List.of(0, 10, 13, 34, 44, 59, 35, 255)) : random.nextInt(256));
            }
            assertReadOrRefused(file(Arrays.copyOf(bytes, bytes.length - random.nextInt(bytes.length / 2))));
        }
    }

    private static void assertReadOrRefused(TableFile csv) {
        try {
            csv.columns();
            ImageTable table =
                    ImageTable.of(csv).addTags("v", "|").optUsualMissingValues().build();
            assertThat(table.size()).isPositive();
            assertThat(table.check().table()).isNotBlank();
        } catch (IOException | IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("Exception");
        }
    }

    @Test
    void aCellNamesAnImageOrSaysWhyNot() throws IOException {
        Path photos = Files.createDirectories(folder.resolve("photos/sub"));
        Files.writeString(photos.resolve("1.jpg"), "one");
        List<String> parts = List.of(
                "1.jpg",
                "sub",
                "/",
                "\\",
                "..",
                ".",
                "file:",
                "FILE://",
                "http://",
                "https://",
                "data:image/png;base64,",
                "%20",
                "%",
                "%zz",
                "%00",
                "\"",
                "'",
                "\u00a0",
                "\u200b",
                "*",
                "?",
                "#",
                ":",
                "C:",
                "~",
                "\u0000",
                "\ud800",
                "localhost",
                "@",
                "[",
                "]",
                "::1",
                ":99999",
                "x".repeat(300),
                "\n",
                " ",
                "S3://",
                "//",
                "1.JPG",
                "\u00e4",
                "a\u0308");
        ImageFolder images = ImageFolder.of(folder.resolve("photos")).withUrls(new UrlImages(folder.resolve("kept")));
        for (int trial = 0; trial < TRIALS * 20; trial++) {
            String cell = random.ints(random.nextInt(6) + 1, 0, parts.size())
                    .mapToObj(parts::get)
                    .collect(Collectors.joining());
            ImageSource image = images.resolve(cell);
            assertThat(image.name()).as(cell).isNotBlank();
            if (image.problem().isEmpty() && !image.name().matches("(?is)https?:.*")) {
                assertThat(new CheckedSource(image).read()).as(cell).isNotNull();
            }
        }
    }
}
