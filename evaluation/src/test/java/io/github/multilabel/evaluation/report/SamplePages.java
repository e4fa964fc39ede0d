package io.github.multilabel.evaluation.report;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.LabelCounts;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Writes reports to look at, and for the test in a browser: {@code java ... SamplePages FOLDER}. */
final class SamplePages {

    private SamplePages() {}

    public static void main(String... args) throws IOException {
        write(Path.of(args[0]));
    }

    /** Few categories, many, and names that a browser could take for something else. */
    static void write(Path folder) throws IOException {
        write(folder.resolve("two.html"), SamplePredictions.heads(2), 200);
        write(folder.resolve("twelve.html"), SamplePredictions.heads(12), 600);
        write(folder.resolve("many.html"), SamplePredictions.heads(2000), 6000);
        write(
                folder.resolve("hostile.html"),
                HeadSet.of(
                        Head.singleLabel(
                                "<script>console.error('run')</script>",
                                "\"quoted\" 'twice'",
                                "\u0633\u064a\u0627\u0631\u0629 \u062d\u0645\u0631\u0627\u0621",
                                "</style><img src=http://example.com/x>",
                                "a name that goes on and on without an end in sight, far beyond what fits into a column of a table"),
                        Head.multiLabel("tags & more", "#1", "\u05d9\u05e8\u05d5\u05e7")),
                120);
    }

    private static void write(Path file, HeadSet heads, int images) throws IOException {
        Predictions predictions = SamplePredictions.of(heads, images);
        EvaluationReport.Builder report = SamplePredictions.report(predictions);
        report.addLabels(
                "training",
                heads.stream()
                        .map(head -> new LabelCounts(
                                head,
                                10L * head.size(),
                                IntStream.range(0, head.size())
                                        .mapToLong(k -> 400 / (k + 1))
                                        .toArray()))
                        .toList());
        report.optTitle(List.of("Drawn predictions", heads.get(0).name()).get(images == 120 ? 1 : 0));
        report.build().write(file);
    }
}
