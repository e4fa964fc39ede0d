package io.github.multilabel.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lines of a table are its header, rows and comments. */
class TableLinesTest {

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    private TableFile csv(String text) throws IOException {
        return TableFile.of(Files.writeString(folder.resolve("labels.csv"), text));
    }

    private List<String> read(TableFile csv, String column) throws IOException {
        return csv.read(List.of(column), note -> notes.add(note.message())).stream()
                .map(row -> row.origin() + " " + row.text(column))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", " "})
    void columnsWithoutAHeaderAreNamedByTheirNumbers(String delimiter) throws IOException {
        TableFile csv = csv("1.jpg,0\n2.jpg,1\n".replace(",", delimiter)).withoutHeader();

        assertThat(csv.columns()).extracting(ColumnSummary::name).containsExactly("1", "2");
        assertThat(read(csv, "2")).containsExactly("labels.csv line 1 0", "labels.csv line 2 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(csv, "brand"))
                .withMessageContainingAll("no column 'brand'", "[1, 2]");
    }

    @Test
    void aRowWhereTheHeaderShouldBeIsToldOfWithWhatToDo() throws IOException {
        TableFile csv = csv("1.jpg,0\n2.jpg,1\n");
        assertThatIllegalArgumentException()
                .isThrownBy(csv::columns)
                .withMessageContainingAll("'1.jpg'", "looks like a row", "TableFile.withoutHeader()");
    }

    @Test
    void withoutAHeaderMostRowsSayHowManyColumnsThereAre() throws IOException {
        TableFile csv = csv("1.jpg\n2.jpg,Audi\n3.jpg,BMW\n").withoutHeader();
        assertThatIOException().isThrownBy(() -> read(csv, "2")).withMessageContaining("line 1 has 1 cell");
    }

    @Test
    void commentsBeforeRowsWithoutAHeaderArePassedOver() throws IOException {
        TableFile csv = csv("# images of May\n1.jpg,Audi\n2.jpg,BMW\n").withoutHeader();
        assertThat(read(csv, "2")).containsExactly("labels.csv line 2 Audi", "labels.csv line 3 BMW");
        assertThat(notes).singleElement().asString().contains("comments before the rows, up to line 1");
    }

    @Test
    void aFirstRowWhoseImageBeginsWithTheSignIsNoComment() throws IOException {
        assertThat(read(csv("#1.jpg,Audi\n#2.jpg,BMW\n").withoutHeader(), "2")).hasSize(2);
    }

    @Test
    void commentsBetweenRowsArePassedOverAndToldOf() throws IOException {
        TableFile csv = csv("file,brand\n1.jpg,Audi\n# the second day, with rain, and wind\n2.jpg,BMW\n");
        assertThat(read(csv, "brand")).containsExactly("labels.csv line 2 Audi", "labels.csv line 4 BMW");
        assertThat(notes)
                .singleElement()
                .asString()
                .contains("1 line between the rows", "line 3, '# the second day'", "is passed over as a comment");
    }

    @Test
    void rowsThatBeginWithTheSignAreNotLost() throws IOException {
        TableFile csv = csv("colour,file,note\n#ff0000,1.jpg,#\n#00ff00,2.jpg,x\n#,3.jpg,\n");
        assertThat(read(csv, "colour"))
                .containsExactly("labels.csv line 2 #ff0000", "labels.csv line 3 #00ff00", "labels.csv line 4 #");
        assertThat(notes).isEmpty();
        assertThatIOException()
                .as("half a row of an image")
                .isThrownBy(() -> read(csv("colour,file,note\n#ff0000,1.jpg,a\n#00ff00,2.jpg\n"), "colour"))
                .withMessageContaining("line 3 has 2 cells");
    }

    @Test
    void allRowsOfAnotherLengthAreToldOfAtOnce() throws IOException {
        TableFile csv = csv("file,brand,note\n1.jpg,Audi\n2.jpg,BMW,x\n3.jpg,Audi,x,y\n4.jpg\n");
        assertThatIOException()
                .isThrownBy(() -> read(csv, "brand"))
                .withMessageContainingAll("line 2 has 2 cells", "line 4 has 4", "line 5 has 1");
    }
}
