package io.github.multilabel.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.LabelCounts;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationReportTest {

    @TempDir
    Path folder;

    private String written(EvaluationReport report) throws IOException {
        Path file = folder.resolve("report.html");
        report.write(file);
        return Files.readString(file);
    }

    @Test
    void standsAloneAndHasASectionForEachHead() throws IOException {
        // given a report with all that it can show
        EvaluationReport report = SamplePredictions.report(SamplePredictions.of(SamplePredictions.heads(5), 300))
                .build();

        // when it is written
        String html = written(report);

        // then nothing in it leads elsewhere, and every head has its heading
        assertThat(html).startsWith("<!DOCTYPE html>").doesNotContainPattern("(src|href)=\"(?!data:|#)");
        assertThat(html).doesNotContain("http:").doesNotContain("https:");
        assertThat(html).contains("Head \u201cbrand\u201d", "Head \u201ctype\u201d", "Head \u201ctags\u201d");
        assertThat(html)
                .contains(
                        "Learning curves",
                        "Confusion matrix",
                        "Tags that are missed and given",
                        "Most confident mistakes",
                        "--backbone");
    }

    @Test
    void namesAreTextWhateverTheyLookLike() throws IOException {
        // given names that would be programs, attributes or another direction of script
        String hostile = "<script>alert('x')</script>";
        String quotes = "\" onload=\"alert(1)";
        HeadSet heads = HeadSet.of(Head.singleLabel(hostile, quotes, "\u0633\u064a\u0627\u0631\u0629", "a & b"));
        Predictions predictions = Predictions.builder(heads)
                .add(
                        "a#b?<img src=x>.jpg",
                        Labels.builder(heads).set(hostile, quotes).build(),
                        new float[] {0, 3, 1})
                .add("b.jpg", Labels.builder(heads).set(hostile, "a & b").build(), new float[] {0, 0, 1})
                .build();

        // when a report is written of them
        String html = written(SamplePredictions.report(predictions)
                .optTitle(hostile)
                .addSetting(hostile, quotes)
                .build());

        // then they stand in it as text
        assertThat(html).doesNotContain("<script>alert").doesNotContain("<img src=x");
        assertThat(html).doesNotContainPattern("<[^>]*onload=\"");
        assertThat(html).contains("&lt;script&gt;alert", "a &amp; b", "\u0633\u064a\u0627\u0631\u0629");
    }

    @Test
    void sizeFollowsTheCategoriesAndNotTheirSquare() {
        // given heads of 500 and of 2,000 categories
        Predictions few =
                SamplePredictions.of(HeadSet.of(Head.singleLabel("h", SamplePredictions.names("c", 500))), 1500);
        Predictions many =
                SamplePredictions.of(HeadSet.of(Head.singleLabel("h", SamplePredictions.names("c", 2000))), 1500);

        // when both are pages
        int small =
                EvaluationReport.builder().setPredictions(few).build().page().html().length;
        int large =
                EvaluationReport.builder().setPredictions(many).build().page().html().length;

        // then the page grows with the categories at most
        assertThat(large).isLessThan(4 * small).isLessThan(2_000_000);
    }

    @Test
    void aCategoryHasItsBoundsInWholePercent() throws IOException {
        // given five images of a category, all found: Wilson's bounds of the recall are 56.55 and 100 percent
        HeadSet heads = HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"));
        Predictions.Builder five = Predictions.builder(heads);
        for (int i = 0; i < 5; i++) {
            five.add("i" + i, Labels.builder(heads).set("brand", "Audi").build(), new float[] {1, 0});
        }

        // when a report is written
        String html =
                written(EvaluationReport.builder().setPredictions(five.build()).build());

        // then they are rounded outwards
        assertThat(html).contains("100.0\u00a0% (56\u2013100)");
    }

    @Test
    void whatIsNotDefinedIsNotTold() throws IOException {
        // given images without any label
        HeadSet heads = SamplePredictions.heads(2);
        Predictions predictions = Predictions.builder(heads)
                .add("a.jpg", Labels.missing(heads), new float[2], new float[3], new float[3])
                .build();

        // when a report is written
        String html =
                written(EvaluationReport.builder().setPredictions(predictions).build());

        // then its figures are undefined, not 0
        assertThat(html).contains("n/a", "Nothing was measured").doesNotContain("NaN");
        assertThat(html).doesNotContain("Confusion matrix", "Tags that are missed");
    }

    @Test
    void aMissingThumbnailCostsNoReport() throws IOException {
        // given images that cannot be read
        EvaluationReport report = EvaluationReport.builder()
                .setPredictions(SamplePredictions.of(SamplePredictions.heads(3), 100))
                .optThumbnails(row -> {
                    throw new IOException("cut off");
                })
                .build();

        // when it is written, then it says so
        assertThat(written(report)).contains("cannot be shown: cut off");
    }

    @Test
    void labelsOfOtherSplitsStandBesideThoseOfThePredictions() throws IOException {
        // given counts of training labels
        HeadSet heads = SamplePredictions.heads(2);
        EvaluationReport report = EvaluationReport.builder()
                .setPredictions(SamplePredictions.of(heads, 50))
                .addLabels("training", List.of(new LabelCounts(heads.get(0), 7654, 4321, 3333)))
                .build();

        // when it is written, then both are in the table
        assertThat(written(report)).contains("4,321", "training", "evaluated");
    }

    @Test
    void refusesCountsOfOtherCategories() {
        // given counts of a head of the same name
        Head other = Head.singleLabel("brand", "x", "y", "z");
        EvaluationReport.Builder builder = EvaluationReport.builder()
                .setPredictions(SamplePredictions.of(SamplePredictions.heads(2), 5))
                .addLabels("training", List.of(new LabelCounts(other, 3, 1, 1, 1)));

        // when it is built, then the message names head and split
        assertThatThrownBy(builder::build).hasMessageContaining("brand").hasMessageContaining("training");
        assertThatThrownBy(() -> EvaluationReport.builder().build()).hasMessageContaining("setPredictions");
    }

    @Test
    void theSameReportIsTheSameBytes() {
        EvaluationReport report = SamplePredictions.report(SamplePredictions.of(SamplePredictions.heads(40), 300))
                .build();

        assertThat(new String(report.page().html(), StandardCharsets.UTF_8))
                .isEqualTo(new String(report.page().html(), StandardCharsets.UTF_8));
    }
}
