package io.github.multilabel.evaluation.labels;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.CsvLine;
import io.github.multilabel.core.internal.files.TagCell;
import io.github.multilabel.core.internal.message.Given;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Label issues as a table (CSV, RFC 4180, UTF-8) for somebody who looks at the images and fills in the last column.
 * What is filled in is read by {@code ImageTableBuilder.optCorrections}.
 *
 * <p>The columns are {@code rank}, 1 for the most doubtful; {@code source}, the name of the image; {@code head};
 * {@code kind}, {@link LabelIssue.Kind#inFiles}, several with {@code +} between them; {@code label} and
 * {@code suggested}; {@code label.probability}, {@link LabelIssue#selfConfidence}; {@code suggested.probability}; and
 * {@code corrected}, which is empty: the category that is right goes there, nothing if the label is right, and
 * {@code ?} if nobody can tell. The tags of a multi-label head stand in one cell with a separator between them, as a
 * rule {@code |}; the separator alone says that there are none.
 */
public final class LabelIssuesCsv {

    private static final List<String> HEADER = List.of(
            "rank",
            "source",
            "head",
            "kind",
            "label",
            "suggested",
            "label.probability",
            "suggested.probability",
            "corrected");

    private LabelIssuesCsv() {}

    /**
     * Writes a row for each issue, in their order.
     *
     * @param file replaced when complete
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, LabelIssues issues) throws IOException {
        Given.require(file, "file", "the table to write");
        Given.require(issues, "issues", "e.g. LabelIssues.find(predictions)");
        AtomicOutput.file(file, out -> {
            Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            write(text, HEADER);
            int rank = 0;
            for (LabelIssue issue : issues.issues()) {
                rank++;
                write(text, cells(rank, issue));
            }
            text.flush();
        });
    }

    private static void write(Writer text, List<String> cells) throws IOException {
        text.append(CsvLine.of(cells)).append("\r\n");
    }

    private static List<String> cells(int rank, LabelIssue issue) {
        return List.of(
                Integer.toString(rank),
                issue.source(),
                issue.head().name(),
                issue.kinds().stream().map(LabelIssue.Kind::inFiles).collect(Collectors.joining("+")),
                cell(issue.head(), issue.given()),
                cell(issue.head(), issue.suggested()),
                number(issue.selfConfidence()),
                number(issue.suggestedProbability()),
                "");
    }

    private static String cell(Head head, List<String> categories) {
        return switch (head.kind()) {
            case SINGLE_LABEL -> String.join("", categories);
            case MULTI_LABEL -> TagCell.of(head.categories(), categories);
        };
    }

    private static String number(double probability) {
        return Double.isNaN(probability) ? "" : String.format(Locale.ROOT, "%.6f", probability);
    }
}
