package io.github.multilabel.data.table;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.internal.files.TagCell;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.data.internal.csv.CsvReader;
import io.github.multilabel.data.internal.csv.CsvText;
import io.github.multilabel.data.internal.csv.TextFormat;
import io.github.multilabel.data.internal.text.LabelText;
import io.github.multilabel.data.internal.text.MissingTexts;
import io.github.multilabel.data.internal.text.TableCells;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Labels that somebody corrected in a file: its columns {@code source}, {@code head} and {@code corrected} say of which
 * image and head what is right; where {@code corrected} is empty, the label stays. Other columns are passed over.
 */
final class Corrections {

    /** That nobody can tell. */
    private static final String UNKNOWN = "?";

    private final Path file;
    private final RowSource source;
    private final List<HeadColumn> heads;
    private final List<TableRow> rows;
    private final MissingTexts missing;

    private final List<List<@Nullable List<String>>> labels = new ArrayList<>();
    private final List<Set<String>> known = new ArrayList<>();
    private final List<Map<Integer, Long>> lineOfRow = new ArrayList<>();
    private final int[] changed;
    private final List<String> wrong = new ArrayList<>();
    private int same;
    private int open;

    /**
     * The cells with what a file corrects.
     *
     * @param cells one per head
     * @return one per head
     * @throws IllegalArgumentException if the file has not the columns, or names an image, a head or a category that
     *     the table has not; the message has all of these with their lines
     * @throws IOException if the file cannot be read
     */
    static Corrected apply(
            Path file,
            RowSource source,
            List<HeadColumn> heads,
            List<ColumnCells> cells,
            List<TableRow> rows,
            MissingTexts missing)
            throws IOException {
        return new Corrections(file, source, heads, cells, rows, missing).corrected(cells);
    }

    /**
     * What came of it.
     *
     * @param note how many labels were changed, in words
     */
    record Corrected(List<ColumnCells> cells, String note) {}

    private Corrections(
            Path file,
            RowSource source,
            List<HeadColumn> heads,
            List<ColumnCells> cells,
            List<TableRow> rows,
            MissingTexts missing) {
        this.file = file;
        this.source = source;
        this.heads = heads;
        this.rows = rows;
        this.missing = missing;
        changed = new int[heads.size()];
        for (int h = 0; h < heads.size(); h++) {
            labels.add(new ArrayList<>(cells.get(h).labels()));
            known.add(known(heads.get(h), cells.get(h)));
            lineOfRow.add(new HashMap<>());
        }
    }

    /** What a cell of the head's column can say, cleaned. */
    private static Set<String> known(HeadColumn head, ColumnCells cells) {
        Set<String> known = new HashSet<>(cells.counts(row -> true).keySet());
        head.categories().ifPresent(names -> names.forEach(name -> known.add(LabelText.clean(name))));
        if (head.minFrequency() > 0) {
            known.add(HeadLabels.OTHER);
        }
        return known;
    }

    private Corrected corrected(List<ColumnCells> cells) throws IOException {
        TableCells table = CsvReader.parse(file, CsvText.read(file, null), TextFormat.FOUND_OUT);
        int ofSource = table.column("source");
        int ofHead = table.column("head");
        int ofCorrected = table.column("corrected");
        Map<String, List<Integer>> rowsOf = rowsBySource();
        for (TableCells.Line line : table.lines()) {
            String text = LabelText.clean(line.cells().get(ofCorrected));
            if (text.isEmpty()) {
                open++;
            } else {
                apply(line.number(), line.cells().get(ofSource), line.cells().get(ofHead), text, rowsOf);
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(
                    file + " has corrections that do not fit " + source.name() + ":" + Excerpt.lines(wrong));
        }
        List<ColumnCells> corrected = new ArrayList<>();
        for (int h = 0; h < heads.size(); h++) {
            corrected.add(cells.get(h).with(labels.get(h)));
        }
        return new Corrected(corrected, note());
    }

    /** By the name of their image, and also without the folder of all images, which may have been moved. */
    private Map<String, List<Integer>> rowsBySource() {
        Map<String, List<Integer>> byName = new HashMap<>();
        Map<String, List<Integer>> byKey = new HashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            byName.computeIfAbsent(rows.get(row).image().name(), any -> new ArrayList<>())
                    .add(row);
            byKey.computeIfAbsent(source.key(rows.get(row)), any -> new ArrayList<>())
                    .add(row);
        }
        byKey.forEach(byName::putIfAbsent);
        return byName;
    }

    private void apply(long line, String image, String head, String text, Map<String, List<Integer>> rowsOf) {
        int h = heads.stream().map(HeadColumn::head).toList().indexOf(head);
        List<Integer> ofImage = rowsOf.get(image);
        if (h < 0) {
            wrong.add("line " + line + ": there is no head '" + Excerpt.of(head) + "' here; "
                    + NearMatches.thereAre(
                            head, heads.stream().map(HeadColumn::head).toList()));
        } else if (ofImage == null) {
            wrong.add("line " + line + ": no row has the image '" + Excerpt.of(image) + "'; the first row has '"
                    + Excerpt.of(rows.get(0).image().name()) + "'");
        } else {
            List<String> unknown = tags(h, text).stream()
                    .filter(tag -> !known.get(h).contains(tag))
                    .toList();
            if (unknown.isEmpty() || isMissing(h, text)) {
                ofImage.forEach(row -> change(line, h, row, isMissing(h, text) ? null : tags(h, text)));
            } else {
                wrong.add("line " + line + ": head '" + Excerpt.of(head) + "' has no category '"
                        + Excerpt.of(unknown.get(0)) + "'; "
                        + NearMatches.thereAre(
                                unknown.get(0),
                                known.get(h).stream().sorted(LabelText.ORDER).toList()));
            }
        }
    }

    private boolean isMissing(int head, String text) {
        return !known.get(head).contains(text) && (text.equals(UNKNOWN) || missing.contains(text));
    }

    private List<String> tags(int head, String text) {
        return heads.get(head).kind() == Head.Kind.SINGLE_LABEL
                ? List.of(text)
                : TagCell.tags(known.get(head), text).stream()
                        .map(LabelText::clean)
                        .sorted(LabelText.ORDER)
                        .distinct()
                        .toList();
    }

    private void change(long line, int head, int row, @Nullable List<String> right) {
        List<@Nullable List<String>> ofHead = labels.get(head);
        Long before = lineOfRow.get(head).putIfAbsent(row, line);
        boolean isSame = Objects.equals(sorted(ofHead.get(row)), right);
        if (before != null && !isSame) {
            wrong.add("line " + line + " corrects the same label as line " + before + ", to something else");
        } else if (before == null) {
            same += isSame ? 1 : 0;
            changed[head] += isSame ? 0 : 1;
            ofHead.set(row, right);
        }
    }

    private static @Nullable List<String> sorted(@Nullable List<String> tags) {
        return tags == null ? null : tags.stream().sorted(LabelText.ORDER).toList();
    }

    private String note() {
        List<String> ofHeads = new ArrayList<>();
        int all = 0;
        for (int h = 0; h < changed.length; h++) {
            all += changed[h];
            if (changed[h] > 0) {
                ofHeads.add(heads.get(h).head() + " " + changed[h]);
            }
        }
        return file + ": " + all + (all == 1 ? " label is" : " labels are") + " corrected"
                + (ofHeads.isEmpty() ? "" : " (" + String.join(", ", ofHeads) + ")")
                + (same == 0 ? "" : ", " + same + " were so already")
                + (open == 0 ? "" : ", " + open + " rows have no correction");
    }
}
