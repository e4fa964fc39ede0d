package io.github.multilabel.evaluation.report;

import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.evaluation.internal.page.Cell;
import io.github.multilabel.evaluation.internal.page.Figures;
import io.github.multilabel.evaluation.internal.page.Gallery;
import io.github.multilabel.evaluation.internal.page.Note;
import io.github.multilabel.evaluation.internal.page.Part;
import io.github.multilabel.evaluation.internal.page.Section;
import io.github.multilabel.evaluation.internal.page.Table;
import io.github.multilabel.evaluation.labels.LabelIssue;
import io.github.multilabel.evaluation.labels.LabelIssues;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Labels that somebody should look at. */
final class IssuesSection {

    private static final int SHOWN = 12;
    private static final int ROWS = 200;
    /** Categories that are named. */
    private static final int NAMED = 12;

    private IssuesSection() {}

    static Section of(LabelIssues found, Pictures pictures) {
        List<Part> parts = new ArrayList<>();
        if (found.issues().isEmpty()) {
            parts.add(new Note("No label of " + Figures.count(found.images(), "image") + " is doubted."));
        } else {
            parts.add(new Gallery(
                    "Most doubtful labels",
                    "If the model is right, the label is wrong; if both can be, look at the image.",
                    found.issues().stream()
                            .limit(SHOWN)
                            .map(issue -> pictures.image(
                                    issue.row(), issue.source(), List.of(Excerpt.of(issue.question()), kinds(issue))))
                            .toList()));
            parts.add(table(found));
        }
        if (!found.notExamined().isEmpty()) {
            parts.add(new Note(notExamined(found)));
        }
        return new Section("Label issues", parts);
    }

    private static Table table(LabelIssues found) {
        List<LabelIssue> issues = found.issues();
        return new Table(
                        "Labels to look at",
                        List.of(
                                "image",
                                "head",
                                "label",
                                "suggested",
                                "why",
                                "probability of the label",
                                "of the suggested"),
                        issues.stream()
                                .limit(ROWS)
                                .map(issue -> List.of(
                                        Cell.text(issue.source()),
                                        Cell.text(issue.head().name()),
                                        Cell.text(String.join(", ", issue.given())),
                                        Cell.text(String.join(", ", issue.suggested())),
                                        Cell.text(kinds(issue)),
                                        Cell.share(issue.selfConfidence()),
                                        Cell.share(issue.suggestedProbability())))
                                .toList())
                .withNote(
                        issues.size() > ROWS
                                ? "and " + Figures.count(issues.size() - ROWS)
                                        + " more; label-issues.csv and LabelIssues have all"
                                : "");
    }

    private static String kinds(LabelIssue issue) {
        return issue.kinds().stream().map(LabelIssue.Kind::words).collect(Collectors.joining(", "));
    }

    private static String notExamined(LabelIssues found) {
        int more = found.notExamined().size() - NAMED;
        return "Not examined, with fewer than " + found.minSupport() + " labels: "
                + found.notExamined().stream().limit(NAMED).map(Excerpt::of).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + Figures.count(more) + " more" : "") + ".";
    }
}
