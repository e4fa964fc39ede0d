package io.github.multilabel.cli.command;

import static io.github.multilabel.cli.Typed.multilabel;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.testsupport.Ran;
import io.github.multilabel.testsupport.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form in which people have their labels becomes a model. */
class TableFormsTest {

    private static final List<Shapes> SHAPES = Shapes.draw(12, 1);

    @TempDir
    private Path folder;

    /**
     * A way in which labels are written.
     *
     * @param options what is typed for it, with {@code FILE} for the file
     * @param said what the summary has
     */
    record Form(String name, String text, List<String> options, String said) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Form form(String name, String header, Function<Shapes, String> row, String said, String... options) {
        String rows = SHAPES.stream().map(row).collect(Collectors.joining("\n"));
        return new Form(name, header + rows + "\n", List.of(options), said);
    }

    private static String quoted(List<String> tags) {
        return tags.stream().map(tag -> '"' + tag + '"').collect(Collectors.joining(",", "[", "]"));
    }

    private static int has(Shapes shape, String tag) {
        return shape.tags().contains(tag) ? 1 : 0;
    }

    private static String base64(Shapes shape) {
        return Base64.getEncoder().encodeToString(shape.png());
    }

    private static int number(Shapes shape) {
        return SHAPES.indexOf(shape) + 1;
    }

    static Stream<Form> forms() {
        String tags = "- tags: 2 categories";
        return Stream.of(
                form(
                        "list.txt",
                        "",
                        s -> s.name() + " " + s.colour(),
                        "- 2: 3 categories",
                        "--no-header",
                        "--head",
                        "2"),
                form(
                        "rows.csv",
                        "file,tag\n",
                        s -> s.name() + ",any\n"
                                + s.tags().stream().map(t -> s.name() + "," + t).collect(Collectors.joining("\n")),
                        "- tag: 3 categories, 12 rows labelled",
                        "--head",
                        "tag:rows"),
                form(
                        "columns.csv",
                        "file,has_sun,has_frame\n",
                        s -> s.name() + "," + has(s, "sun") + "," + has(s, "frame"),
                        tags,
                        "--head",
                        "tags:columns=has_*"),
                form(
                        "all.csv",
                        "file,colour,price\n",
                        s -> s.name() + "," + s.colour() + ",\"1,5\"",
                        "- colour: 3",
                        "--head",
                        "*"),
                form(
                        "moved.csv",
                        "file,colour\n",
                        s -> "/home/old/photos/" + s.name() + "," + s.colour(),
                        "- colour: 3",
                        "--head",
                        "colour",
                        "--strip-prefix",
                        "/home/old/photos"),
                form(
                        "lines.jsonl",
                        "",
                        s -> "{\"file\": \"" + s.name() + "\", \"tags\": " + quoted(s.tags()) + "}",
                        tags,
                        "--head",
                        "tags:multi"),
                form(
                        "data.csv",
                        "picture,colour\n",
                        s -> "\"data:image/png;base64," + base64(s) + "\"," + s.colour(),
                        "- colour: 3",
                        "--head",
                        "colour"),
                form(
                        "base64.csv",
                        "picture,colour\n",
                        s -> base64(s) + "," + s.colour(),
                        "- colour: 3",
                        "--head",
                        "colour",
                        "--base64-images",
                        "--image-column",
                        "picture"),
                coco(),
                labelStudio());
    }

    private static Form coco() {
        String images = SHAPES.stream()
                .map(s -> "{\"id\": " + number(s) + ", \"file_name\": \"" + s.name() + "\"}")
                .collect(Collectors.joining(",\n"));
        String annotations = SHAPES.stream()
                .flatMap(s -> s.tags().stream()
                        .map(t -> "{\"image_id\": " + number(s) + ", \"category_id\": " + t.length() + "}"))
                .collect(Collectors.joining(",\n"));
        return new Form(
                "coco.json",
                "{\"images\": [" + images + "], \"annotations\": [" + annotations
                        + "], \"categories\": [{\"id\": 3, \"name\": \"sun\"}, {\"id\": 5, \"name\": \"frame\"}]}",
                List.of("--coco", "FILE"),
                "- categories: 2 categories, 12 rows labelled");
    }

    private static Form labelStudio() {
        String tasks = SHAPES.stream()
                .map(s ->
                        "{\"data\": {\"image\": \"/data/upload/1/" + s.name() + "\"}, \"annotations\": [{\"result\": ["
                                + "{\"from_name\": \"tags\", \"type\": \"choices\", \"value\": {\"choices\": "
                                + quoted(s.tags()) + "}}]}]}")
                .collect(Collectors.joining(",\n", "[", "]"));
        return new Form(
                "tasks.json",
                tasks,
                List.of("--label-studio", "FILE", "--head", "tags:multi", "--strip-prefix", "/data/upload/1"),
                "- tags: 2 categories, 12 rows labelled");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void eachFormIsReadAndTrained(Form form) throws IOException {
        Shapes.write(SHAPES, folder);
        Path file = Files.writeString(folder.resolve(form.name()), form.text());
        List<Object> typed = new ArrayList<>(List.of("train", "--images", folder.resolve("photos")));
        if (!form.options().contains("FILE")) {
            typed.addAll(List.of("--csv", file));
        }
        form.options().forEach(option -> typed.add(option.equals("FILE") ? file : option));
        typed.addAll(List.of("--backbone", "small", "--image-size", "32", "--epochs", "1", "--validation", "0.4"));
        typed.addAll(List.of("--output", folder.resolve("out")));

        Ran ran = multilabel(typed.toArray());

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains(form.said());
    }

    @Test
    void aParquetFileWithTheImagesInItIsTrainedAndPredicted() throws IOException {
        Path file = folder.resolve("shapes.parquet");
        MessageType columns = MessageTypeParser.parseMessageType(
                """
                message shapes {
                  required group image { required binary bytes; required binary path (STRING); }
                  required binary colour (STRING);
                  required group tags (LIST) { repeated group list { required binary element (STRING); } }
                }""");
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(columns)
                .build()) {
            for (Shapes shape : SHAPES) {
                Group row = new SimpleGroup(columns).append("colour", shape.colour());
                row.addGroup("image")
                        .append("bytes", Binary.fromConstantByteArray(shape.png()))
                        .append("path", shape.name());
                Group tags = row.addGroup("tags");
                shape.tags().forEach(tag -> tags.addGroup("list").append("element", tag));
                writer.write(row);
            }
        }
        Path out = folder.resolve("out");

        Ran ran = multilabel(
                "train",
                "--csv",
                file,
                "--head",
                "*",
                "--backbone",
                "small",
                "--image-size",
                "32",
                "--epochs",
                "1",
                "--validation",
                "0.4",
                "--output",
                out);
        Ran predicted = multilabel("predict", "--model", out.resolve("model"), file);
        Ran refused = multilabel("check", "--csv", file, "--head", "colour", "--delimiter", ";");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("- colour: 3", "- tags: 2 categories");
        assertThat(predicted.code()).as(predicted.err()).isZero();
        assertThat(predicted.out().lines())
                .hasSize(SHAPES.size())
                .first()
                .asString()
                .contains("\"0.png\"");
        assertThat(refused.err()).contains("shapes.parquet is a Parquet file", "leave --delimiter out");
    }

    @Test
    void foldersOfAnImageNetAreASplit() throws IOException {
        for (Shapes shape : SHAPES) {
            for (String part : List.of("train", "val")) {
                Path category = Files.createDirectories(
                        folder.resolve("set").resolve(part).resolve(shape.colour()));
                Files.write(category.resolve(shape.name()), shape.png());
            }
        }
        Ran ran = multilabel("check", "--folders", folder.resolve("set"), "--head", "colour");

        assertThat(ran.err()).contains("the folders [train, val] are the parts of the split");
        assertThat(ran.out()).contains("train 12, validation 12");
    }

    @Test
    void pathsOfAnotherMachineAreToldOfWithTheOptionThatCutsThem() throws IOException {
        Path labels = Shapes.write(SHAPES, folder);
        Files.writeString(labels, Files.readString(labels).replaceAll("(?m)^(?=\\d)", "/home/old/photos/"));
        Ran ran = multilabel("check", "--csv", labels, "--images", folder.resolve("photos"), "--head", "colour");

        assertThat(ran.out()).contains("12 of 12 images are not there", "--strip-prefix /home/old/photos/");
        assertThat(ran.code()).isEqualTo(1);
    }
}
