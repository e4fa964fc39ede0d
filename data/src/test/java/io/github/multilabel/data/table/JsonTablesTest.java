package io.github.multilabel.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of JSON, COCO and Label Studio as tables. */
class JsonTablesTest {

    private static final String COCO =
            """
            {"info": {"year": 2017}, "annotations": [
              {"id": 1, "image_id": 7, "category_id": 2, "bbox": [0, 1, 2, 3], "segmentation": [[1, 2, 3]]},
              {"id": 2, "image_id": 7, "category_id": 1, "bbox": [0, 1, 2, 3]},
              {"id": 3, "image_id": 7, "category_id": 2, "bbox": [4, 1, 2, 3]},
              {"id": 4, "image_id": 9, "category_id": 1}],
             "images": [{"id": 7, "file_name": "1.jpg", "width": 3}, {"id": 8, "file_name": "2.jpg"},
              {"id": 9, "file_name": "3.jpg"}],
             "categories": [{"id": 1, "name": "car", "supercategory": "vehicle"}, {"id": 2, "name": "dog"}]}
            """;

    private static final String TASKS =
            """
            [{"id": 11, "data": {"image": "/data/upload/3/ab-1.jpg", "day": "Monday"}, "annotations": [
               {"id": 1, "was_cancelled": false, "result": [
                 {"from_name": "brand", "to_name": "image", "type": "choices", "value": {"choices": ["Audi"]}},
                 {"from_name": "tags", "type": "choices", "value": {"choices": ["red", "blue"]}},
                 {"from_name": "box", "type": "rectanglelabels", "value": {"x": 1, "rectanglelabels": ["car"]}}]},
               {"id": 2, "was_cancelled": true, "result": [
                 {"from_name": "brand", "type": "choices", "value": {"choices": ["BMW"]}}]}]},
             {"id": 12, "data": {"image": "/data/local-files/?d=upload/3/ab-2.jpg"}, "annotations": [
               {"result": [{"from_name": "brand", "type": "choices", "value": {"choices": ["BMW"]}},
                 {"from_name": "tags", "type": "choices", "value": {"choices": ["red"]}}]},
               {"result": [{"from_name": "brand", "type": "choices", "value": {"choices": ["Audi"]}},
                 {"from_name": "tags", "type": "choices", "value": {"choices": ["red"]}}]}]},
             {"id": 13, "data": {"image": "https://host/3.jpg"}, "annotations": []},
             {"id": 14, "data": {"image": "/data/upload/3/ab-4.jpg"}, "annotations": [
               {"result": [{"from_name": "brand", "type": "choices", "value": {"choices": ["BMW"]}}]}]}]
            """;

    private static final String MIN =
            """
            [{"image": "/data/upload/3/ab-1.jpg", "id": 1, "brand": "Audi", "tags": {"choices": ["red", "blue"]}},
             {"image": "/data/upload/3/ab-2.jpg", "id": 2, "brand": "BMW", "tags": "red"},
             {"image": "/data/upload/3/ab-3.jpg", "id": 3, "brand": "BMW"}]
            """;

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @ParameterizedTest
    @CsvSource({"labels.jsonl, UTF-8", "labels.csv, UTF-8", "labels.ndjson, UTF-16LE", "labels.jsonl, UTF-16BE"})
    void linesOfJsonAreATable(String name, String charset) throws IOException {
        String text =
                "\ufeff{\"image\": \"1.jpg\", \"brand\": \"M\u00fcller\", \"tags\": [\"red\", \"blue\"], \"n\": 1}\r\n"
                        + "\r\n{\"image\": \"2.jpg\", \"brand\": null, \"tags\": [], \"n\": 2.50, \"new\": true}\r\n"
                        + "{\"n\": 1, \"image\": \"3.jpg\", \"brand\": \"BMW\"}";
        Path file = Files.write(folder.resolve(name), text.getBytes(Charset.forName(charset)));

        ImageTable table = ImageTable.csv(file, folder)
                .addHead("brand")
                .addHead(HeadColumn.tags("tags"))
                .addHead("n")
                .build();

        assertThat(TableLabels.of(table, "brand")).containsExactly("[M\u00fcller]", "missing", "[BMW]");
        assertThat(TableLabels.of(table, "tags")).containsExactly("[blue, red]", "[]", "missing");
        assertThat(TableLabels.of(table, "n")).containsExactly("[1]", "[2.50]", "[1]");
        assertThat(table.samples().get(1).origin()).isEqualTo(name + " line 3");
        assertThat(TableFile.of(file).columns()).extracting(ColumnSummary::name).contains("new");
        assertThat(TableFile.of(file).columns().get(2).tags()).hasValue("");
    }

    @Test
    void whatIsNestedIsNoLabelAndDoesNoHarmBesideLabels() throws IOException {
        Path file = file(
                "labels.jsonl",
                """
                {"image": "1.jpg", "brand": "A", "box": {"x": 1}}
                {"image": "2.jpg", "brand": "B", "box": [[1]]}
                """);
        assertThat(ImageTable.csv(file, folder).addHead("brand").build().summary())
                .contains("passed over: [box]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageTable.csv(file, folder).addHead("box").build())
                .withMessageContainingAll("labels.jsonl", "column 'box' cannot be read", "line 1 has an object there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"image\": \"2.jpg\"",
                "{\"image\": \"2.jpg\", \"image\": \"3.jpg\"}",
                "[\"2.jpg\"]",
                "2.jpg,Audi",
                "{\"image\": 'x'}",
                "{\"image\": NaN}",
                "{} {}"
            })
    void aLineThatIsNotOneObjectIsToldOf(String line) throws IOException {
        Path file = file("labels.jsonl", "{\"image\": \"1.jpg\"}\n" + line + "\n");
        assertThatIOException()
                .isThrownBy(() -> TableFile.of(file).columns())
                .withMessageContainingAll("labels.jsonl line 2", "JSON");
    }

    @Test
    void deepNestingAndBytesThatAreNoTextAreToldOf() throws IOException {
        Path deep = file("deep.jsonl", "{\"a\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}");
        assertThatIOException()
                .isThrownBy(() -> TableFile.of(deep).columns())
                .withMessageContaining("deep.jsonl line 1");
        Path latin = Files.write(
                folder.resolve("latin.jsonl"), "{\"image\": \"\u00fc.jpg\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatIOException()
                .isThrownBy(() -> TableFile.of(latin).columns())
                .withMessageContainingAll("latin.jsonl line 1", "withCharset");
        assertThatIOException()
                .isThrownBy(() -> TableFile.of(file("empty.jsonl", "\n\n")).columns())
                .withMessageContaining("has no lines with an image");
    }

    @Test
    void categoriesOfCocoAreTheTagsOfAnImage() throws IOException {
        ImageTable table = ImageTable.coco(file("instances.json", COCO), folder)
                .addHead(HeadColumn.tags("categories"))
                .build();
        assertThat(TableLabels.of(table, "categories")).containsExactly("[car, dog]", "[]", "[car]");
        assertThat(table.summary()).contains("boxes, masks and key points of 4 annotations are not read");
    }

    @Test
    void idsOfCocoThatAToolWroteWithAPointAreTheSame() throws IOException {
        String text = COCO.replaceAll("\"image_id\": (\\d+)", "\"image_id\": $1.0");
        assertThat(text).isNotEqualTo(COCO);
        ImageTable table = ImageTable.coco(file("instances.json", text), folder)
                .addHead(HeadColumn.tags("categories"))
                .build();
        assertThat(TableLabels.of(table, "categories")).containsExactly("[car, dog]", "[]", "[car]");
    }

    @Test
    void ratingsAndChoicesThatWereTakenBackAreReadInEveryExport() throws IOException {
        Path csv = file(
                "export.csv",
                "image,stars,kind\n1.jpg,\"[{\"\"rating\"\": 3}]\",\"{\"\"choices\"\": []}\"\n2.jpg,\"[{\"\"rating\"\": 4}]\",a\n"
                        + "3.jpg,,b\n");
        Path min = file(
                "min.json",
                """
                [{"image": "1.jpg", "stars": [{"rating": 3}], "kind": {"choices": []}},
                 {"image": "2.jpg", "stars": [{"rating": 4}], "kind": "a"},
                 {"image": "3.jpg", "kind": "b"}]
                """);
        for (Path file : List.of(csv, min)) {
            ImageTable table = ImageTable.of(TableFile.labelStudio(file))
                    .addHead("stars")
                    .addHead("kind")
                    .build();
            assertThat(TableLabels.of(table, "stars")).containsExactly("[3]", "[4]", "missing");
            assertThat(TableLabels.of(table, "kind")).containsExactly("missing", "[a]", "[b]");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"category_id\": 2, | \"category_id\": 5, | no category has this id",
                "\"image_id\": 9, | | 'image_id' is missing",
                "\"file_name\": \"2.jpg\" | \"file_name\": [1] | line 6",
                "\"images\" | \"annotations\" | appears twice",
                "\"images\" | \"pictures\" | it has no 'images'",
                "{\"id\": 8 | {\"id\": 7 | another image has the id 7 too",
                "\"name\": \"dog\"}]} | \"name | Unterminated string",
                "{\"info\" | [{\"info\" | Expected BEGIN_OBJECT",
            })
    void whatIsNoCocoIsToldOf(String part, String other, String message) throws IOException {
        Path file = file("instances.json", COCO.replace(part, other == null ? "" : other));
        assertThatIOException()
                .isThrownBy(() -> TableFile.coco(file).columns())
                .withMessageContainingAll("instances.json is not JSON of COCO", message);
    }

    @Test
    void tasksOfLabelStudioAreATable() throws IOException {
        TableFile export = TableFile.labelStudio(file("export.json", TASKS));
        ImageTable table = ImageTable.of(export)
                .addHead("brand")
                .addHead(HeadColumn.tags("tags"))
                .build();

        assertThat(TableLabels.of(table, "brand"))
                .as("cancelled annotations say nothing, and annotators who disagree neither")
                .containsExactly("[Audi]", "missing", "missing", "[BMW]");
        assertThat(TableLabels.of(table, "tags")).containsExactly("[blue, red]", "[red]", "missing", "missing");
        assertThat(table.samples().get(1).image().name())
                .isEqualTo(folder.resolve("upload/3/ab-2.jpg").toString());
        assertThat(table.summary())
                .contains("1 answers are missing labels", "1 tasks have no annotation", "[rectanglelabels]");
    }

    @Test
    void otherExportsOfLabelStudioAreTheSameTable() throws IOException {
        Path csv = file(
                "export.csv",
                """
                image,id,brand,tags
                /data/upload/3/ab-1.jpg,1,Audi,"{""choices"":[""red"",""blue""]}"
                /data/upload/3/ab-2.jpg,2,BMW,red
                /data/upload/3/ab-3.jpg,3,BMW,
                """);
        for (Path file : List.of(csv, file("min.json", MIN))) {
            ImageTable table = ImageTable.of(TableFile.labelStudio(file))
                    .addHead("brand")
                    .addHead(HeadColumn.tags("tags"))
                    .build();
            assertThat(TableLabels.of(table, "brand")).containsExactly("[Audi]", "[BMW]", "[BMW]");
            assertThat(TableLabels.of(table, "tags")).containsExactly("[blue, red]", "[red]", "missing");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "[{\"data\": {\"image\": ", "{\"a\": 1}", "[]", "[[[[[", "[{\"a\": nul}]"})
    void whatIsNoExportOfLabelStudioIsToldOf(String text) throws IOException {
        Path file = file("export.json", text);
        assertThatIOException()
                .isThrownBy(() -> TableFile.labelStudio(file).columns())
                .withMessageContaining("export.json");
    }
}
