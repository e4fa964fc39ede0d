package io.github.multilabel.cli.command;

import static io.github.multilabel.cli.Typed.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.cli.Typed;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.testsupport.Ran;
import io.github.multilabel.testsupport.Shapes;
import io.github.multilabel.training.MultiLabelTrainer;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for any table, as a user types them. */
class TableCommandsTest {

    @TempDir
    Path folder;

    private Path labels;
    private Path photos;

    @BeforeEach
    void drawings() throws IOException {
        labels = Shapes.write(Shapes.draw(60, 1), folder);
        photos = folder.resolve("photos");
    }

    private Ran train(Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("train", "--csv", labels, "--images", photos));
        arguments.addAll(List.of(more));
        return Typed.multilabel(arguments.toArray());
    }

    private Ran check(Object... more) {
        return Typed.multilabel(Typed.with(new Object[] {"check", "--csv", labels, "--images", photos}, more));
    }

    private Ran checkOf(String table, Object... more) throws IOException {
        Files.writeString(labels, table);
        return check(more);
    }

    @Test
    void aTableBecomesAModelWithItsMetrics() throws IOException {
        Path output = folder.resolve("out");
        Ran training = train(
                "--head",
                "colour",
                "--head",
                "tags:multi=|",
                "--empty-tags",
                "none",
                "--backbone",
                "small",
                "--image-size",
                "32",
                "--epochs",
                "2",
                "--output",
                output);
        assertThat(training.code()).as(training.err()).isZero();
        assertThat(training.out())
                .contains("labels.csv: 60 rows: train 48, validation 12", "empty cells mean no tags")
                .contains("training on 48 images, evaluating on 12 (validation)", "epoch 2:", "blue", "frame");
        JsonObject metrics = JsonParser.parseString(Files.readString(output.resolve("metrics.json")))
                .getAsJsonObject();
        assertThat(metrics.getAsJsonObject("heads").keySet()).containsExactly("colour", "tags");
        assertThat(output)
                .isDirectoryContaining("glob:**history.csv")
                .isDirectoryContaining("glob:**learning-curves.png")
                .isDirectoryContaining("glob:**model");
    }

    @Test
    void aSplitByHashStaysWhenALabelIsCorrected() throws IOException {
        Object[] options = {"--head", "colour", "--split", "hash", "--backbone", "small", "--image-size", "32"};
        Path before = folder.resolve("before");
        Path after = folder.resolve("after");
        train(with(options, "--epochs", "1", "--output", before));
        Files.writeString(labels, Files.readString(labels).replaceFirst("blue", "red"));

        Ran again = train(with(options, "--epochs", "1", "--output", after));

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(after.resolve("split.csv")).hasSameTextualContentAs(before.resolve("split.csv"));
        assertThat(after.resolve("predictions.csv"))
                .content()
                .startsWith("source,colour.label,colour.prediction,colour.probability,problem\r\n");
    }

    @Test
    void aSplitByHashIsNotPassedOverWhereTheSplitIsSaidAlready() throws IOException {
        Files.writeString(labels, "file,c,s\n0.png,a,train\n1.png,b,validation\n");
        Object[] hash = {"--head", "c", "--split", "hash", "--output", folder.resolve("out")};

        Ran besideColumn = train(with(hash, "--split-column", "s"));
        Ran besideFile = train(with(hash, "--split-file", folder.resolve("split.csv")));

        assertThat(besideColumn.code()).isEqualTo(2);
        assertThat(besideColumn.err()).contains("--split hash", "leave out --split-column");
        assertThat(besideFile.code()).isEqualTo(2);
        assertThat(besideFile.err()).contains("--split hash", "leave out --split-file");
    }

    @Test
    void aProgramTrainsAsTheLibraryDoesWithoutOptions() throws IOException {
        Path ofProgram = folder.resolve("program");
        Ran trained = train("--head", "colour", "--backbone", "small", "--image-size", "32", "--output", ofProgram);
        assertThat(trained.code()).as(trained.err()).isZero();

        ImageTable table = ImageTable.csv(labels, photos)
                .addHead("colour")
                .optValidation(0.2)
                .build();
        Path ofLibrary = folder.resolve("library");
        try (ImageDataset train = table.train().build();
                ImageDataset validation = table.validation().build();
                MultiLabelTrainer trainer = MultiLabelTrainer.builder(table.heads(), Backbones.small())
                        .optImageSize(32)
                        .build()) {
            assertThat(trainer.fit(train, validation).history()).as("epochs").hasSize(10);
            trainer.model().save(ofLibrary);
        }
        assertThat(ofLibrary.resolve("weights.safetensors"))
                .hasSameBinaryContentAs(ofProgram.resolve("model").resolve("weights.safetensors"));
    }

    @Test
    void aTrainingIsNotResumedWithAnotherPhase() {
        Path output = folder.resolve("out");
        Object[] options = {"--head", "colour", "--backbone", "small", "--image-size", "32", "--output", output};
        assertThat(train(Typed.with(options, "--epochs", "1")).code()).isZero();

        Ran other = train(Typed.with(options, "--resume", "--epochs", "2", "--freeze-epochs", "2"));

        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err())
                .contains("trained other parameters", "frozen epochs as they were")
                .doesNotContain("\tat ");
    }

    @Test
    void aSplitOfAnEarlierTrainingIsTakenWhateverLabelsAndRowsChanged() throws IOException {
        Path split = Files.writeString(
                folder.resolve("split.csv"), "row,part\n0.png,validation\n1.png,train\ngone.png,train\n");

        Ran check = check("--head", "colour", "--split-file", split);

        assertThat(check.out())
                .contains("60 rows: validation 1, train 59", "which go to 'train': 58 rows: '2.png', ")
                .contains("that the table lacks, which are passed over: 1 row: 'gone.png' (line 4)");
        Ran both = check("--head", "colour", "--split-file", split, "--validation", "0.3");
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("--split-file excludes --validation; use one of them");
        Ran none = check("--head", "colour", "--split-file", folder.resolve("none.csv"));
        assertThat(none.err()).contains("none.csv: no such file").doesNotContain("SplitFile");
    }

    /** A split that is drawn again would move many images, and mix validation images into training. */
    @Test
    void aTrainingIsResumedWithItsOwnSplitAfterALabelWasCorrected() throws IOException {
        Path output = folder.resolve("out");
        Object[] options = {"--head", "colour", "--backbone", "small", "--image-size", "32", "--output", output};
        assertThat(train(Typed.with(options, "--epochs", "1")).code()).isZero();
        String split = Files.readString(output.resolve("split.csv"));
        String table = Files.readString(labels);
        String corrected = table.replaceFirst("\n0\\.png,\\w+", "\n0.png,green");
        assertThat(corrected).isNotEqualTo(table);
        Files.writeString(labels, corrected);

        Ran resumed = train(Typed.with(options, "--resume", "--epochs", "2"));

        assertThat(resumed.code()).isEqualTo(2);
        assertThat(resumed.err())
                .containsPattern("labels of the (training|validation) images: those of 1 of \\d+ are not as in the"
                        + " checkpoint: \\[[^,]*0.png\\]");
        assertThat(output.resolve("split.csv")).hasContent(split);
    }

    @Test
    void theImagesOfATableHaveNoBoxes() {
        assertThat(train("--head", "colour", "--box-crop", "0.1", "--output", folder.resolve("out"))
                        .err())
                .contains("--box-crop 0.1: the images of a table have no boxes");
    }

    @Test
    void theChecksArePrintedAndNothingIsTrained() throws IOException {
        Files.writeString(photos.resolve("0.png"), "not an image");
        Files.copy(photos.resolve("1.png"), photos.resolve("copy.png"));
        Files.writeString(labels, Files.readString(labels) + "copy.png,violet,,\nno.png,red,,\n");
        Ran check = check("--head", "colour");
        assertThat(check.code()).as("training could not run").isEqualTo(1);
        assertThat(check.out())
                .contains("checked 62 rows")
                .contains("0.png (labels.csv line 2): not an image")
                .contains("no.png (labels.csv line 63): no such file")
                .contains("the same image, other labels for 'colour'")
                .doesNotContain("epoch");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aTableWithoutFaultsPassesTheChecks() {
        Ran check = check("--head", "colour");
        assertThat(check.code()).as(check.out()).isZero();
    }

    @Test
    void withoutHeadsTheColumnsAreListedAndSomeProposed() {
        Ran refused = train();
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("no --head is given", "blue")
                .contains("--head 'colour' --head 'ground' --head 'tags:multi=|'");
    }

    @Test
    void messagesNameOptionsAndNotMethods() throws IOException {
        assertThat(train("--head", "Colour").err()).contains("no column 'Colour'", "did you mean 'colour'");
        assertThat(train("--head", "tags:multi").err()).contains("tags:multi=|");
        assertThat(checkOf("file,c\n0,a\n1,b\n2,a\n3,b\n", "--image-column", "file", "--head", "c")
                        .out())
                .contains("--extension .png")
                .doesNotContain("withExtension");
        Files.write(labels, "file,c\n0.png,\u00e4\n".getBytes(Charset.forName("windows-1252")));
        assertThat(train("--head", "c").err())
                .contains("line 2", "--charset windows-1252")
                .doesNotContain("withCharset");
    }

    @Test
    void aSplitWithNothingToEvaluateOnIsRefusedBeforeTraining() throws IOException {
        Files.writeString(labels, "file,c,s\n0.png,a,train\n1.png,b,train\n");
        Ran refused = train("--head", "c", "--split-column", "s", "--output", folder.resolve("out"));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("[train]", "no rows are there for evaluation");
    }

    @Test
    void helpExplainsEveryOption() {
        Ran help = Typed.multilabel("check", "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("--head", "--empty-tags", "--findings").doesNotContain("null");
    }

    @Test
    void labelsThatAreProbablyNoneAreToldOfInTheWordsOfTheOptions() throws IOException {
        String table = "file,colour,tags\n0.png,red,a;b\n1.png,blue,a\n2.png,nan,b\n3.png,nan,a;b\n";
        Ran warned = checkOf(table, "--head", "colour", "--head", "tags:multi=|", "--validation", "0.25");
        assertThat(warned.out())
                .contains("'nan' (2 rows)", "--na-values nan or --usual-na-values", "--head 'tags:multi=;'")
                .doesNotContain("optMissingValues", "optUsualMissingValues", "addTags");
        Ran usual = checkOf(table, "--head", "colour", "--usual-na-values", "--validation", "0.25");
        assertThat(usual.out()).contains("2 rows labelled, 2 missing; missing by your word: 'nan' 2");
    }

    @Test
    void columnsForASplitAndWordsForNothingAreProposed() throws IOException {
        StringBuilder table = new StringBuilder("file,colour,part\n");
        for (int i = 0; i < 20; i++) {
            table.append(i).append(i % 2 == 0 ? ".png,red,train\n" : ".png,nan,val\n");
        }
        Ran proposals = checkOf(table.toString());
        assertThat(proposals.err())
                .contains("these look like heads: --head 'colour'", "--split-column 'part'", "nan: --usual-na-values");
    }

    @Test
    void allFindingsAreWrittenWhereTheUserWants() throws IOException {
        Path csv = folder.resolve("findings.csv");
        Ran check = checkOf(
                "file,colour\nnone.jpg,red\ngone.jpg,blue\n",
                "--head",
                "colour",
                "--validation",
                "0",
                "--findings",
                csv);
        assertThat(check.out()).contains("missing image", "all findings are in " + csv);
        assertThat(Files.readString(csv)).contains("1,MISSING_IMAGE,ERROR,0,").contains("labels.csv line 3");
    }

    @Test
    void thePageOfTheDataSaysWhatTheCommandSays() throws IOException {
        Path page = folder.resolve("data.html");
        Object[] faulty = {"--head", "colour", "--validation", "0", "--report", page};
        Ran check = checkOf("file,colour\n0.png,red\n1.png,nan\n2.png,nan\n3.png,red\n", faulty);
        assertThat(check.out()).contains("a page to look at is in " + page);
        assertThat(Files.readString(page))
                .contains("<title>labels.csv</title>", "4 rows", "--na-values nan")
                .doesNotContain("optMissingValues");
    }

    @Test
    void aPageIsNoTableOfFindings() {
        Ran check = check("--head", "colour", "--report", folder.resolve("data.csv"));
        assertThat(check.code()).isEqualTo(2);
        assertThat(check.err()).contains("--report ", "let it end in .html or in .htm");
    }

    @Test
    void nothingToEvaluateOnIsOneSentenceAndCanStillBeChecked() {
        Ran training = train("--head", "colour", "--validation", "0", "--output", folder.resolve("out"));
        assertThat(training.code()).isEqualTo(2);
        assertThat(training.err())
                .endsWith("--validation 0 leaves no rows for evaluation: name a fraction above 0, such as 0.2, or a"
                        + " --split-column whose rows say validation" + System.lineSeparator());
        assertThat(check("--head", "colour", "--validation", "0").code()).isZero();
    }

    @Test
    void nothingToTrainOnIsOneSentenceForTrainAndForCheck() throws IOException {
        Object[] split = {"--head", "colour", "--split-column", "part"};
        String table = "file,colour,part\n0.png,red,val\n1.png,blue,val\n";
        Ran check = checkOf(table, split);

        assertThat(check.code()).isEqualTo(2);
        assertThat(check.err())
                .endsWith("the table is split into [validation], but no rows are there to train on: rows must say train"
                        + System.lineSeparator());
    }

    @Test
    void groupsOnBothSidesOfASplitColumnAreFound() throws IOException {
        StringBuilder table = new StringBuilder("file,colour,split,car\n");
        for (int row = 0; row < 12; row++) {
            table.append(row).append(".jpg,").append(row % 2 == 0 ? "red" : "blue");
            table.append(row % 4 > 1 ? ",val,car" : ",train,car")
                    .append(row / 4)
                    .append('\n');
        }
        Ran check = checkOf(table.toString(), "--head", "colour", "--split-column", "split", "--group-column", "car");
        assertThat(check.out())
                .contains(
                        "- warning: column 'car': 3 of 3 groups are in train and in validation", "group across parts");
    }

    private Path trained() {
        Path output = folder.resolve("trained");
        Ran training = train(
                "--head=colour", "--backbone=small", "--image-size=32", "--epochs=1", "--output", output.toString());
        assertThat(training.code()).as(training.err()).isZero();
        return output;
    }

    private static JsonObject heads(Path folder) throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve("metrics.json")))
                .getAsJsonObject()
                .getAsJsonObject("heads");
    }

    private Ran evaluate(Path trained, Path output, Object... more) {
        return Typed.multilabel(Typed.with(
                new Object[] {
                    "evaluate",
                    "--model",
                    trained.resolve("model"),
                    "--csv",
                    labels,
                    "--images",
                    photos,
                    "--output",
                    output
                },
                more));
    }

    @Test
    void aModelIsEvaluatedOnTheImagesThatItWasNotTrainedOn() throws IOException {
        Path trained = trained();
        Path output = folder.resolve("evaluated");
        Ran evaluated = evaluate(trained, output, "--split-file", trained.resolve("split.csv"));
        assertThat(evaluated.code()).as(evaluated.err()).isZero();
        assertThat(evaluated.out()).contains("on 12 images (validation)");
        assertThat(heads(output)).isEqualTo(heads(trained));
        assertThat(Typed.multilabel("info", output).out())
                .startsWith("evaluation:")
                .doesNotContain("training");
        assertThat(Typed.multilabel("info", trained).out())
                .startsWith("training:")
                .contains("csv:")
                .doesNotContainPattern("data: +sample");
        assertThat(output.resolve("predictions.csv"))
                .as("the rows that training left of the same images")
                .hasSameTextualContentAs(trained.resolve("predictions.csv"));
        assertThat(evaluate(trained, folder.resolve("all")).out()).contains("on 60 images (all rows)");
        assertThat(evaluate(trained, folder.resolve("none"), "--split", "test").err())
                .contains("--split-column", "--split-file");
    }

    @Test
    void foldersOfCategoriesAreCheckedTrainedAndEvaluated() throws IOException {
        Path sorted = folder.resolve("sorted");
        int number = 0;
        for (String line : Files.readAllLines(labels).subList(1, 61)) {
            String[] cells = line.split(",");
            Path category = Files.createDirectories(
                    sorted.resolve(number++ % 5 == 0 ? "val" : "train").resolve(cells[1]));
            Files.copy(photos.resolve(cells[0]), category.resolve(cells[0]));
        }
        Path output = folder.resolve("trained");
        Object[] source = {"--folders", sorted, "--head", "colour"};

        assertThat(Typed.multilabel(Typed.with(new Object[] {"check"}, source)).out())
                .contains("sorted: 60 rows: train 48, validation 12", "colour: 3 categories");
        Ran training = Typed.multilabel(Typed.with(
                Typed.with(new Object[] {"train"}, source),
                "--backbone=small",
                "--image-size=32",
                "--epochs=1",
                "--output",
                output));
        assertThat(training.code()).as(training.err()).isZero();
        assertThat(training.out()).contains("training on 48 images, evaluating on 12 (validation)");
        Ran evaluated = Typed.multilabel(
                "evaluate", "--model", output.resolve("model"), "--folders", sorted, "--output", folder.resolve("e"));
        assertThat(evaluated.code()).as(evaluated.err()).isZero();
        assertThat(heads(folder.resolve("e"))).isEqualTo(heads(output));
        assertThat(Typed.multilabel("check", "--folders", sorted, "--levels", "part,shade", "--head", "shade")
                        .out())
                .as("named by hand")
                .contains("shade: 3 categories");
    }

    @Test
    void oneSourceIsNamedAndNotSeveral() {
        assertThat(Typed.multilabel("train", "--head", "colour").err())
                .contains("nothing says where the images are", "--csv", "--folders", "--dataset stanford-cars")
                .contains("--coco FILE", "--label-studio FILE");
        assertThat(train("--dataset", "stanford-cars", "--head", "colour").err())
                .contains("give one of them");
        assertThat(Typed.multilabel("check", "--head", "colour").err())
                .contains("nothing says where the images are", "--coco FILE", "--label-studio FILE");
        assertThat(train("--data", "sample", "--head", "colour").err())
                .contains("--data is for --dataset stanford-cars");
        assertThat(Typed.multilabel("train", "--dataset", "stanford-cars", "--validation", "0.3")
                        .err())
                .contains("--validation is for tables; --dataset stanford-cars comes with its split");
    }

    @Test
    void optionsAreCheckedBeforeTheTableIsRead() {
        labels = folder.resolve("nowhere.csv");
        assertThat(train("--head", "colour", "--batch-size", "0").err())
                .contains("--batch-size 0")
                .doesNotContain("nowhere");
        assertThat(train("--head", "colour", "--backbone", "small", "--epochs", "0")
                        .err())
                .contains("--epochs 0: at least 1")
                .doesNotContain("nowhere");
    }

    @Test
    void adviceForCodeIsNotGivenAtACommandLine() throws IOException {
        assertThat(checkOf("[{\"image\": \"a.jpg\"}]", "--head", "colour").err())
                .contains("it is JSON; export it as CSV or as lines of JSON", ".jsonl")
                .endsWith("is read by --coco and --label-studio" + System.lineSeparator());
        assertThat(Typed.multilabel("check", "--csv", folder, "--head", "colour")
                        .err())
                .contains("read folders that are named after categories with --folders");
    }
}
