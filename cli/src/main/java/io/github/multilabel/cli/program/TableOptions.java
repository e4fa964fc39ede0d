package io.github.multilabel.cli.program;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.data.table.ColumnSummary;
import io.github.multilabel.data.table.EmptyTags;
import io.github.multilabel.data.table.HeadColumn;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.data.table.ImageTableBuilder;
import io.github.multilabel.data.table.TableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where a table of labelled images is, and what its columns mean. */
@Section("Images and labels")
public final class TableOptions {

    /** The column of the file that has them. */
    private static final String COCO_CATEGORIES = "categories";

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "A table: a header and a row for each image; the separator of the cells is detected. Or lines"
                    + " of JSON, an object for each image; or a Parquet file.")
    private Optional<Path> csv = Optional.empty();

    @Option(
            names = "--coco",
            paramLabel = "FILE",
            description =
                    "In place of a table, annotations of COCO in JSON: the categories of an image are its tags (boxes"
                            + " are not read).")
    private Optional<Path> coco = Optional.empty();

    @Option(
            names = "--label-studio",
            paramLabel = "FILE",
            description =
                    "In place of a table, what Label Studio exported as JSON, JSON-MIN or CSV: --head is the name of a"
                            + " question, with :multi where several answers may be chosen.")
    private Optional<Path> labelStudio = Optional.empty();

    @Mixin
    private final FolderOptions folders = new FolderOptions();

    @Mixin
    private final TableFileOptions form = new TableFileOptions();

    @Option(
            names = "--head",
            split = HeadOption.COMMA,
            paramLabel = "COLUMN[:multi=SEPARATOR]",
            hideParamSyntax = true,
            converter = HeadOption.class,
            description = "A head and the column with its labels; with multi, a cell has any number of them, such as"
                    + " 'tags:multi=|'. Where an image has a row for each tag, 'tag:rows'; where each tag has a column of"
                    + " 1 and 0, 'tags:columns=red|blue' or 'tags:columns=is_*'. Repeat it, or separate several by"
                    + " commas; '*' takes all columns that look like labels; without any, the columns are listed.")
    private List<HeadColumn> heads = List.of();

    @Option(
            names = "--parent",
            paramLabel = "[HEAD=PARENT,...]|none",
            hideParamSyntax = true,
            converter = ParentOption.Converter.class,
            description = "A head and those that it determines, such as model=brand,type: rows with the coarser label"
                    + " alone teach the finer head, and the heads answer together. none: no head determines another"
                    + " (default: what at least 99 of 100 rows show).")
    private List<ParentOption> parents = List.of();

    @Option(
            names = "--split-column",
            paramLabel = "COLUMN",
            description = "The column that says train, validation or test for each row (default: a random split).")
    private Optional<String> splitColumn = Optional.empty();

    @Option(
            names = "--na-values",
            split = ",",
            paramLabel = "TEXT",
            description = "A cell with this text, in any case, is a missing label, as an empty cell is; such as NA,?.")
    private List<String> missing = List.of();

    @Option(
            names = "--usual-na-values",
            description = "Cells with the usual words for a missing value are missing labels: nan, NA, N/A, None, NULL,"
                    + " \\N, #N/A, unknown, ?, - and such (default: they are categories, with a warning).")
    private boolean usualMissing;

    @Option(
            names = "--empty-tags",
            paramLabel = "none|unknown",
            description = "The meaning of an empty cell of a multi head: no tag applies, or the label is missing"
                    + " (default: unknown).")
    private Optional<EmptyTags> emptyTags = Optional.empty();

    @Option(
            names = "--corrections",
            paramLabel = "FILE",
            description = "Labels that somebody corrected, in place of those of the table: a CSV file with the columns"
                    + " source, head and corrected, such as the label-issues.csv that train and evaluate write; where"
                    + " corrected is empty, the label stays, and ? makes it missing.")
    private Optional<Path> corrections = Optional.empty();

    @Option(names = "--paths-outside", description = "Allows paths that lead outside of the images folder.")
    private boolean pathsOutside;

    /** The names of the heads, in order; none if none is given. */
    public List<String> heads() {
        return heads.stream().map(HeadColumn::head).toList();
    }

    /** Whether the heads are named, and not to be found in the table. */
    public boolean namesHeads() {
        return !heads.isEmpty() && heads.stream().noneMatch(TableOptions::isAll);
    }

    /** The heads as far as options say; their categories are known when the table is read. */
    public HeadSet expected() {
        return HeadSet.of(heads.stream()
                .map(head -> new Head(head.head(), List.of("not", "known", "yet"), head.kind()))
                .toList());
    }

    /** The names of the files that say what the images are. */
    public Stream<String> files() {
        return Stream.concat(tables(), corrections.stream()).map(Path::toString);
    }

    private Stream<Path> tables() {
        return Stream.of(csv, coco, labelStudio).flatMap(Optional::stream);
    }

    /**
     * Checks that a folder of results is not read as a folder of images the next time, and takes no corrections away.
     *
     * @throws InvalidInputException if it is in the folder of the images, or has the corrections
     */
    public void requireOutside(Path output) {
        folders.requireOutside(output);
        Path issues = output.resolve(LabelIssuesOutput.CSV).toAbsolutePath().normalize();
        if (corrections
                .map(Path::toAbsolutePath)
                .map(Path::normalize)
                .filter(issues::equals)
                .isPresent()) {
            throw new InvalidInputException("--corrections " + corrections.orElseThrow() + " is in the folder that is"
                    + " written, and would be lost: copy it, or name another --output");
        }
    }

    /** Whether rows say which part of a split they are in. */
    boolean saysSplit() {
        return splitColumn.isPresent() || folders.isSplit();
    }

    /**
     * The table of these options, with their heads.
     *
     * @param change applied to each head's column
     * @throws InvalidInputException if an option has a wrong value, or no head is given
     */
    ImageTableBuilder table(UnaryOperator<HeadColumn> change) throws IOException {
        requireOne();
        List<HeadColumn> named = named();
        if (named.isEmpty()) {
            throw new InvalidInputException(InvalidInputException.check(this::columns));
        }
        return table(named.stream().map(change).toList());
    }

    /** The heads as they were typed, and for {@code *} those that the table proposes. */
    private List<HeadColumn> named() throws IOException {
        if (heads.isEmpty() && coco.isPresent()) {
            return List.of(HeadColumn.tags(COCO_CATEGORIES));
        }
        if (heads.stream().noneMatch(TableOptions::isAll)) {
            return heads;
        }
        if (folders.root().isPresent()) {
            throw new InvalidInputException(
                    "--head '*' takes the columns of a table that look like labels; name what the folders in "
                            + folders.root().get() + " stand for, such as --head brand");
        }
        List<HeadColumn> all = new ArrayList<>(heads);
        all.removeIf(TableOptions::isAll);
        Set<String> taken = all.stream()
                .flatMap(head -> Stream.of(head.column(), head.head()))
                .collect(Collectors.toCollection(HashSet::new));
        splitColumn.ifPresent(taken::add);
        List<ColumnSummary> proposed = InvalidInputException.check(() -> file().columns()).stream()
                .filter(ColumnSummary::isHeadLike)
                .filter(column -> !taken.contains(column.name()))
                .toList();
        if (proposed.isEmpty() && all.isEmpty()) {
            throw new InvalidInputException(
                    "--head '*': no column of " + tables().findFirst().orElseThrow()
                            + " looks like labels: none has 2 to 300 values that repeat; name the columns");
        }
        proposed.forEach(column -> all.add(column.head()));
        System.err.println("--head '*' takes " + TableColumns.proposals(proposed));
        return all;
    }

    private static boolean isAll(HeadColumn head) {
        return head.head().equals(HeadOption.ALL) && head.kind() == Head.Kind.SINGLE_LABEL;
    }

    /**
     * The table of these options, with the heads of a model. Labels of heads that the table has no column for are
     * missing, which is told.
     *
     * @throws InvalidInputException if an option has a wrong value, or the table has no head of the model
     */
    public ImageTableBuilder table(HeadSet known) throws IOException {
        return table(known, true);
    }

    /**
     * The table of these options for a model that goes on learning.
     *
     * @throws InvalidInputException if an option has a wrong value, or the table lacks a head of the model and the
     *     heads are not named
     */
    ImageTableBuilder tableToGoOn(HeadSet known) throws IOException {
        return table(known, false);
    }

    private ImageTableBuilder table(HeadSet known, boolean mayLack) throws IOException {
        requireOne();
        return table(named(known, mayLack)).optHeads(known);
    }

    /** The heads as they were typed, or those of a model that the table has. */
    private List<HeadColumn> named(HeadSet known, boolean mayLack) throws IOException {
        if (namesHeads()) {
            return heads;
        }
        if (!heads.isEmpty() || coco.isPresent()) {
            List<HeadColumn> proposed = named();
            List<HeadColumn> common = proposed.stream()
                    .filter(head -> known.names().contains(head.head()))
                    .toList();
            if (common.isEmpty()) {
                throw new InvalidInputException("the table has the heads "
                        + proposed.stream().map(HeadColumn::head).toList() + ", and the model has others: "
                        + known.names());
            }
            return common;
        }
        if (folders.root().isPresent()) {
            return known.stream().map(TableOptions::ofFolders).toList();
        }
        return InvalidInputException.check(() -> columnsOf(known, mayLack));
    }

    private static HeadColumn ofFolders(Head head) {
        if (head.kind() == Head.Kind.MULTI_LABEL) {
            throw new InvalidInputException("head '" + head.name() + "' of the model has any number of labels for an"
                    + " image, and folders have one: name the heads that they stand for, such as --head brand");
        }
        return HeadColumn.singleLabel(head.name());
    }

    private List<HeadColumn> columnsOf(HeadSet known, boolean mayLack) throws IOException {
        TableFile file = file();
        Map<String, ColumnSummary> columns = new LinkedHashMap<>();
        file.columns().forEach(column -> columns.putIfAbsent(column.name(), column));
        List<String> lacked = known.names().stream()
                .filter(head -> !columns.containsKey(head))
                .toList();
        if (!lacked.isEmpty() && (!mayLack || lacked.size() == known.size())) {
            throw new InvalidInputException(
                    file.name() + " has no column for " + lacked + " of the model, whose heads are "
                            + known.names() + ". Its columns are " + List.copyOf(columns.keySet())
                            + ": name those with labels like the heads, or choose with --head which heads to take");
        }
        if (!lacked.isEmpty()) {
            System.err.println(
                    file.name() + " has no column for " + lacked + " of the model: their labels are missing");
        }
        boolean isRowPerTag = columns.values().stream()
                .anyMatch(column -> column.images() && column.distinct() < column.rows() - column.missing());
        List<HeadColumn> found = new ArrayList<>();
        for (Head head : known) {
            ColumnSummary column = columns.get(head.name());
            if (column != null) {
                found.add(column(head, column, isRowPerTag));
            }
        }
        return found;
    }

    /** A head with its column, whose cells may have several tags, or images several rows. */
    private static HeadColumn column(Head head, ColumnSummary column, boolean isRowPerTag) {
        if (head.kind() == Head.Kind.SINGLE_LABEL) {
            return HeadColumn.singleLabel(head.name());
        }
        if (column.tags().isPresent()) {
            return column.head();
        }
        return isRowPerTag ? HeadColumn.tagPerRow(head.name()) : HeadColumn.tags(head.name());
    }

    private void requireOne() {
        long given = Stream.concat(tables(), folders.root().stream()).count();
        if (given != 1) {
            throw new InvalidInputException(
                    given > 1
                            ? "--csv, --folders, --coco and --label-studio each say where the images are: give one of them"
                            : "nothing says where the images are: give --csv FILE (a table), --folders DIR (a folder"
                                    + " for each category), --coco FILE or --label-studio FILE (what these export)");
        }
    }

    private ImageTableBuilder table(List<HeadColumn> columns) {
        ImageTableBuilder builder = InvalidInputException.check(() -> source(columns))
                .optMissingValues(missing)
                .optProgress(TerminalProgress.listener());
        for (HeadColumn column : columns) {
            builder.addHead(emptyTags.map(column::withEmptyTags).orElse(column));
        }
        for (ParentOption parent : parents) {
            if (parent.isNone()) {
                requireAlone();
                builder.optParentSearch(false);
            } else {
                builder.optParents(parent.child(), parent.parents().toArray(String[]::new));
            }
        }
        corrections.ifPresent(builder::optCorrections);
        if (usualMissing) {
            builder.optUsualMissingValues();
        }
        if (saysSplit()) {
            builder.optSplitColumn(splitColumn.orElse(FolderOptions.SPLIT));
        }
        return builder;
    }

    private void requireAlone() {
        if (parents.size() > 1) {
            throw new InvalidInputException("--parent none says that no head determines another, and another --parent"
                    + " says that one does: give one of them");
        }
    }

    private ImageTableBuilder source(List<HeadColumn> columns) {
        return folders.root().isPresent() ? folders.table(columns) : ImageTable.of(file());
    }

    private TableFile file() {
        TableFile file = form.applyTo(coco.map(TableFile::coco)
                .or(() -> labelStudio.map(TableFile::labelStudio))
                .orElseGet(() -> TableFile.of(csv.orElseThrow())));
        return pathsOutside ? file.withPathsOutside() : file;
    }

    private String columns() throws IOException {
        if (folders.root().isPresent()) {
            return "no --head is given: name what the folders in "
                    + folders.root().get() + " stand for, such as --head brand";
        }
        TableFile file = file();
        return new TableColumns(file.name(), file.columns()).toString();
    }
}
