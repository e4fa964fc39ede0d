package io.github.multilabel.data.table;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.Hierarchy;
import io.github.multilabel.core.internal.message.LookAlikes;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.check.ParentHeads;
import io.github.multilabel.data.split.DataSplit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What reading a table found, in words. */
final class TableNotes {

    /** So many times fewer labels than those that are known may be unknown before the summary warns. */
    private static final int UNKNOWN_FRACTION = 10;

    /** So many times fewer rows than all may have another label for an image before the summary warns. */
    private static final int ANOTHER_LABEL_FRACTION = 10;

    private static final int SHOWN = 4;

    private TableNotes() {}

    /** A line for each head that determines others, with how many rows say otherwise. */
    private static List<String> hierarchy(List<Sample> samples) {
        Hierarchy hierarchy = samples.get(0).labels().heads().hierarchy();
        List<String> lines = new ArrayList<>();
        for (String child :
                hierarchy.links().stream().map(Hierarchy.Link::child).distinct().toList()) {
            long against = samples.stream()
                    .filter(sample -> hierarchy.links().stream()
                            .anyMatch(link -> link.child().equals(child) && link.contradicts(sample.labels())))
                    .count();
            lines.add("- " + child + " determines " + String.join(", ", hierarchy.parents(child))
                    + (against == 0
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    "; %,d %s otherwise (the check lists them)",
                                    against,
                                    against == 1 ? "row says" : "rows say")));
        }
        return lines;
    }

    static String summary(
            LabelledRows rows,
            List<HeadLabels> labels,
            List<Sample> samples,
            Optional<DataSplit> split,
            List<Finding> warnings) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "%s: %,d rows%s%n", rows.name(), rows.rows().size(), parts(split)));
        for (int i = 0; i < labels.size(); i++) {
            HeadLabels head = labels.get(i);
            HeadColumn column = rows.columns().get(i);
            ColumnCells cells = rows.cells().get(i);
            text.append(String.format(
                    Locale.ROOT,
                    "- %s: %,d categories, %,d rows labelled, %,d missing",
                    head.head().name(),
                    head.head().size(),
                    head.labelled(),
                    rows.rows().size() - head.labelled()));
            if (head.folded() > 0) {
                text.append(String.format(
                        Locale.ROOT,
                        "; %,d rare categories (below %d images) are folded into %s",
                        head.folded(),
                        column.minFrequency(),
                        HeadLabels.OTHER));
            }
            if (cells.emptyTagCells() > 0) {
                text.append("; ").append(emptyTags(column, cells));
            }
            if (!cells.saidMissing().isEmpty()) {
                text.append("; missing by your word: ").append(counted(cells.saidMissing()));
            }
            if (!head.unknown().isEmpty()) {
                text.append(String.format(
                        Locale.ROOT,
                        "; %,d %s a label that is none of these",
                        head.unknown().size(),
                        head.unknown().size() == 1 ? "row has" : "rows have"));
            }
            text.append(System.lineSeparator());
        }
        hierarchy(samples).forEach(line -> text.append(line).append(System.lineSeparator()));
        Stream.concat(warnings.stream(), rows.notes().stream())
                .sorted(Comparator.comparing(Finding::severity))
                .forEach(finding -> text.append(String.format(
                        Locale.ROOT,
                        "- %s: %s%n",
                        finding.severity() == Severity.WARNING ? "warning" : "note",
                        finding.message())));
        return text.toString().stripTrailing();
    }

    private static String counted(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "'%s' %,d", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** What makes a training learn or measure something wrong, or seems to. */
    static List<Finding> warnings(LabelledRows rows, List<HeadLabels> labels) {
        List<Finding> warnings = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            warnings.addAll(SuspectLabels.of(rows.columns().get(i), rows.cells().get(i)));
            manyUnknown(labels.get(i)).ifPresent(warnings::add);
            warnings.addAll(newLookAlikes(rows.columns().get(i), labels.get(i).head()));
            emptyTagsLeftOpen(rows, i).ifPresent(warnings::add);
            tagPerRow(rows, i).ifPresent(warnings::add);
        }
        return List.copyOf(warnings);
    }

    /** A category that a model is to learn beside one that it knows and that looks the same. */
    private static List<Finding> newLookAlikes(HeadColumn column, Head head) {
        List<String> given = column.isStrict() ? List.of() : column.categories().orElse(List.of());
        if (head.categories().size() == given.size() || given.isEmpty()) {
            return List.of(); // none is new beside others
        }
        Set<String> before = Set.copyOf(given);
        Map<String, String> known = byLook(given);
        return head.categories().stream()
                .filter(name -> !before.contains(name) && known.containsKey(LookAlikes.fold(name)))
                .map(name -> Finding.warning(
                        Kind.SIMILAR_CATEGORIES,
                        "'" + head.name() + "': the new category '" + name + "' looks like '"
                                + known.get(LookAlikes.fold(name))
                                + "', which the model has: write them alike if they are meant to be one"))
                .toList();
    }

    /** Other libraries read such a cell as an image without tags, so many rows may be lost unnoticed. */
    private static Optional<Finding> emptyTagsLeftOpen(LabelledRows rows, int head) {
        HeadColumn column = rows.columns().get(head);
        int empty = rows.cells().get(head).emptyTagCells();
        if (empty == 0 || column.definesEmptyTags()) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                Kind.EMPTY_TAGS,
                Severity.WARNING,
                List.of(),
                String.format(
                        Locale.ROOT,
                        "'%s': %,d of %,d rows have an empty cell, which is a missing label: they are left out of the"
                                + " loss and metrics of this head. If %s, use %s",
                        column.head(),
                        empty,
                        rows.rows().size(),
                        column.form().isOfColumns() ? "it means that the tag is absent" : "these images have no tags",
                        column.separator().isEmpty()
                                ? "HeadColumn.withEmptyTags(EmptyTags.NONE)"
                                : "addHead(HeadColumn.multiLabel(\"" + column.column() + "\", \"" + column.separator()
                                        + "\").withEmptyTags(EmptyTags.NONE))")));
    }

    /**
     * Databases often have a row for each tag of an image; read as one category each, the rows contradict each other.
     */
    private static Optional<Finding> tagPerRow(LabelledRows rows, int head) {
        HeadColumn column = rows.columns().get(head);
        if (column.kind() != Head.Kind.SINGLE_LABEL && !column.form().equals(TagForm.ONE)) {
            return Optional.empty();
        }
        Map<String, List<String>> labels = new HashMap<>();
        List<Integer> others = new ArrayList<>();
        for (int row = 0; row < rows.rows().size(); row++) {
            List<String> label = rows.cells().get(head).labels().get(row);
            if (label != null) {
                List<String> before =
                        labels.putIfAbsent(rows.rows().get(row).image().name(), label);
                if (before != null && !before.equals(label)) {
                    others.add(row);
                }
            }
        }
        if (others.size() * ANOTHER_LABEL_FRACTION < rows.rows().size()) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                Kind.TABLE_NOTE,
                Severity.WARNING,
                List.copyOf(others),
                "'" + column.head() + "': " + rows(others.size())
                        + (others.size() == 1 ? " has" : " have")
                        + " an image of an earlier row and another label, first "
                        + rows.rows().get(others.get(0)).origin()
                        + ". If an image has a row for each of its tags, read them as one label with"
                        + " HeadColumn.tagPerRow(\"" + column.column() + "\")"));
    }

    /** A label or two that are new are no reason to warn; where many are, the tables write them in other ways. */
    private static Optional<Finding> manyUnknown(HeadLabels head) {
        int strange = head.unknown().size();
        if (strange == 0 || strange * UNKNOWN_FRACTION < strange + head.labelled()) {
            return Optional.empty();
        }
        boolean isMulti = head.head().kind() == Head.Kind.MULTI_LABEL; // whose other tags remain
        Map<String, List<Integer>> byLabel = unknownRows(head);
        Map<String, String> byLook = byLook(head.head().categories());
        String shown = byLabel.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getValue().size()))
                .limit(SHOWN)
                .map(entry -> "'" + SuspectLabels.excerpt(entry.getKey()) + "' in "
                        + rows(entry.getValue().size()) + meant(byLook, entry.getKey()))
                .collect(Collectors.joining(", "));
        return Optional.of(new Finding(
                Kind.UNKNOWN_LABELS,
                Severity.WARNING,
                List.copyOf(head.unknown().keySet()),
                String.format(
                        Locale.ROOT,
                        "'%s': %,d of %,d rows that have a label have one that is none of its %,d categories, and is"
                                + " %s: %s%s. Write them as the categories are written, if they are meant to be"
                                + " these",
                        head.head().name(),
                        strange,
                        head.labelled() + (isMulti ? 0 : strange),
                        head.head().size(),
                        isMulti ? "passed over, as if it were not there" : "masked",
                        shown,
                        byLabel.size() > SHOWN ? " and " + (byLabel.size() - SHOWN) + " more" : "")));
    }

    private static String rows(int count) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "row" : "rows");
    }

    /** For what looks like a category, the category. */
    private static Map<String, String> byLook(List<String> categories) {
        return categories.stream()
                .collect(Collectors.toMap(LookAlikes::fold, category -> category, (first, second) -> first));
    }

    private static String meant(Map<String, String> byLook, String label) {
        String category = byLook.get(LookAlikes.fold(label));
        return category == null ? "" : " (did you mean '" + category + "'?)";
    }

    /**
     * A head that would determine another but for a few rows.
     *
     * @param breaking the rows, among all
     */
    static Finding nearly(ParentHeads found, List<TableRow> rows, List<Integer> breaking) {
        return new Finding(
                Kind.BREAKS_HIERARCHY,
                Severity.INFO,
                breaking,
                String.format(
                        Locale.ROOT,
                        "'%s' would determine '%s' but for %,d of %,d training rows: %s. Correct what is a slip, or say that it does with"
                                + " optParents(\"%s\", \"%s\")",
                        found.child(),
                        found.parent(),
                        breaking.size(),
                        found.known(),
                        breaking.stream().map(row -> rows.get(row).origin()).collect(Collectors.joining(", ")),
                        found.child(),
                        found.parent()));
    }

    /** A remark on the table as a whole. */
    static Finding note(String message) {
        return new Finding(Kind.TABLE_NOTE, Severity.INFO, List.of(), message);
    }

    /** What the one who built the table probably did not mean. */
    static Finding warning(String message) {
        return new Finding(Kind.TABLE_NOTE, Severity.WARNING, List.of(), message);
    }

    private static String parts(Optional<DataSplit> split) {
        return split.map(parts -> ": " + parts).orElse("");
    }

    private static String emptyTags(HeadColumn column, ColumnCells cells) {
        return String.format(
                Locale.ROOT,
                column.emptyTags() == EmptyTags.NONE ? "%,d empty cells mean no tags" : "%,d empty cells mean unknown",
                cells.emptyTagCells());
    }

    /** Findings about the table that its samples do not show. */
    static List<Finding> findings(LabelledRows rows, List<HeadLabels> labels, List<Finding> warnings) {
        List<Finding> findings = new ArrayList<>(rows.notes());
        warnings.stream()
                .filter(warning -> warning.kind() != Kind.UNKNOWN_LABELS) // reported label by label
                .forEach(findings::add);
        for (int i = 0; i < labels.size(); i++) {
            HeadColumn column = rows.columns().get(i);
            ColumnCells cells = rows.cells().get(i);
            findings.addAll(unknown(rows, labels.get(i)));
            cells.spellings()
                    .forEach((label, written) -> findings.add(new Finding(
                            Kind.SPELLINGS,
                            Severity.INFO,
                            List.of(),
                            "'" + column.head() + "': " + written.size() + " spellings that look alike are read as '"
                                    + label
                                    + "': they differ in blanks at the ends, in letters that nobody sees or in how"
                                    + " characters are written")));
            if (cells.emptyTagCells() > 0 && column.definesEmptyTags()) {
                findings.add(new Finding(
                        Kind.EMPTY_TAGS,
                        Severity.INFO,
                        List.of(),
                        "'" + column.head() + "': " + emptyTags(column, cells)));
            }
        }
        return findings;
    }

    private static List<Finding> unknown(LabelledRows rows, HeadLabels head) {
        List<Finding> findings = new ArrayList<>();
        Map<String, String> byLook =
                head.unknown().isEmpty() ? Map.of() : byLook(head.head().categories());
        unknownRows(head)
                .forEach((label, found) -> findings.add(new Finding(
                        Kind.UNKNOWN_LABELS,
                        Severity.WARNING,
                        found,
                        "'" + head.head().name() + "': '" + SuspectLabels.excerpt(label)
                                + "' is none of its categories and is masked in "
                                + rows(found.size()) + ", first in "
                                + rows.rows().get(found.get(0)).origin() + meant(byLook, label))));
        return findings;
    }

    private static Map<String, List<Integer>> unknownRows(HeadLabels head) {
        Map<String, List<Integer>> byLabel = new LinkedHashMap<>();
        head.unknown()
                .forEach((row, strange) -> strange.forEach(label ->
                        byLabel.computeIfAbsent(label, key -> new ArrayList<>()).add(row)));
        return byLabel;
    }
}
