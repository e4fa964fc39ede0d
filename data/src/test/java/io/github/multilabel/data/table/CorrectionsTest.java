package io.github.multilabel.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.Labels;
import io.github.multilabel.data.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrectionsTest {

    @TempDir
    private Path folder;

    private Path labels;
    private Path photos;
    private Path corrections;

    @BeforeEach
    void table() throws IOException {
        photos = Files.createDirectory(folder.resolve("photos"));
        corrections = folder.resolve("corrected.csv");
        labels = Files.writeString(
                folder.resolve("labels.csv"),
                """
                image,brand,tags
                1.jpg,Audi,rusty|open
                2.jpg,BMW,
                3.jpg,Audi,open
                4.jpg,,rusty
                """);
    }

    @Test
    void aCorrectedCellReplacesTheLabelAndAnEmptyOneLeavesIt() throws IOException {
        ImageTable table = corrected("1.jpg,brand,BMW", "2.jpg,brand,", "4.jpg,brand,Audi", "2.jpg,tags,open");

        assertThat(table.samples().stream().map(Sample::labels).map(Labels::toString))
                .containsExactly(
                        "brand=BMW, tags=open|rusty",
                        "brand=BMW, tags=open",
                        "brand=Audi, tags=open",
                        "brand=Audi, tags=rusty");
    }

    @Test
    void theSummarySaysWhatWasChanged() throws IOException {
        ImageTable table = corrected("1.jpg,brand,BMW", "2.jpg,brand,", "3.jpg,brand,Audi", "2.jpg,tags,open");

        assertThat(table.summary())
                .contains("note: " + corrections + ": 2 labels are corrected (brand 1, tags 1), 1 were so already,"
                        + " 1 rows have no correction");
    }

    @Test
    void theSeparatorAloneMeansNoTagsAndAQuestionMarkThatNobodyKnows() throws IOException {
        ImageTable table = corrected("1.jpg,tags,|", "1.jpg,brand,?", "3.jpg,tags, rusty | open ");

        assertThat(table.samples().get(0).labels()).hasToString("brand=?, tags=");
        assertThat(table.samples().get(2).labels()).hasToString("brand=Audi, tags=open|rusty");
    }

    @Test
    void imagesMayBeNamedWithTheFolderOfImagesOrWithout() throws IOException {
        ImageTable table = corrected(photos.resolve("1.jpg") + ",brand,BMW");

        assertThat(table.samples().get(0).labels().categories("brand")).containsExactly("BMW");
    }

    @Test
    void allThatTheTableHasNotIsToldWithItsLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> corrected("9.jpg,brand,BMW", "1.jpg,brnd,BMW", "1.jpg,brand,Aud", "1.jpg,tags,old"))
                .withMessageContaining("line 2: no row has the image '9.jpg'; the first row has '")
                .withMessageContaining("line 3: there is no head 'brnd' here; there are 2 names [brand, tags]; did you"
                        + " mean 'brand'?")
                .withMessageContaining("line 4: head 'brand' has no category 'Aud'; there are 2 names [Audi, BMW]; did"
                        + " you mean 'Audi'?")
                .withMessageContaining("line 5: head 'tags' has no category 'old'");
    }

    @Test
    void twoCorrectionsOfOneLabelMustAgree() throws IOException {
        assertThat(corrected("1.jpg,brand,BMW", "1.jpg,brand,BMW").samples()).hasSize(4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> corrected("1.jpg,brand,BMW", "1.jpg,brand,Audi"))
                .withMessageContaining("line 3 corrects the same label as line 2, to something else");
    }

    @Test
    void aFileOfAnotherKindIsRefused() throws IOException {
        Files.writeString(corrections, "row,part\n1.jpg,train\n");

        assertThatIllegalArgumentException()
                .isThrownBy(this::read)
                .withMessageContaining("has no column 'source'; it has 2 names [row, part]");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatIOException().isThrownBy(this::read).withMessageContaining("corrected.csv");
    }

    private ImageTable corrected(String... lines) throws IOException {
        Files.writeString(corrections, "source,head,corrected\n" + String.join("\n", List.of(lines)) + "\n");
        return read();
    }

    private ImageTable read() throws IOException {
        return ImageTable.csv(labels, photos)
                .addHead("brand")
                .addTags("tags", "|")
                .optCorrections(corrections)
                .build();
    }
}
