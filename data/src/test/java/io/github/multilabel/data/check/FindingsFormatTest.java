package io.github.multilabel.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.split.DataSplit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Other programs read the findings by names that stay, whatever the constants are called now. The samples were written
 * by commit c833c6e, with every kind and every severity.
 */
class FindingsFormatTest {

    private static final Path SAMPLES = Path.of("src/test/resources/formats/findings");

    @TempDir
    private Path folder;

    private static DataReport report() {
        HeadSet heads = HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"));
        List<Sample> samples = List.of(
                new Sample(ImageSource.of("photos/a.jpg", new byte[0]), Labels.missing(heads), "cars.csv line 2"),
                new Sample(ImageSource.of("photos/b.jpg", new byte[0]), Labels.missing(heads), "cars.csv line 3"));
        List<Finding> findings = new ArrayList<>();
        for (Kind kind : EnumSet.range(Kind.values()[0], Kind.TABLE_NOTE)) {
            Severity severity = Severity.values()[findings.size() % Severity.values().length];
            findings.add(new Finding(kind, severity, findings.isEmpty() ? List.of() : List.of(0, 1), "as it is"));
        }
        return new DataReport(samples, Optional.of(DataSplit.byName(List.of("train", "test"))), findings, List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"findings.csv", "findings.json"})
    void findingsAreWrittenAsTheyAlwaysWere(String name) throws IOException {
        report().write(folder.resolve(name));
        assertThat(folder.resolve(name)).hasSameTextualContentAs(SAMPLES.resolve(name));
    }

    @Test
    void kindsThatCameLaterHaveTheirNames() {
        assertThat(EnumSet.complementOf(EnumSet.range(Kind.values()[0], Kind.TABLE_NOTE)))
                .extracting(Kind::inFiles)
                .containsExactly(
                        "CATEGORY_NOT_IN_EVERY_PART",
                        "PART_SIZE",
                        "NO_LABELS",
                        "TINY_IMAGE",
                        "GREY_IMAGE",
                        "BLURRED_IMAGE",
                        "BREAKS_HIERARCHY");
    }
}
