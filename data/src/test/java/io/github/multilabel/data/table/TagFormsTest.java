package io.github.multilabel.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tags that have a row each, or a column each, as one head. */
class TagFormsTest {

    @TempDir
    Path folder;

    private ImageTableBuilder table(String text) throws IOException {
        return ImageTable.of(TableFile.of(Files.writeString(folder.resolve("labels.csv"), text)));
    }

    @Test
    void rowsOfAnImageBecomeOneWithAllTags() throws IOException {
        ImageTable table = table(
                        "file,tag,brand\n1.jpg,red,Audi\n2.jpg,blue,BMW\n1.jpg,blue,\n1.jpg,red,Audi\n3.jpg,,BMW\n")
                .addHead(HeadColumn.tagPerRow("tag").named("tags"))
                .addHead("brand")
                .build();

        assertThat(TableLabels.of(table, "tags")).containsExactly("[blue, red]", "[blue]", "missing");
        assertThat(TableLabels.of(table, "brand")).containsExactly("[Audi]", "[BMW]", "[BMW]");
        assertThat(table.summary()).contains("5 rows are 3 images");
        assertThat(table.samples().get(0).origin()).isEqualTo("labels.csv line 2 (and 2 rows more of this image)");
    }

    @Test
    void wordsForAMissingTagAreNoTags() throws IOException {
        ImageTable table = table("file,tag\n1.jpg,red\n1.jpg,NA\n2.jpg,NA\n2.jpg,NA\n3.jpg,blue\n")
                .addHead(HeadColumn.tagPerRow("tag"))
                .optMissingValues("NA")
                .build();
        assertThat(TableLabels.of(table, "tag")).containsExactly("[red]", "missing", "[blue]");
    }

    @Test
    void rowsWithoutAnImageStayApart() throws IOException {
        ImageTable table = table("file,tag\n1.jpg,red\n,red\n,blue\n2.jpg,blue\n")
                .addHead(HeadColumn.tagPerRow("tag"))
                .build();
        assertThat(table.size()).isEqualTo(4);
    }

    @Test
    void rowsOfAnImageThatContradictEachOtherInAnotherColumnAreRefused() throws IOException {
        ImageTableBuilder table = table("file,tag,brand\n1.jpg,red,Audi\n1.jpg,blue,BMW\n2.jpg,red,BMW\n")
                .addHead(HeadColumn.tagPerRow("tag"))
                .addHead("brand");
        assertThatIllegalArgumentException()
                .isThrownBy(table::build)
                .withMessageContainingAll("line 2 has 'Audi'", "line 3 'BMW'", "column 'brand'");
    }

    @Test
    void aTableWithARowForEachTagThatIsReadOtherwiseIsToldOf() throws IOException {
        ImageTable table = table("file,tag\n1.jpg,red\n1.jpg,blue\n2.jpg,red\n2.jpg,blue\n")
                .addHead("tag")
                .build();
        assertThat(table.summary())
                .contains("2 rows have an image of an earlier row and another label", "HeadColumn.tagPerRow(\"tag\")");
    }

    @ParameterizedTest
    @CsvSource({"1,0", "1,-1", "true,False", "Yes,no", "1.0,0.0", "T,f", "+1,-1"})
    void columnsThatSayYesOrNoAreTheTagsOfOneHead(String yes, String no) throws IOException {
        ImageTable table = table("file,red,blue\n1.jpg,Y,N\n2.jpg,N,Y\n3.jpg,N,N\n4.jpg,Y,Y\n"
                        .replaceAll("\\bY\\b", yes)
                        .replaceAll("\\bN\\b", no))
                .addHead(HeadColumn.tagPerColumn("tags", "red", "blue"))
                .build();
        assertThat(table.heads().get("tags").categories()).containsExactly("blue", "red");
        assertThat(TableLabels.of(table, "tags")).containsExactly("[red]", "[blue]", "[]", "[blue, red]");
    }

    @Test
    void aPatternTakesAllColumnsOfItsKind() throws IOException {
        String text = "file,is_red,is_blue,brand,set\n1.jpg,1,0,Audi,train\n2.jpg,0,1,BMW,train\n";
        ImageTable named =
                table(text).addHead(HeadColumn.tagPerColumn("tags", "is_*")).build();
        assertThat(named.heads().get("tags").categories()).containsExactly("blue", "red");

        ImageTable all = table(text)
                .addHead(HeadColumn.tagPerColumn("tags", "*"))
                .addHead("brand")
                .optSplitColumn("set")
                .build();
        assertThat(all.heads().get("tags").categories())
                .as("neither the images nor the split nor another head")
                .containsExactly("is_blue", "is_red");
    }

    @Test
    void anEmptyCellIsAMissingLabelOrAnAbsentTag() throws IOException {
        String text = "file,red,blue\n1.jpg,1,\n2.jpg,0,1\n3.jpg,1,0\n4.jpg,,\n";
        HeadColumn tags = HeadColumn.tagPerColumn("tags", "red", "blue");

        ImageTable unknown = table(text).addHead(tags).build();
        assertThat(TableLabels.of(unknown, "tags")).containsExactly("missing", "[blue]", "[red]", "missing");
        assertThat(unknown.summary()).contains("2 of 4 rows have an empty cell", "withEmptyTags(EmptyTags.NONE)");
        assertThat(TableLabels.of(
                        table(text).addHead(tags.withEmptyTags(EmptyTags.NONE)).build(), "tags"))
                .containsExactly("[red]", "[blue]", "[red]", "[]");
    }

    @Test
    void cellsThatSayNeitherYesNorNoAreToldOfAtOnce() throws IOException {
        ImageTableBuilder table = table("file,red,blue\n1.jpg,2,0\n2.jpg,0,perhaps\n3.jpg,1,1\n")
                .addHead(HeadColumn.tagPerColumn("tags", "red", "blue"));
        assertThatIllegalArgumentException()
                .isThrownBy(table::build)
                .withMessageContainingAll("line 2 has '2' in column 'red'", "line 3 has 'perhaps' in column 'blue'");
    }

    @Test
    void absentAndUnknownAreNotGuessed() throws IOException {
        String text = "file,red,blue\n1.jpg,1,-1\n2.jpg,0,1\n3.jpg,1,0\n";
        HeadColumn tags = HeadColumn.tagPerColumn("tags", "red", "blue");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table(text).addHead(tags).build())
                .withMessageContainingAll("0 (first in labels.csv line 3", "-1 (first in labels.csv line 2");
        assertThat(TableLabels.of(
                        table(text).addHead(tags).optMissingValues("-1").build(), "tags"))
                .containsExactly("missing", "[blue]", "[red]");
    }

    @Test
    void tagsInOneTextAreNotTakenForOneTag() throws IOException {
        ImageTableBuilder table = table("file,tags\n1.jpg,red|blue\n2.jpg,red\n3.jpg,blue|green\n")
                .addHead(HeadColumn.tags("tags"));
        assertThatIllegalArgumentException()
                .isThrownBy(table::build)
                .withMessageContainingAll("texts with tags separated by '|'", "addTags(\"tags\", \"|\")");
    }

    @Test
    void aPatternThatNamesNothingIsRefusedWithTheColumnsThatThereAre() throws IOException {
        ImageTableBuilder table = table("file,is_red\n1.jpg,1\n").addHead(HeadColumn.tagPerColumn("tags", "tag_*"));
        assertThatIllegalArgumentException()
                .isThrownBy(table::build)
                .withMessageContainingAll("no column is named 'tag_*'", "is_red");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table("file,a_x,x\n1.jpg,1,0\n")
                        .addHead(HeadColumn.tagPerColumn("tags", "a_*", "x"))
                        .build())
                .withMessageContaining("both the tag 'x'");
    }
}
