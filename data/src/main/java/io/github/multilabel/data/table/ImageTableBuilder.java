package io.github.multilabel.data.table;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.internal.text.MissingTexts;
import io.github.multilabel.data.split.DataSplit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Describes the columns of a table; {@link #build} reads it. Made by {@link ImageTable#csv},
 * {@link ImageTable#folders}, {@link ImageTable#rows} and {@link ImageTable#query}.
 *
 * <p>For one thread.
 */
public final class ImageTableBuilder {

    private static final String COLUMN = "the name of a column";

    private final RowSource source;
    private final List<HeadColumn> heads = new ArrayList<>();
    private final MissingTexts missing = new MissingTexts();
    private final Problems nulls = new Problems("build ImageTable");
    private final Map<String, List<String>> parents = new LinkedHashMap<>();
    private boolean searchesParents = true;
    private @Nullable HeadSet existing;
    private @Nullable UnknownLabels unknownLabels;
    private @Nullable Path corrections;
    private @Nullable String splitColumn;
    private @Nullable Path splitFile;
    private @Nullable Double validation;
    private @Nullable Double test;
    private @Nullable Integer folds;
    private @Nullable String groupColumn;
    private boolean hashed;
    private boolean similarTogether;
    private @Nullable Boolean duplicatesTogether;
    private @Nullable Long seed;
    private ProgressListener progress = ProgressListener.standard();

    ImageTableBuilder(RowSource source) {
        this.source = source;
    }

    /** Adds a head of one category per image, from the column of its name. */
    public ImageTableBuilder addHead(String column) {
        return addHead(HeadColumn.singleLabel(column));
    }

    /**
     * Adds a head of any number of tags per image, from the column of its name. An empty cell is a missing label, not
     * an image without tags; a warning counts them, unless {@link #addTags(String, String, EmptyTags)} is used.
     */
    public ImageTableBuilder addTags(String column, String separator) {
        return addHead(HeadColumn.multiLabel(column, separator));
    }

    /**
     * Adds a head of any number of tags per image, from the column of its name.
     *
     * @param emptyTags the meaning of an empty cell: {@link EmptyTags#NONE} if the image has no tags,
     *     {@link EmptyTags#UNKNOWN} if its tags are not known
     */
    public ImageTableBuilder addTags(String column, String separator, EmptyTags emptyTags) {
        return addHead(HeadColumn.multiLabel(column, separator).withEmptyTags(emptyTags));
    }

    /** Adds a head. At least one must be given; their order is that of the model's heads. */
    public ImageTableBuilder addHead(HeadColumn head) {
        if (head == null) {
            nulls.add("addHead", null, "e.g. HeadColumn.singleLabel(\"brand\")");
        } else {
            heads.add(head);
        }
        return this;
    }

    /**
     * Says that a head determines others, as the model of a car determines its brand: each of its categories is of the
     * category of the other that most of its training rows have. Without this, the rows themselves are asked; see
     * {@link #optParentSearch}.
     *
     * @param child the name of the finer head
     * @param parents the names of heads that it determines
     */
    public ImageTableBuilder optParents(String child, String... parents) {
        if (child == null || parents == null || Arrays.stream(parents).anyMatch(Objects::isNull)) {
            nulls.add(
                    "optParents", child, "the name of a head and those that it determines, e.g. \"model\", \"brand\"");
        } else {
            this.parents.computeIfAbsent(child, key -> new ArrayList<>()).addAll(Arrays.asList(parents));
        }
        return this;
    }

    /**
     * Changes whether the training rows are asked which heads determine others; they are by default. A head does if at
     * least 99 of 100 rows of its categories agree in one category of the other, too many for chance, but for
     * categories that belong nowhere, such as one for all that is rare. {@link ImageTable#check} reports the rows that
     * do not agree, and up to three rows that alone stand against it. Without it, what the heads of a model know is not
     * taken either where more categories are allowed.
     */
    public ImageTableBuilder optParentSearch(boolean search) {
        this.searchesParents = search;
        return this;
    }

    /**
     * Takes existing heads, for example those of the training table or of a saved model, so that the model can be
     * evaluated on this table. The table then has these heads, in their order and with their categories; the labels of
     * those that are not added are missing. A label that is none of the categories is masked, see
     * {@link UnknownLabels#MASK}.
     *
     * <p>With {@link UnknownLabels#ADD}, for a model that goes on learning, the table has the heads that are added, in
     * the order in which they are, with the categories of these heads and those that its training rows have besides.
     */
    public ImageTableBuilder optHeads(HeadSet existing) {
        this.existing = existing;
        nulls.requireGiven("optHeads", existing, "e.g. table.heads() or model.heads()");
        return this;
    }

    /** Adds texts that stand for a missing label when they are all of a cell, such as {@code NA}, in any case. */
    public ImageTableBuilder optMissingValues(String... texts) {
        return optMissingValues(Arrays.asList(Given.require(texts, "texts", "texts of cells, e.g. \"NA\"")));
    }

    /** Adds texts that stand for a missing label when they are all of a cell, such as {@code NA}, in any case. */
    public ImageTableBuilder optMissingValues(List<String> texts) {
        if (texts == null || texts.stream().anyMatch(Objects::isNull)) {
            nulls.add("optMissingValues", texts, "texts of cells, e.g. \"NA\"");
        } else {
            missing.add(texts);
        }
        return this;
    }

    /**
     * Takes the usual words for nothing for missing labels when they are all of a cell, in any case and with or without
     * brackets: those that pandas takes for it ({@code nan}, {@code NA}, {@code N/A}, {@code None}, {@code null},
     * {@code #N/A} and others), {@code \N} of MySQL, errors of spreadsheets such as {@code #REF!}, {@code unknown},
     * {@code missing} and such, and signs alone as {@code ?} and {@code -}. Without this they are categories, and
     * {@link ImageTable#summary} and {@link ImageTable#check} warn of them; with this, the summary counts them.
     */
    public ImageTableBuilder optUsualMissingValues() {
        missing.addUsual();
        return this;
    }

    /**
     * Changes what happens to labels that are none of their head's categories. By default they are masked where the
     * categories were found in the training rows, and an error where {@link HeadColumn#withCategories} gives them.
     */
    public ImageTableBuilder optUnknownLabels(UnknownLabels policy) {
        this.unknownLabels = policy;
        nulls.requireGiven("optUnknownLabels", policy, "one of " + Arrays.toString(UnknownLabels.values()));
        return this;
    }

    /**
     * Takes labels from a file in place of those of the table, as somebody corrected them: CSV with the columns
     * {@code source} (the name of the image), {@code head} and {@code corrected}, such as {@code LabelIssuesCsv} writes
     * it. A label stays where {@code corrected} is empty, and is missing where it is {@code ?}; the tags of a
     * multi-label head are separated as they are in that file. The summary says how many labels were changed.
     *
     * <p>An image, a head or a category that the table has not is an error.
     */
    public ImageTableBuilder optCorrections(Path file) {
        this.corrections = file;
        nulls.requireGiven("optCorrections", file, "a CSV file with the columns source, head and corrected");
        return this;
    }

    /**
     * Sets the column that contains the part of each row: train, validation (valid, val, dev) or test, in any case;
     * other words are parts of their own.
     */
    public ImageTableBuilder optSplitColumn(String column) {
        this.splitColumn = column;
        nulls.requireGiven("optSplitColumn", column, COLUMN);
        return this;
    }

    /**
     * Takes the split that {@link ImageTable#writeSplit} wrote, whatever labels were corrected since. Rows that came to
     * the table go to training, and rows that are gone are passed over; warnings count both.
     */
    public ImageTableBuilder optSplitFile(Path file) {
        this.splitFile = file;
        nulls.requireGiven("optSplitFile", file, "a file that writeSplit wrote");
        return this;
    }

    /** Draws a fraction of the rows for validation, in (0, 1), so that every category is spread over both parts. */
    public ImageTableBuilder optValidation(double fraction) {
        this.validation = fraction;
        return this;
    }

    /** Draws a fraction of the rows for a final test, in (0, 1), beside those of {@link #optValidation}. */
    public ImageTableBuilder optTest(double fraction) {
        this.test = fraction;
        return this;
    }

    /**
     * Draws equal parts for cross validation, at least 2, see {@link ImageTable#folds}, in place of
     * {@link #optValidation} and {@link #optTest}.
     */
    public ImageTableBuilder optFolds(int folds) {
        this.folds = folds;
        return this;
    }

    /**
     * Keeps rows on one side that have the same text in a column: all photos of one car. A row whose cell is empty, or
     * a text for a missing label, stands alone. Where a column has the split, or code brings one, groups that are in
     * several parts are reported in the log and by {@link ImageTable#check}.
     */
    public ImageTableBuilder optGroupColumn(String column) {
        this.groupColumn = column;
        nulls.requireGiven("optGroupColumn", column, COLUMN);
        return this;
    }

    /**
     * Changes whether rows whose images have the same bytes are kept on one side of a split that is drawn, for which
     * all images are read once; they are by default.
     */
    public ImageTableBuilder optDuplicatesTogether(boolean together) {
        this.duplicatesTogether = together;
        return this;
    }

    /**
     * Keeps also rows on one side of a split that is drawn or hashed whose images look the same to
     * {@link ImageTable#check}: the same photo resized, cut or compressed again. Where one looks like a second and that
     * like a third, all three stay together. All images are decoded once for that.
     */
    public ImageTableBuilder optSimilarTogether() {
        this.similarTogether = true;
        return this;
    }

    /**
     * Puts each row where a hash of its key says, the path as the table writes it, instead of drawing the split: no row
     * moves when labels are corrected, or rows come and go. Parts have about their fractions; rare categories may be on
     * one side alone. Rows that stay together, see {@link #optGroupColumn} and {@link #optDuplicatesTogether}, go with
     * the key that comes first.
     */
    public ImageTableBuilder optHashedSplit() {
        this.hashed = true;
        return this;
    }

    /** Changes the seed with which the split is drawn; 0 by default. */
    public ImageTableBuilder optSeed(long seed) {
        this.seed = seed;
        return this;
    }

    /**
     * Changes where the progress of reading all images and of splitting is reported;
     * {@link ProgressListener#standard()} by default.
     */
    public ImageTableBuilder optProgress(ProgressListener progress) {
        this.progress = progress;
        nulls.requireGiven("optProgress", progress, "e.g. ProgressListener.none()");
        return this;
    }

    /**
     * Reads the table, finds the categories and splits the rows. An image is not decoded; one that is not there is
     * reported by the data set that uses it, and by {@link ImageTable#check}.
     *
     * @throws IllegalArgumentException if something is missing or wrong, such as a column that the table does not have;
     *     the message lists what is accepted
     * @throws IOException if the table cannot be read; the message has file and line
     */
    public ImageTable build() throws IOException {
        requireComplete();
        try {
            return read();
        } catch (OutOfMemoryError e) {
            throw new IOException(
                    source.name() + " does not fit into the "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MB of memory that Java may use; start it with more, for example java -Xmx4g",
                    e);
        }
    }

    private ImageTable read() throws IOException {
        List<Finding> notes = new ArrayList<>();
        WantedColumns wanted = new WantedColumns(
                heads,
                Stream.of(splitColumn, groupColumn).filter(Objects::nonNull).toList());
        List<TableRow> read = source.read(wanted, notes::add);
        Set<String> perRow = wanted.tagPerRow();
        List<TableRow> rows =
                perRow.isEmpty() ? read : JoinedRows.of(read, perRow, wanted.columns(), missing, notes::add);
        List<ColumnCells> written = wanted.heads().stream()
                .map(head -> ColumnCells.read(head, rows, missing))
                .toList();
        List<ColumnCells> cells = corrections == null ? written : corrected(corrections, wanted, written, rows, notes);
        TableParents known = new TableParents(
                parents, searchesParents, Optional.ofNullable(existing), unknownLabels != UnknownLabels.ADD);
        LabelledRows labelled = new LabelledRows(source, wanted.heads(), cells, rows, unknownLabels, known, notes);
        Optional<GroupColumn> groups =
                Optional.ofNullable(groupColumn).map(column -> GroupColumn.read(column, rows, missing));
        TableSplit split = new TableSplit(
                Optional.ofNullable(splitColumn),
                Optional.ofNullable(splitFile),
                validation == null ? 0 : validation,
                test == null ? 0 : test,
                folds == null ? 0 : folds,
                groups,
                hashed,
                duplicatesTogether == null || duplicatesTogether,
                similarTogether,
                seed == null ? 0 : seed,
                progress);
        withoutEffect().forEach(option -> notes.add(TableNotes.warning(option)));
        Optional<DataSplit> parts = split.of(labelled, notes::add);
        if (splitColumn != null && existing == null && parts.stream().noneMatch(ImageTable::trains)) {
            notes.add(TableNotes.warning("no row of the split column '" + splitColumn + "' says train: its parts are "
                    + Excerpt.of(parts.orElseThrow().parts())
                    + ". Write train, validation and test; the categories are those of all rows"));
        }
        return ImageTable.of(labelled, parts, groups, progress);
    }

    private List<ColumnCells> corrected(
            Path file, WantedColumns wanted, List<ColumnCells> cells, List<TableRow> rows, List<Finding> notes)
            throws IOException {
        Corrections.Corrected corrected = Corrections.apply(file, source, wanted.heads(), cells, rows, missing);
        notes.add(TableNotes.note(corrected.note()));
        return corrected.cells();
    }

    /** What was said about drawing a split where none is drawn. */
    List<String> withoutEffect() {
        List<String> unused = new ArrayList<>();
        if (validation == null && test == null && folds == null) {
            if (seed != null) {
                unused.add("optSeed(" + seed + ")");
            }
            if (hashed) {
                unused.add("optHashedSplit()");
            }
            if (similarTogether) {
                unused.add("optSimilarTogether()");
            }
            if (duplicatesTogether != null) {
                unused.add("optDuplicatesTogether(" + duplicatesTogether + ")");
            }
        }
        String why = splitColumn != null
                ? "column '" + splitColumn + "' says the split"
                : splitFile != null
                        ? splitFile + " says the split"
                        : "no split is drawn; say how with optValidation(0.2)";
        return unused.stream().map(option -> option + " has no effect: " + why).toList();
    }

    private void requireComplete() throws IOException {
        Problems problems = new Problems("build ImageTable of " + source.name()).addAll(nulls);
        if (heads.isEmpty()) {
            problems.add("no head is given: addHead(...) or addTags(...) with a column. " + proposals());
        }
        Set<String> names = new HashSet<>();
        for (HeadColumn head : heads) {
            if (!names.add(head.head())) {
                problems.add("two heads are named '" + head.head() + "'; give one another name with HeadColumn.named");
            }
        }
        if (existing != null) {
            adopt(existing, problems);
        }
        if ((splitColumn != null || splitFile != null) && (validation != null || test != null)) {
            String drawn =
                    validation == null ? "optTest" : test == null ? "optValidation" : "optValidation and optTest";
            problems.add((splitColumn != null ? "optSplitColumn" : "optSplitFile") + " excludes " + drawn
                    + "; use one of them");
        }
        if (splitColumn != null && splitFile != null) {
            problems.add("optSplitFile excludes optSplitColumn; use one of them");
        }
        if (folds != null) {
            problems.require(folds >= 2, "optFolds", folds, "at least 2");
            if (splitColumn != null || validation != null || test != null) {
                problems.add(
                        "optFolds draws all parts of the table: leave out optSplitColumn, optValidation and optTest");
            }
        }
        requireFraction("optValidation", validation, problems);
        requireFraction("optTest", test, problems);
        if (validation != null && test != null && validation + test >= 1) {
            problems.add(String.format(
                    Locale.ROOT, "optValidation(%s) and optTest(%s) leave nothing to train on", validation, test));
        }
        problems.throwIfAny();
    }

    private static void requireFraction(String option, @Nullable Double fraction, Problems problems) {
        problems.require(
                fraction == null || fraction > 0 && fraction < 1,
                option,
                fraction,
                "a fraction of the rows, above 0 and below 1; leave it out to draw none");
    }

    private void adopt(HeadSet existing, Problems problems) {
        for (int i = 0; i < heads.size(); i++) {
            HeadColumn column = heads.get(i);
            if (unknownLabels == UnknownLabels.ADD && !existing.names().contains(column.head())) {
                continue;
            }
            try {
                requireKind(existing.get(column.head()), column);
                heads.set(i, column.like(existing.get(column.head())));
            } catch (IllegalArgumentException e) {
                problems.add("optHeads", Objects.requireNonNullElse(e.getMessage(), e.toString()));
            }
        }
    }

    private static void requireKind(Head head, HeadColumn column) {
        if (head.kind() != column.kind()) {
            throw new IllegalArgumentException("head '" + head.name() + "' has "
                    + (head.kind() == Head.Kind.MULTI_LABEL
                            ? "any number of labels for an image, and the column is read as one: say what stands between"
                                    + " them, such as addTags(\"" + column.column() + "\", \"|\")"
                            : "one label for an image, and the column is read as any number of them: take it as addHead(\""
                                    + column.column() + "\")"));
        }
    }

    private String proposals() throws IOException {
        List<String> found = source.columns().stream()
                .filter(ColumnSummary::isHeadLike)
                .map(column -> column.tags()
                        .map(separator -> "addTags(\"" + column.name() + "\", \"" + separator + "\")")
                        .orElse("addHead(\"" + column.name() + "\") (" + column.distinct() + " values)"))
                .toList();
        return found.isEmpty()
                ? "No column looks like one: none has 2 to 300 values that repeat"
                : "These columns look like heads: " + String.join(", ", found);
    }
}
