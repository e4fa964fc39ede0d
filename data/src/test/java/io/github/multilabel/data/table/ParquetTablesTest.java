package io.github.multilabel.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables in Parquet files; {@code golden/parquet.py} wrote most of them. */
class ParquetTablesTest {

    private static final int TRIALS = Integer.getInteger("hostile.trials", 50);

    private static final byte[] IMAGE = TestImages.png(TestImages.pattern(5, 7));
    private static final byte[] OTHER = TestImages.jpeg(TestImages.plain(6, 4, 90));

    @TempDir
    Path folder;

    private Path golden(String name) throws IOException {
        try (InputStream file = ParquetTablesTest.class.getResourceAsStream("/golden/parquet/" + name)) {
            return Files.write(folder.resolve(name), file.readAllBytes());
        }
    }

    /** The first of two rows, column by column; the second has nothing. */
    private Map<String, String> kinds(String name) throws IOException {
        List<ColumnSummary> columns = TableFile.of(golden(name)).columns();
        assertThat(columns).allMatch(column -> column.rows() == 2 && column.missing() >= 1);
        return columns.stream()
                .collect(Collectors.toMap(
                        ColumnSummary::name,
                        column -> column.examples().isEmpty()
                                ? ""
                                : column.examples().get(0)));
    }

    private static List<String> names(List<Sample> samples) {
        return samples.stream().map(sample -> sample.image().name()).toList();
    }

    @Test
    void whatPandasWritesIsATable() throws IOException {
        ImageTable table = ImageTable.csv(golden("pandas.parquet"), folder)
                .addHead("brand")
                .addHead("doors")
                .addHead(HeadColumn.tags("tags"))
                .build();

        assertThat(TableLabels.of(table, "brand")).containsExactly("[M\u00fcller]", "missing", "[BMW]");
        assertThat(TableLabels.of(table, "doors")).containsExactly("[5]", "missing", "[3]");
        assertThat(TableLabels.of(table, "tags")).containsExactly("[open, red]", "[]", "missing");
        assertThat(names(table.samples()))
                .containsExactly(
                        folder.resolve("1.jpg").toString(),
                        folder.resolve("2.jpg").toString(),
                        folder.resolve("3.jpg").toString());
        assertThat(table.samples().get(1).origin()).isEqualTo("pandas.parquet row 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kinds.parquet", "kinds-new.parquet", "kinds-old.parquet"})
    void eachKindOfValueIsTheTextThatPeopleWouldWrite(String name) throws IOException {
        assertThat(kinds(name))
                .containsEntry("image", "1.jpg")
                .containsEntry("large", "large")
                .containsEntry("dictionary", "one")
                .containsEntry("bytes", "text")
                .containsEntry("int8", "-3")
                .containsEntry("int64", "9223372036854775807")
                .containsEntry("uint8", "255")
                .containsEntry("uint32", "4294967295")
                .containsEntry("uint64", "18446744073709551615")
                .containsEntry("float", "0.1")
                .containsEntry("double", "2012")
                .containsEntry("tiny", "0.00001")
                .containsEntry("huge", "1.0E20")
                .containsEntry("nan", "")
                .containsEntry("boolean", "true")
                .containsEntry("date", "2020-01-02")
                .containsEntry("time", "03:04:05.678")
                .containsEntry("decimal", "-12.50")
                .containsEntry("small decimal", "12.50")
                .containsEntry("nothing", "")
                .containsEntry("numbers", "1, 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kinds.parquet", "kinds-new.parquet"})
    void timesAreWrittenAsTheStandardHasThem(String name) throws IOException {
        assertThat(kinds(name))
                .containsEntry("ms", "2020-01-02T03:04:05.678")
                .containsEntry("us", "2020-01-02T03:04:05.678Z")
                .containsEntry("ns", "2020-01-02T03:04:05.678");
    }

    @ParameterizedTest
    @CsvSource({
        "half, FLOAT16",
        "vector, lists of values of the kind DOUBLE",
        "lists, lists of lists",
        "object, objects",
        "map, maps",
        "no text, no text in UTF-8",
        "ns, INT96"
    })
    void whatIsNoLabelIsPassedOverAndRefusedIfItIsAskedFor(String column, String what) throws IOException {
        Path file = golden("kinds-old.parquet");

        List<Finding> notes = new ArrayList<>();

        TableFile.of(file).read(List.of("int8"), notes::add);

        assertThat(notes)
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .contains("columns that have no labels are passed over: [", column);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageTable.csv(file, folder).addHead(column).build())
                .withMessageContainingAll("kinds-old.parquet", "column '" + column + "' cannot be read", what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "snappy", "gzip", "zstd", "lz4"})
    void theUsualCompressionsAreRead(String compression) throws IOException {
        ImageTable table = ImageTable.csv(golden(compression + ".parquet"), folder)
                .addHead("brand")
                .build();

        assertThat(table.size()).isEqualTo(300);
        assertThat(TableLabels.of(table, "brand")).startsWith("[Audi]", "[BMW]", "[Audi]", "[Audi]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "brotli.parquet | compressed with brotli, which is not read; write it with snappy",
                "encrypted.parquet | is an encrypted Parquet file",
                "encrypted-columns.parquet | has encrypted columns",
                "no-rows.parquet | has no rows; it needs one for each image"
            })
    void whatCannotBeReadIsToldOf(String name, String message) throws IOException {
        Path file = golden(name);

        assertThatIOException()
                .isThrownBy(() -> TableFile.of(file).columns())
                .withMessageContainingAll(file.toString(), message);
    }

    @Test
    void whatIsNoParquetFileIsToldOf() throws IOException {
        Path text = Files.writeString(folder.resolve("text.parquet"), "image,brand\n1.jpg,Audi\n");
        Path empty = Files.writeString(folder.resolve("empty.parquet"), "");
        byte[] whole = Files.readAllBytes(golden("pandas.parquet"));
        Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, whole.length - 1));

        assertThatIOException()
                .isThrownBy(() -> TableFile.of(text).columns())
                .withMessageContaining("text.parquet is no Parquet file: its first bytes are not PAR1 but 'imag'");
        assertThatIOException()
                .isThrownBy(() -> TableFile.of(empty).columns())
                .withMessageContaining("empty.parquet is no Parquet file")
                .withMessageContaining("it has 0 bytes");
        assertThatIOException()
                .isThrownBy(() -> TableFile.of(cut).columns())
                .withMessageContaining("cut.parquet is a Parquet file whose end is missing");
        assertThatIOException()
                .isThrownBy(() -> TableFile.of(Files.createDirectory(folder.resolve("parts.parquet")))
                        .columns())
                .withMessageContaining("parts.parquet is a folder; name one of the Parquet files in it");
        assertThatIOException()
                .isThrownBy(() -> TableFile.of(folder.resolve("none.parquet")).columns())
                .withMessageContaining("no such file");
    }

    @Test
    void damagedFilesAreToldOfWhateverIsDamaged() throws IOException {
        Random random = new Random(1);
        List<String> names = List.of("kinds.parquet", "kinds-new.parquet", "hugging-face.parquet", "gzip.parquet");
        Path file = folder.resolve("damaged.parquet");
        for (int trial = 0; trial < TRIALS; trial++) {
            byte[] bytes = Files.readAllBytes(golden(names.get(random.nextInt(names.size()))));
            boolean description = random.nextBoolean(); // which is at the end
            int from = description ? bytes.length / 2 : 4;
            for (int i = 0; i < 4; i++) {
                bytes[from + random.nextInt(bytes.length - from - 4)] = (byte) random.nextInt(256);
            }
            Files.write(file, bytes);
            try {
                TableFile.of(file).withImageColumn("image").read(List.of());
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("column 'image'"); // its name is damaged
            } catch (IOException e) {
                assertThat(e).hasMessageStartingWith(file.toString());
            }
        }
    }

    @Test
    void itIsKnownByItsFirstBytesToo() throws IOException {
        Path file = Files.move(golden("pandas.parquet"), folder.resolve("labels.data"));

        assertThat(TableFile.of(file).columns())
                .extracting(ColumnSummary::name)
                .containsExactly("image", "brand", "doors", "tags");
    }

    @Test
    void whatOnlyTextsHaveIsRefused() throws IOException {
        TableFile table = TableFile.of(golden("pandas.parquet"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.withDelimiter(';').columns())
                .withMessageContaining("leave TableFile.withDelimiter(...) out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.withoutHeader().columns())
                .withMessageContaining("leave TableFile.withoutHeader() out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.withCharset(StandardCharsets.UTF_8).columns())
                .withMessageContaining("leave TableFile.withCharset(...) out");
    }

    @Test
    void listsInTheOldFormsAreTags() throws IOException {
        Path file = ParquetFiles.write(
                folder.resolve("old.parquet"),
                "required binary image (STRING); optional group two (LIST) { repeated binary array (STRING); }"
                        + " repeated binary bare (STRING);",
                List.of(
                        row -> {
                            row.append("image", "1.jpg").append("bare", "x").append("bare", "y");
                            row.addGroup("two").append("array", "a").append("array", "b");
                        },
                        row -> row.append("image", "2.jpg").addGroup("two"),
                        row -> row.append("image", "3.jpg")));

        ImageTable table = ImageTable.csv(file, folder)
                .addHead(HeadColumn.tags("two"))
                .addHead(HeadColumn.tags("bare"))
                .build();

        assertThat(TableLabels.of(table, "two")).containsExactly("[a, b]", "[]", "missing");
        assertThat(TableLabels.of(table, "bare")).containsExactly("[x, y]", "[]", "[]");
    }

    @Test
    void imagesAndNamesOfLabelsOfHuggingFaceAreRead() throws IOException {
        ImageTable table = ImageTable.csv(golden("hugging-face.parquet"), folder)
                .addHead("label")
                .addHead(HeadColumn.tags("colours"))
                .build();

        assertThat(TableLabels.of(table, "label")).containsExactly("[BMW]", "[Audi]", "[BMW]", "missing");
        assertThat(TableLabels.of(table, "colours")).containsExactly("[light]", "[]", "[dark, light]", "[dark]");
        assertThat(names(table.samples())).containsExactly("row 1", "row 2", "row 3", "(no image)");
        assertThat(ImageDecoder.strict().decode(table.samples().get(2).image()).rgb())
                .startsWith(0, 0, 255, 0, 0, 255);
        assertThat(table.samples().get(3).image().problem()).contains("the cell of the image column is empty");
    }

    @Test
    void anImageIsNamedByItsPathUnlessOthersHaveTheSame() throws IOException {
        Files.write(folder.resolve("file.png"), IMAGE);
        Path file = ParquetFiles.write(
                folder.resolve("images.parquet"),
                "optional group photo { optional binary bytes; optional binary path (STRING); }",
                List.of(
                        row -> row.addGroup("photo")
                                .append("bytes", Binary.fromConstantByteArray(IMAGE))
                                .append("path", "a.png"),
                        row -> row.addGroup("photo")
                                .append("bytes", Binary.fromConstantByteArray(OTHER))
                                .append("path", "b.jpg"),
                        row -> row.addGroup("photo")
                                .append("bytes", Binary.fromConstantByteArray(IMAGE))
                                .append("path", "b.jpg"),
                        row -> row.addGroup("photo").append("path", "file.png")));

        TableFile table = TableFile.of(file);
        List<ImageSource> images =
                table.read(List.of()).stream().map(TableRow::image).toList();

        assertThat(images)
                .extracting(ImageSource::name)
                .containsExactly(
                        "a.png", "row 2", "row 3", folder.resolve("file.png").toString());
        assertThat(images.get(1).read()).isEqualTo(OTHER);
        assertThat(images.get(2).read()).isEqualTo(IMAGE);
        assertThat(images.get(0).version()).isPresent().isEqualTo(images.get(2).version());
        assertThat(images.get(0).version()).isNotEqualTo(images.get(1).version());
        assertThat(table.columns()).singleElement().matches(ColumnSummary::images);
    }

    @Test
    void aColumnOfBytesHasImagesIfItsFirstIsOne() throws IOException {
        Path file = ParquetFiles.write(
                folder.resolve("bytes.parquet"),
                "optional binary photo; optional binary brand; optional binary was (STRING);",
                List.of(
                        row -> row.append("brand", "BMW").append("was", "once.jpg"),
                        row -> row.append("photo", Binary.fromConstantByteArray(IMAGE))
                                .append("brand", "Audi"),
                        row -> row.append("photo", Binary.fromConstantByteArray(OTHER))
                                .append("brand", "Audi")));

        ImageTable table = ImageTable.csv(file, folder).addHead("brand").build();

        assertThat(names(table.samples())).containsExactly("(no image)", "row 2", "row 3");
        assertThat(TableLabels.of(table, "brand")).containsExactly("[BMW]", "[Audi]", "[Audi]");
        assertThat(table.samples().get(2).image().read()).isEqualTo(OTHER);
    }
}
