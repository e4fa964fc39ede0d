package io.github.multilabel.data.table;

import io.github.multilabel.data.internal.text.LabelText;
import io.github.multilabel.data.internal.text.MissingTexts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a head whose tags have a column each. */
final class TagCells {

    private static final int SHOWN = 5;
    private static final Set<String> YES = Set.of("1", "true", "t", "yes", "y", "x");
    private static final Set<String> NO = Set.of("0", "-1", "false", "f", "no", "n");

    private final HeadColumn head;
    private final MissingTexts missing;
    private final Map<String, Integer> saidMissing = new TreeMap<>(LabelText.ORDER);
    private final List<String> wrong = new ArrayList<>();
    /** Of {@code 0} and {@code -1}, those that occur, with the first place of each. */
    private final Map<String, String> absent = new TreeMap<>();

    private int wrongCells;
    private int emptyRows;
    private boolean isEmpty;
    private boolean isUnknown;

    private TagCells(HeadColumn head, MissingTexts missing) {
        this.head = head;
        this.missing = missing;
    }

    /** @throws IllegalArgumentException if a cell says neither yes nor no; the message has its place */
    static ColumnCells read(HeadColumn head, List<TableRow> rows, MissingTexts missing) {
        TagCells cells = new TagCells(head, missing);
        Map<List<String>, List<String>> known = new HashMap<>(); // rows share what they have in common
        List<@Nullable List<String>> labels = new ArrayList<>(rows.size());
        for (TableRow row : rows) {
            List<String> tags = cells.tags(row);
            labels.add(tags == null ? null : known.computeIfAbsent(tags, List::copyOf));
        }
        cells.refuse();
        return new ColumnCells(Collections.unmodifiableList(labels), 0, cells.emptyRows, Map.of(), cells.saidMissing);
    }

    /** Null where the label of the row is missing: tags are known or missing as a whole. */
    private @Nullable List<String> tags(TableRow row) {
        isEmpty = false;
        isUnknown = false;
        Set<String> tags = new TreeSet<>(LabelText.ORDER);
        head.form().columns().forEach((column, tag) -> {
            if (says(row, column).orElse(false)) {
                tags.add(LabelText.clean(tag));
            }
        });
        emptyRows += isEmpty ? 1 : 0;
        return isUnknown || isEmpty && head.emptyTags() == EmptyTags.UNKNOWN ? null : List.copyOf(tags);
    }

    private Optional<Boolean> says(TableRow row, String column) {
        String text = LabelText.clean(row.text(column));
        String word = text.toLowerCase(Locale.ROOT).replaceFirst("^\\+", "").replaceFirst("^(-?[01])[.,]0+$", "$1");
        if (text.isEmpty()) {
            isEmpty = true;
            return Optional.empty();
        }
        if (missing.contains(text)) {
            isUnknown = true;
            saidMissing.merge(text, 1, Integer::sum);
            return Optional.empty();
        }
        if (!YES.contains(word) && !NO.contains(word)) {
            wrongCells++;
            if (wrong.size() < SHOWN) {
                wrong.add(row.origin() + " has '" + SuspectLabels.excerpt(text) + "' in column '" + column + "'");
            }
        } else if (word.equals("0") || word.equals("-1")) {
            absent.putIfAbsent(word, row.origin() + ", column '" + column + "'");
        }
        return Optional.of(YES.contains(word));
    }

    private void refuse() {
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("head '" + head.head() + "': " + String.join("; ", wrong)
                    + (wrongCells > wrong.size() ? " and " + (wrongCells - wrong.size()) + " cells more" : "")
                    + ". A column of a tag has 1 or 0, 1 or -1, true or false, yes or no in its cells; what stands for"
                    + " a missing label can be named with optMissingValues(...)");
        }
        if (absent.size() > 1) {
            throw new IllegalArgumentException("head '" + head.head() + "': its columns have 0 (first in "
                    + absent.get("0") + ") and -1 (first in " + absent.get("-1")
                    + "), and one of them cannot mean that the tag is absent; say which stands for a missing label:"
                    + " optMissingValues(\"-1\")");
        }
    }
}
