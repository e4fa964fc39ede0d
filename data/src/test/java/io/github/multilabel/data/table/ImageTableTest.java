package io.github.multilabel.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.data.BadImages;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.TestImages;
import io.github.multilabel.data.split.DataSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From columns to heads, and from rows to data sets. */
class ImageTableTest {

    @TempDir
    Path folder;

    private ImageTableBuilder csv(String text) throws IOException {
        return ImageTable.of(TableFile.of(Files.writeString(folder.resolve("labels.csv"), text)));
    }

    private static List<List<String>> labels(ImageTable table, String head) {
        return table.samples().stream()
                .map(sample ->
                        sample.labels().isMissing(head) ? null : sample.labels().categories(head))
                .toList();
    }

    @Test
    void categoriesAreFoundInUnicodeOrderInEveryLocale() throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("sv"));
            ImageTable table =
                    csv("""
                    file,brand
                    1.jpg,\uD83D\uDE97
                    2.jpg,\u00c4
                    3.jpg,b
                    4.jpg,10
                    5.jpg,\uFB01
                    6.jpg,9
                    7.jpg,Z
                    """)
                            .addHead("brand")
                            .build();
            assertThat(table.heads().get("brand").categories())
                    .containsExactly("10", "9", "Z", "b", "\u00c4", "\uFB01", "\uD83D\uDE97");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void headsComeInTheOrderInWhichTheyAreAddedAndMayHaveOtherNames() throws IOException {
        ImageTable table = csv("file,brand,image tags\n1.jpg,Audi,red\n2.jpg,BMW,red|old\n")
                .addHead(HeadColumn.multiLabel("image tags", "|").named("tags"))
                .addHead("brand")
                .build();
        assertThat(table.heads().names()).containsExactly("tags", "brand");
        assertThat(labels(table, "tags")).containsExactly(List.of("red"), List.of("old", "red"));
    }

    @Test
    void aMissingCellIsAMissingLabel() throws IOException {
        ImageTable table = csv("file,brand\n1.jpg,Audi\n2.jpg,\n3.jpg,\" \u00a0\"\n4.jpg,NA\n5.jpg, ?\n6.jpg,BMW\n")
                .addHead("brand")
                .optMissingValues("NA", "?")
                .build();
        assertThat(labels(table, "brand")).containsExactly(List.of("Audi"), null, null, null, null, List.of("BMW"));
        assertThat(table.heads().get("brand").categories()).containsExactly("Audi", "BMW");
        assertThat(table.summary()).contains("brand: 2 categories, 2 rows labelled, 4 missing");
    }

    @Test
    void blanksAtTheEndsMakeNoCategoryButCaseDoesWithAWarning() throws IOException {
        ImageTable table = csv("file,brand\n1.jpg,\"BMW \"\n2.jpg,BMW\n3.jpg,bmw\n4.jpg,\"\u00a0BMW\r\n\"\n")
                .addHead("brand")
                .build();
        assertThat(table.heads().get("brand").categories()).containsExactly("BMW", "bmw");
        assertThat(table.check().of(Kind.SIMILAR_CATEGORIES))
                .singleElement()
                .satisfies(found -> assertThat(found.message()).contains("'BMW' and 'bmw'"));
        assertThat(table.check().of(Kind.SPELLINGS)).hasSize(1);
    }

    @Test
    void umlautsOfOneOrTwoCharactersAreOneCategory() throws IOException {
        ImageTable table = csv("file,brand\n1.jpg,\u0160koda\n2.jpg,S\u030ckoda\n3.jpg,Audi\n")
                .addHead("brand")
                .build();
        assertThat(table.heads().get("brand").categories()).containsExactly("Audi", "\u0160koda");
        assertThat(table.check().of(Kind.SPELLINGS)).singleElement().satisfies(found -> assertThat(found.message())
                .contains("2 spellings", "\u0160koda"));
    }

    @Test
    void aCellOfTagsIsASet() throws IOException {
        ImageTable table = csv("file,tags\n1.jpg,\"a,,b, ,a\"\n2.jpg,c\n")
                .addTags("tags", ",")
                .build();
        assertThat(labels(table, "tags")).containsExactly(List.of("a", "b"), List.of("c"));
        assertThat(table.heads().get("tags").categories()).containsExactly("a", "b", "c");
    }

    @Test
    void aSeparatorIsNoPattern() throws IOException {
        ImageTable table =
                csv("file;tags\n1.jpg;a.*b\n2.jpg;c\n").addTags("tags", ".*").build();
        assertThat(labels(table, "tags")).containsExactly(List.of("a", "b"), List.of("c"));
    }

    @Test
    void anEmptyCellOfTagsIsUnknownOrNoTagsAsTheUserSaysAndIsCounted() throws IOException {
        String text = "file,tags\n1.jpg,a|b\n2.jpg,\n3.jpg,|\n4.jpg,NA\n";
        ImageTable unknown =
                csv(text).addTags("tags", "|").optMissingValues("NA").build();
        assertThat(labels(unknown, "tags")).containsExactly(List.of("a", "b"), null, null, null);
        assertThat(unknown.summary())
                .contains(
                        "2 empty cells mean unknown",
                        "warning: 'tags': 2 of 4 rows have an empty cell, which is a missing label",
                        "addHead(HeadColumn.multiLabel(\"tags\", \"|\").withEmptyTags(EmptyTags.NONE))");
        assertThat(unknown.check().of(Kind.EMPTY_TAGS))
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING);
        ImageTable none = csv(text)
                .addHead(HeadColumn.multiLabel("tags", "|").withEmptyTags(EmptyTags.NONE))
                .optMissingValues("NA")
                .build();
        assertThat(labels(none, "tags")).containsExactly(List.of("a", "b"), List.of(), List.of(), null);
        assertThat(none.summary()).contains("2 empty cells mean no tags");
        assertThat(none.check().of(Kind.EMPTY_TAGS)).hasSize(1);
    }

    @Test
    void thoseWhoSayWhatAnEmptyCellOfTagsMeansAreNotWarned() throws IOException {
        String text = "file,tags\n1.jpg,a|b\n2.jpg,\n";
        for (EmptyTags meaning : EmptyTags.values()) {
            ImageTable table = csv(text).addTags("tags", "|", meaning).build();
            assertThat(table.summary()).contains("1 empty cells mean").doesNotContain("warning");
            assertThat(table.check().of(Kind.EMPTY_TAGS))
                    .extracting(Finding::severity)
                    .containsExactly(Severity.INFO);
        }
    }

    @Test
    void rareCategoriesAreFoldedIntoOtherWhichComesLast() throws IOException {
        StringBuilder text = new StringBuilder("file,brand,tags\n");
        for (int i = 0; i < 12; i++) {
            text.append(i)
                    .append(".jpg,")
                    .append(i < 5 ? "Zonda" : i < 10 ? "Audi" : "Rare" + i)
                    .append(i == 11 ? ",odd|new\n" : ",new\n");
        }
        ImageTable table = csv(text.toString())
                .addHead(HeadColumn.singleLabel("brand").withMinFrequency(3))
                .addHead(HeadColumn.multiLabel("tags", "|").withMinFrequency(2))
                .build();
        assertThat(table.heads().get("brand").categories()).containsExactly("Audi", "Zonda", "Other");
        assertThat(table.samples().get(11).labels().categories("brand")).containsExactly("Other");
        assertThat(table.samples().get(11).labels().categories("tags")).containsExactly("new", "Other");
        assertThat(table.summary()).contains("2 rare categories (below 3 images) are folded into Other");
    }

    @Test
    void givenCategoriesKeepTheirOrderAndRefuseOthersWithLineAndNearOnes() throws IOException {
        String text = "file,type\n1.jpg,SUV\n2.jpg,Coupe\n3.jpg,Coup\n4.jpg,Van\n";
        HeadColumn type = HeadColumn.singleLabel("type").withCategories("SUV", "Coupe");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv(text).addHead(type).build())
                .withMessageContainingAll("'type'", "labels.csv line 4", "'Coup'", "'Coupe'", "1 more row");
        ImageTable masked =
                csv(text).addHead(type).optUnknownLabels(UnknownLabels.MASK).build();
        assertThat(masked.heads().get("type").categories()).containsExactly("SUV", "Coupe");
        assertThat(labels(masked, "type")).containsExactly(List.of("SUV"), List.of("Coupe"), null, null);
        ImageTable other = csv(text).addHead(type.withMinFrequency(1)).build();
        assertThat(other.heads().get("type").categories()).containsExactly("SUV", "Coupe", "Other");
        assertThat(labels(other, "type").get(3)).containsExactly("Other");
    }

    @Test
    void aLabelThatTrainingHasNeverSeenIsMaskedForItsHeadAloneAndToldOf() throws IOException {
        String text =
                """
                file,split,head,year
                1.jpg,train,a,old
                2.jpg,train,b,new
                3.jpg,train,c,old
                4.jpg,val,b,new
                5.jpg,val,z,old
                """;
        ImageTable table = csv(text)
                .addHead("head")
                .addHead("year")
                .optSplitColumn("split")
                .build();
        assertThat(table.heads().get("head").categories()).containsExactly("a", "b", "c");
        List<Sample> validation = table.samples("validation");
        assertThat(validation.get(0).labels().categories("head")).containsExactly("b");
        assertThat(validation.get(1).labels().isMissing("head")).isTrue();
        assertThat(validation.get(1).labels().categories("year")).containsExactly("old");
        assertThat(table.summary()).contains("1 row has a label that is none of these");
        assertThat(table.check().of(Kind.UNKNOWN_LABELS)).singleElement().satisfies(found -> {
            assertThat(found.rows()).containsExactly(4);
            assertThat(found.message()).contains("'head'", "'z'", "labels.csv line 6");
        });
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv(text)
                        .addHead("head")
                        .optSplitColumn("split")
                        .optUnknownLabels(UnknownLabels.FAIL)
                        .build())
                .withMessageContainingAll("'head'", "line 6", "'z'");
    }

    @Test
    void ofSeveralTagsOnlyTheUnknownOneIsLeftOut() throws IOException {
        ImageTable table = csv("file,split,tags\n1.jpg,train,a|b\n2.jpg,test,a|z\n3.jpg,test,z\n")
                .addTags("tags", "|")
                .optSplitColumn("split")
                .build();
        assertThat(labels(table, "tags")).containsExactly(List.of("a", "b"), List.of("a"), List.of());
    }

    @Test
    void anotherTableIsReadWithTheHeadsOfTheFirst() throws IOException {
        ImageTable train =
                csv("file,brand\n1.jpg,a\n2.jpg,b\n3.jpg,c\n").addHead("brand").build();
        ImageTable later = csv("file,brand\n4.jpg,b\n5.jpg,z\n")
                .addHead("brand")
                .optHeads(train.heads())
                .build();
        assertThat(later.heads()).isEqualTo(train.heads());
        assertThat(labels(later, "brand")).containsExactly(List.of("b"), null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv("file,brand\n4.jpg,b\n")
                        .addHead(HeadColumn.singleLabel("brand").named("Brand"))
                        .optHeads(train.heads())
                        .build())
                .withMessageContainingAll("no head 'Brand'", "'brand'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv("file,brand\n4.jpg,b\n")
                        .addTags("brand", "|")
                        .optHeads(train.heads())
                        .build())
                .withMessageContainingAll("head 'brand' has one label for an image", "take it as addHead(\"brand\")");
        HeadSet tags = csv("file,tags\n1.jpg,a|b\n2.jpg,a\n")
                .addTags("tags", "|")
                .build()
                .heads();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv("file,tags\n4.jpg,b\n")
                        .addHead("tags")
                        .optHeads(tags)
                        .build())
                .withMessageContainingAll("head 'tags' has any number of labels", "such as addTags(\"tags\", \"|\")");
    }

    @Test
    void aColumnOfWhichNothingIsLearnedIsRefusedWithItsName() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv("file,empty,constant\n1.jpg,,x\n2.jpg,,x\n")
                        .addHead(HeadColumn.singleLabel("empty").named("nothing"))
                        .addHead("constant")
                        .build())
                .withMessageContainingAll("'nothing'", "column 'empty'", "no training row", "'constant'", "'x'")
                .withMessageContaining("nothing to learn, leave the head out");
    }

    @Test
    void categoriesThatTheSplitKeptFromTrainingAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv("file,brand,split\n1.jpg,Audi,train\n2.jpg,BMW,validation\n")
                        .addHead("brand")
                        .optSplitColumn("split")
                        .build())
                .withMessageContaining("such as 'BMW', are in other parts of the split: give more rows");
    }

    @Test
    void withoutHeadsTheMessageProposesColumns() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv("file,brand,id\n1.jpg,a,1\n2.jpg,b,2\n3.jpg,a,3\n4.jpg,b,4\n")
                        .build())
                .withMessageContainingAll("no head is given", "addHead(\"brand\") (2 values)")
                .withMessageNotContaining("\"id\"");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv("file,a\n1.jpg,x\n")
                        .addHead("a")
                        .addHead("a")
                        .optSplitColumn("s")
                        .optValidation(1.5)
                        .build())
                .withMessageContainingAll("two heads", "optSplitColumn excludes optValidation;", "optValidation(1.5)");
        assertThatIllegalArgumentException().isThrownBy(() -> HeadColumn.multiLabel("tags", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> HeadColumn.singleLabel(" "));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeadColumn.singleLabel("a").withMinFrequency(-1));
    }

    @Test
    void aSplitIsDrawnOverAllHeadsAndSharesThem() throws IOException {
        StringBuilder text = new StringBuilder("file,brand,car\n");
        for (int i = 0; i < 40; i++) {
            text.append(i)
                    .append(".jpg,")
                    .append(i % 4 == 0 ? "Audi" : "BMW")
                    .append(",car")
                    .append(i / 2)
                    .append('\n');
        }
        ImageTable table = csv(text.toString())
                .addHead("brand")
                .optValidation(0.2)
                .optTest(0.1)
                .optGroupColumn("car")
                .build();
        DataSplit split = table.split().orElseThrow();
        assertThat(split.parts()).containsExactly("train", "validation", "test");
        for (int i = 0; i < 40; i += 2) {
            assertThat(split.part(i)).as("photos of one car").isEqualTo(split.part(i + 1));
        }
        assertThat(table.samples("validation")).hasSize(8);
        assertThat(table.samples("validation").get(0).labels().heads()).isEqualTo(table.heads());
        assertThat(table.split(split).split()).contains(split);
    }

    @Test
    void imagesOfTheSameBytesStayOnOneSide() throws IOException {
        List<TableRow> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            byte[] bytes = {(byte) (i / 3)};
            rows.add(TableRow.of(ImageSource.of("photo " + i, bytes)).with("brand", i % 2 == 0 ? "Audi" : "BMW"));
        }
        ImageTable table = ImageTable.rows(rows, row -> row)
                .addHead("brand")
                .optValidation(0.3)
                .build();
        DataSplit split = table.split().orElseThrow();
        for (int i = 0; i < 60; i++) {
            assertThat(split.part(i)).isEqualTo(split.part(i / 3 * 3));
        }
    }

    @Test
    void theWordsOfASplitColumnAreUnderstood() throws IOException {
        ImageTable table =
                csv("file,brand,split\n1.jpg,a,TRAIN\n2.jpg,b, train \n3.jpg,a,Valid\n4.jpg,b,dev\n5.jpg,a,test\n6.jpg,b,odd\n")
                        .addHead("brand")
                        .optSplitColumn("split")
                        .build();
        assertThat(table.split().orElseThrow().parts()).containsExactly("train", "validation", "test", "odd");
        assertThat(table.samples("odd")).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv("file,brand,split\n1.jpg,a,train\n2.jpg,b,\n")
                        .addHead("brand")
                        .optSplitColumn("split")
                        .build())
                .withMessageContainingAll("labels.csv line 3", "'split'", "empty");
    }

    @Test
    void partsThatAreNotThereAreToldOf() throws IOException {
        ImageTable whole =
                csv("file,brand\n1.jpg,a\n2.jpg,b\n").addHead("brand").build();
        assertThatIllegalArgumentException()
                .isThrownBy(whole::train)
                .withMessageContainingAll("labels.csv is not split", "optValidation(0.2)", "dataset()");
        ImageTable split = csv("file,brand,s\n1.jpg,a,train\n2.jpg,b,train\n")
                .addHead("brand")
                .optSplitColumn("s")
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(split::test)
                .withMessageContainingAll("labels.csv has no part 'test'", "optTest(0.1)", "split column");
    }

    @Test
    void rowsWithoutUsableImageFailWithTheirLinesOrAreSkipped() throws IOException {
        Path photos = Files.createDirectories(folder.resolve("photos"));
        for (String name : List.of("1.jpg", "2.JPG", "4.jpg")) {
            Files.write(photos.resolve(name), TestImages.jpeg(TestImages.pattern(20, 20)));
        }
        Files.createDirectories(photos.resolve("dir.jpg"));
        Path labels = Files.writeString(
                folder.resolve("labels.csv"), "file,brand\n1.jpg,a\n2.JPG,b\ngone.jpg,a\ndir.jpg,b\n,a\n4.jpg,b\n");
        ImageTable table = ImageTable.csv(labels, photos).addHead("brand").build();
        assertThatIOException()
                .isThrownBy(() -> table.dataset().build())
                .withMessageContainingAll("3 of 6", "labels.csv line 4", "labels.csv line 5", "labels.csv line 6");
        try (ImageDataset data = table.dataset().optBadImages(BadImages.SKIP).build()) {
            assertThat(data.size()).isEqualTo(3);
            assertThat(data.skipped()).hasSize(3);
        }
    }

    @Test
    void aDataSetGivesTheLabelsOfTheTable() throws Exception {
        Path photos = Files.createDirectories(folder.resolve("photos"));
        for (int i = 1; i <= 3; i++) {
            Files.write(photos.resolve(i + ".jpg"), TestImages.jpeg(TestImages.pattern(20, 20)));
        }
        Path labels =
                Files.writeString(folder.resolve("labels.csv"), "file,brand,tags\n1.jpg,b,x|y\n2.jpg,,\n3.jpg,a,y\n");
        ImageTable table = ImageTable.csv(labels, photos)
                .addHead("brand")
                .addTags("tags", "|")
                .build();
        try (NDManager manager = NDManager.newBaseManager();
                ImageDataset data =
                        table.dataset().optBatchSize(8).optShuffle(false).build();
                Batches batches = data.batches(manager, DataPass.evaluation(Preprocessing.imageNet(16)));
                MultiLabelBatch batch = batches.next()) {
            assertThat(batch.label("brand").toLongArray()).containsExactly(1, Labels.MISSING, 0);
            assertThat(batch.label("tags").toFloatArray()).containsExactly(1, 1, -1, -1, 0, 1);
        }
    }

    @Test
    void foldersNameTheCategoriesLevelByLevel() throws IOException {
        for (String file : List.of(
                "train/Audi/Coupe/1.jpg",
                "train/BMW/SUV/deep/er/2.PNG",
                "valid/BMW/Coupe/3.webp",
                "train/BMW/.hidden/4.jpg",
                "train/BMW/SUV/Thumbs.db",
                "train/BMW/SUV/._2.PNG")) {
            Path path = folder.resolve("cars").resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "x");
        }
        ImageTable table = ImageTable.folders(folder.resolve("cars"), "split", "brand", "type")
                .addHead("brand")
                .addHead("type")
                .optSplitColumn("split")
                .build();
        assertThat(table.samples()).hasSize(3);
        assertThat(table.heads().get("brand").categories()).containsExactly("Audi", "BMW");
        assertThat(table.samples("validation").get(0).labels()).hasToString("brand=BMW, type=Coupe");
    }

    @Test
    void foldersThatDoNotFitAreToldOf() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> ImageTable.folders(folder.resolve("none"), "brand")
                        .addHead("brand")
                        .build())
                .withMessageContaining("no such folder");
        assertThatIOException()
                .isThrownBy(() ->
                        ImageTable.folders(folder, "brand").addHead("brand").build())
                .withMessageContaining("has no images");
        Files.writeString(folder.resolve("1.jpg"), "x");
        assertThatIOException()
                .isThrownBy(() ->
                        ImageTable.folders(folder, "brand").addHead("brand").build())
                .withMessageContainingAll("1.jpg", "0 folders", "[brand]");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ImageTable.folders(folder, "brand").addHead("Brand").build())
                .withMessageContainingAll("'Brand' is no level", "'brand'");
        assertThatIllegalArgumentException().isThrownBy(() -> ImageTable.folders(folder));
    }

    record Car(String photo, String brand, List<String> tags) {}

    @Test
    void rowsComeFromCodeWithTagsAsLists() throws IOException {
        List<Car> cars = List.of(
                new Car("1.jpg", "Audi", List.of("red, dark", "old")),
                new Car("2.jpg", null, List.of()),
                new Car("3.jpg", "BMW", null));
        RowMapper<Car> mapper = car ->
                TableRow.of(Path.of(car.photo())).with("brand", car.brand()).with("tags", car.tags());
        ImageTable table = ImageTable.rows(cars.stream(), mapper)
                .addHead("brand")
                .addTags("tags", ",")
                .build();
        assertThat(labels(table, "brand")).containsExactly(List.of("Audi"), null, List.of("BMW"));
        assertThat(labels(table, "tags"))
                .as("an empty list says that there are none, null that nothing is known")
                .containsExactly(List.of("old", "red, dark"), List.of(), null);
        assertThat(table.samples().get(1).origin()).isEqualTo("rows row 2");
        assertThat(table.summary()).doesNotContain("empty cells");
    }

    @Test
    void rowsOfCodeThatCannotBeUsedAreToldOf() {
        assertThatIOException()
                .isThrownBy(() -> ImageTable.rows(List.<String>of(), TableRowTest::fail)
                        .addHead("a")
                        .build())
                .withMessageContaining("no rows");
        assertThatIOException()
                .isThrownBy(() -> ImageTable.rows(List.of("x"), TableRowTest::fail)
                        .addHead("a")
                        .build())
                .withMessageContainingAll("rows row 1", "mapper broke");
        assertThatIOException()
                .isThrownBy(() ->
                        ImageTable.rows(List.of("x"), x -> null).addHead("a").build())
                .withMessageContainingAll("rows row 1", "gave null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageTable.rows(
                                List.of("x"), x -> TableRow.of(Path.of(x)).with("b", "c"))
                        .addHead("a")
                        .build())
                .withMessageContainingAll("no row has a column 'a'", "[b]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageTable.rows(
                                List.of("x", "y"), x -> TableRow.of(Path.of(x)).with("b", List.of("1", "2")))
                        .addHead("b")
                        .build())
                .withMessageContainingAll("rows row 1", "exactly one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableRow.of((ImageSource) null))
                .withMessageContainingAll("'image' is null", "ImageSource.of(file)");
    }

    @Test
    void aTableOfOneCategoryCanBeEvaluatedByAModelOfMore() throws IOException {
        HeadSet model =
                csv("file,brand\n1.jpg,a\n2.jpg,b\n").addHead("brand").build().heads();
        ImageTable one =
                csv("file,brand\n9.jpg,a\n").addHead("brand").optHeads(model).build();
        assertThat(one.heads()).isEqualTo(model);
    }

    @Test
    void nullIsRefusedWithWhatToPass() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageTable.csv(null, folder))
                .withMessageContainingAll("'file' is null", "the path of a table");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv("file,tags\n1.jpg,a\n").addTags("tags", null))
                .withMessageContainingAll("'separator' is null", "between the tags");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv("file,brand\n1.jpg,a\n").addHead((String) null))
                .withMessageContainingAll("'column' is null", "name of a column");
    }

    @Test
    void everyOptionThatIsNullIsReportedByBuild() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv("file,brand\n1.jpg,a\n")
                        .addHead((HeadColumn) null)
                        .optHeads(null)
                        .optSplitColumn(null)
                        .optGroupColumn(null)
                        .optUnknownLabels(null)
                        .optMissingValues((List<String>) null)
                        .optProgress(null)
                        .build())
                .withMessageContainingAll(
                        "addHead(null)",
                        "optHeads(null)",
                        "optSplitColumn(null)",
                        "optGroupColumn(null)",
                        "optUnknownLabels(null)",
                        "optMissingValues(null)",
                        "optProgress(null)");
    }
}
