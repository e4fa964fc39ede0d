package io.github.multilabel.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.data.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which heads of a table determine others. */
class TableParentsTest {

    private static final List<String> MODELS = List.of("A4,Audi", "A5,Audi", "X1,BMW", "X3,BMW");

    @TempDir
    Path folder;

    /** 200 rows of four models in turn, with some changed. */
    private ImageTableBuilder table(String... changed) throws IOException {
        StringBuilder text = new StringBuilder("file,model,brand,colour\n");
        for (int row = 0; row < 200; row++) {
            String car = row < changed.length ? changed[row] : MODELS.get(row % 4);
            text.append(row)
                    .append(".jpg,")
                    .append(car)
                    .append(',')
                    .append(row / 4 % 3)
                    .append('\n');
        }
        Files.writeString(folder.resolve("cars.csv"), text);
        return ImageTable.csv(folder.resolve("cars.csv"), folder)
                .addHead("colour")
                .addHead("brand")
                .addHead("model");
    }

    @Test
    void theRowsShowThem() throws IOException {
        ImageTable table = table().build();

        assertThat(table.heads().hierarchy()).hasToString("model -> brand");
        assertThat(table.summary()).contains("- model determines brand");
        assertThat(table().optParentSearch(false).build().heads().hierarchy().isEmpty())
                .isTrue();
    }

    @Test
    void aFineLabelSaysTheCoarseOneThatIsMissing() throws IOException {
        ImageTable table = table("A5,", ",BMW", ",").build();

        assertThat(table.samples().get(0).labels().categories("brand")).containsExactly("Audi");
        assertThat(table.samples().get(1).labels().isMissing("model")).isTrue();
        assertThat(table.samples().get(2).labels().index("brand")).isEqualTo(Labels.MISSING);
    }

    @Test
    void aRowThatContradictsStaysAndIsFoundByTheCheck() throws IOException {
        ImageTable table = table("A4,BMW").build();

        assertThat(table.samples().get(0).labels().categories("brand")).containsExactly("BMW");
        assertThat(table.check().of(Finding.Kind.BREAKS_HIERARCHY))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rows()).containsExactly(0);
                    assertThat(finding.message())
                            .startsWith("'model': 'A4' is of 'brand' 'Audi', but these rows say another: ")
                            .contains("cars.csv line 2");
                });
    }

    @Test
    void aTableThatWouldShowThemButForFewRowsSaysSo() throws IOException {
        ImageTable table = table("A4,BMW", "A5,BMW", "X1,Audi").build(); // three of 200 rows are more than one of 100

        String note =
                "'model' would determine 'brand' but for 3 of 200 training rows: cars.csv line 2, cars.csv line 3, cars.csv"
                        + " line 4. Correct what is a slip, or say that it does with optParents(\"model\", \"brand\")";
        assertThat(table.heads().hierarchy().isEmpty()).isTrue();
        assertThat(table.summary()).contains("- note: " + note);
        assertThat(table.check().of(Finding.Kind.BREAKS_HIERARCHY))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Finding.Severity.INFO);
                    assertThat(finding.rows()).containsExactly(0, 1, 2);
                    assertThat(finding.message()).isEqualTo(note);
                });
        assertThat(table("A4,BMW", "A5,BMW", "X1,Audi")
                        .optParentSearch(false)
                        .build()
                        .summary())
                .as("who wants none")
                .doesNotContain("would determine");
    }

    @Test
    void theyMayBeNamed() throws IOException {
        assertThat(table().optParents("model", "brand").build().heads().hierarchy())
                .hasToString("model -> brand");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table().optParents("modell", "brand").build())
                .withMessageContaining("no head 'modell'")
                .withMessageContaining("model");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table().optParents("model", "model").build())
                .withMessageContaining("it would be its own parent");
    }

    @Test
    void anotherTableTakesThemFromTheModel() throws IOException {
        ImageTable known = table().build();
        ImageTable few = ImageTable.rows(List.of("X1"), model -> TableRow.of(folder.resolve("1.jpg"))
                        .with("model", model))
                .addHead("model")
                .optHeads(known.heads())
                .build();

        assertThat(few.heads()).isEqualTo(known.heads());
        assertThat(few.samples().get(0).labels().categories("brand")).containsExactly("BMW");
    }

    @Test
    void whoWantsNoneGetsNoneOfTheModelEither() throws IOException {
        HeadSet known = table().build().heads();
        ImageTable alone = table().optHeads(known)
                .optUnknownLabels(UnknownLabels.ADD)
                .optParentSearch(false)
                .build();

        assertThat(known.hierarchy().isEmpty()).isFalse();
        assertThat(alone.heads().hierarchy().isEmpty()).isTrue();
    }
}
