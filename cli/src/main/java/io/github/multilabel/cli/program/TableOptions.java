package io.github.multilabel.cli.program;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.data.table.ColumnSummary;
import io.github.multilabel.data.table.CsvFile;
import io.github.multilabel.data.table.EmptyTags;
import io.github.multilabel.data.table.HeadColumn;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.data.table.ImageTableBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that say where a table of labelled images is, and what its columns mean. */
@Section("Images and labels")
public final class TableOptions {

    /** The level of folders that says the part of a split. */
    private static final String SPLIT = "split";

    /** The column of the file that has them. */
    private static final String COCO_CATEGORIES = "categories";

    private static final Set<String> TRAINING_PARTS = Set.of("train", "training");

    private static final Set<String> OTHER_PARTS = Set.of("val", "valid", "validation", "dev", "test");

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "A table: a header and a row for each image; the separator of the cells is detected. Or lines"
                    + " of JSON, an object for each image.")
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

    @Option(
            names = "--folders",
            paramLabel = "DIR",
            description = "In place of a table, a folder with a folder of images for each category; there may be"
                    + " folders train, val and test above them.")
    private Optional<Path> folders = Optional.empty();

    @Option(
            names = "--levels",
            split = ",",
            paramLabel = "NAME",
            description = "What each level of --folders stands for, the outermost first, such as split,brand,type"
                    + " (default: the heads, after split where there are folders train and val).")
    private List<String> levels = List.of();

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "The folder from which the paths in the table start (default: the folder of the table).")
    private Optional<Path> images = Optional.empty();

    @Option(
            names = "--image-column",
            paramLabel = "COLUMN",
            description = "The column with the images (default: the one whose values look like image files).")
    private Optional<String> imageColumn = Optional.empty();

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
            names = "--charset",
            paramLabel = "NAME",
            converter = CharsetName.class,
            description = "The encoding of the table, such as windows-1252 (default: UTF-8, or as its byte order mark"
                    + " says).")
    private Optional<Charset> charset = Optional.empty();

    @Option(
            names = "--delimiter",
            paramLabel = "CHARACTER",
            description = "The separator of the cells (default: detected).")
    private Optional<Character> delimiter = Optional.empty();

    @Option(
            names = "--no-header",
            description = "The first line of the table is a row; columns are named by their numbers, from 1, such as"
                    + " --head 2.")
    private boolean noHeader;

    @Option(
            names = "--extension",
            paramLabel = ".jpg",
            description = "The extension that is added to names of images that do not end with it.")
    private Optional<String> extension = Optional.empty();

    @Option(
            names = "--downloads",
            paramLabel = "DIR",
            description = "Allows images to be addresses (http, https), which are downloaded once into this folder.")
    private Optional<Path> downloads = Optional.empty();

    @Option(
            names = "--strip-prefix",
            paramLabel = "TEXT",
            description =
                    "What is cut from paths and addresses of images that begin so, such as /home/old/data/ in a table"
                            + " from another machine; what is left starts from --images.")
    private Optional<String> prefix = Optional.empty();

    @Option(
            names = "--base64-images",
            description =
                    "The images stand in the table as Base64; data:image/jpeg;base64,... is understood without this.")
    private boolean base64;

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
        return tables().map(Path::toString);
    }

    private Stream<Path> tables() {
        return Stream.of(csv, coco, labelStudio).flatMap(Optional::stream);
    }

    /**
     * Checks that a folder of results is not read as a folder of images the next time.
     *
     * @throws InvalidInputException if it is in the folder of the images
     */
    public void requireOutside(Path output) {
        if (folders.isPresent()
                && output.toAbsolutePath()
                        .normalize()
                        .startsWith(folders.get().toAbsolutePath().normalize())) {
            throw new InvalidInputException("--output " + output + " is inside of --folders " + folders.get()
                    + ", whose folders are categories; name a folder elsewhere");
        }
    }

    /** Whether rows say which part of a split they are in. */
    boolean saysSplit() {
        return splitColumn.isPresent() || isSplitIntoFolders();
    }

    /**
     * The table of these options, with their heads.
     *
     * @param change applied to each head's column
     * @throws InvalidInputException if an option has a wrong value, or no head is given
     */
    ImageTableBuilder table(UnaryOperator<HeadColumn> change) throws IOException {
        requireOne();
        if (named().isEmpty()) {
            throw new InvalidInputException(InvalidInputException.check(this::columns));
        }
        return table(named().stream().map(change).toList());
    }

    /** The heads as they were typed, and for {@code *} those that the table proposes. */
    private List<HeadColumn> named() throws IOException {
        if (heads.isEmpty() && coco.isPresent()) {
            return List.of(HeadColumn.tags(COCO_CATEGORIES));
        }
        if (heads.stream().noneMatch(TableOptions::isAll)) {
            return heads;
        }
        if (folders.isPresent()) {
            throw new InvalidInputException(
                    "--head '*' takes the columns of a table that look like labels; name what the folders in "
                            + folders.get() + " stand for, such as --head brand");
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
        System.err.println("--head '*' takes " + proposals(proposed));
        return all;
    }

    private static boolean isAll(HeadColumn head) {
        return head.column().equals(HeadOption.ALL);
    }

    /**
     * The table of these options, with the heads of a model.
     *
     * @throws InvalidInputException if an option has a wrong value, or says too little of a column with tags
     */
    public ImageTableBuilder table(HeadSet known) throws IOException {
        requireOne();
        return table(named(known)).optHeads(known);
    }

    /** The heads as they were typed, or those of a model that the table has. */
    private List<HeadColumn> named(HeadSet known) throws IOException {
        if (namesHeads()) {
            return heads;
        }
        if (heads.isEmpty() && coco.isEmpty()) {
            return known.stream().map(TableOptions::column).toList();
        }
        return named().stream()
                .filter(head -> known.names().contains(head.head()))
                .toList();
    }

    private void requireOne() {
        long given = Stream.concat(tables(), folders.stream()).count();
        if (given != 1) {
            throw new InvalidInputException(
                    given > 1
                            ? "--csv, --folders, --coco and --label-studio each say where the images are: give one of them"
                            : "nothing says where the images are: give --csv FILE (a table) or --folders DIR (a folder"
                                    + " for each category)");
        }
    }

    private static HeadColumn column(Head head) {
        if (head.kind() == Head.Kind.MULTI_LABEL) {
            throw new InvalidInputException("head '" + head.name() + "' of the model has any number of labels for an"
                    + " image: say what stands between them in a cell, such as --head '" + head.name()
                    + ":multi=|', and name the other heads too");
        }
        return HeadColumn.singleLabel(head.name());
    }

    private ImageTableBuilder table(List<HeadColumn> columns) {
        ImageTableBuilder builder = InvalidInputException.check(() -> source(columns))
                .optMissingValues(missing)
                .optProgress(TerminalProgress.listener());
        for (HeadColumn column : columns) {
            builder.addHead(emptyTags.map(column::withEmptyTags).orElse(column));
        }
        if (usualMissing) {
            builder.optUsualMissingValues();
        }
        if (isSplitIntoFolders()) {
            System.err.println("the folders " + splitFolders() + " are the parts of the split");
        }
        if (saysSplit()) {
            builder.optSplitColumn(splitColumn.orElse(SPLIT));
        }
        return builder;
    }

    private ImageTableBuilder source(List<HeadColumn> columns) {
        if (folders.isEmpty()) {
            return ImageTable.csv(file());
        }
        List<String> names = levels;
        if (names.isEmpty()) {
            names = Stream.concat(
                            isSplitIntoFolders() ? Stream.of(SPLIT) : Stream.empty(),
                            columns.stream().map(HeadColumn::column))
                    .toList();
        }
        return ImageTable.folders(folders.get(), names.toArray(String[]::new));
    }

    /** Whether the outermost folders are those of a split: by their levels, or by their names. */
    private boolean isSplitIntoFolders() {
        if (folders.isEmpty() || !levels.isEmpty()) {
            return levels.contains(SPLIT);
        }
        Set<String> names = splitFolders().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return TRAINING_PARTS.stream().anyMatch(names::contains) && !Collections.disjoint(names, OTHER_PARTS);
    }

    /** The names of the outermost folders that have images or folders of them, in order. */
    private List<String> splitFolders() {
        try (Stream<Path> entries = Files.list(folders.orElseThrow())) {
            return entries.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // reading the images says why
        }
    }

    private CsvFile file() {
        CsvFile file = coco.map(CsvFile::coco)
                .or(() -> labelStudio.map(CsvFile::labelStudio))
                .orElseGet(() -> CsvFile.of(csv.orElseThrow()));
        file = base64 ? file.withBase64Images() : file;
        file = images.map(file::withImages).orElse(file);
        file = imageColumn.map(file::withImageColumn).orElse(file);
        file = charset.map(file::withCharset).orElse(file);
        file = delimiter.map(file::withDelimiter).orElse(file);
        file = noHeader ? file.withoutHeader() : file;
        file = extension.map(file::withExtension).orElse(file);
        file = prefix.map(file::withoutPrefix).orElse(file);
        file = downloads.map(file::withDownloads).orElse(file);
        return pathsOutside ? file.withPathsOutside() : file;
    }

    private String columns() throws IOException {
        if (folders.isPresent()) {
            return "no --head is given: name what the folders in " + folders.get() + " stand for, such as --head brand";
        }
        return columns(file());
    }

    private String columns(CsvFile file) throws IOException {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "no --head is given. %s has these columns:%n%n%-24s %7s %7s  %s%n",
                file.name(),
                "column",
                "values",
                "missing",
                "examples"));
        List<ColumnSummary> columns = file.columns();
        for (ColumnSummary column : columns) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-24s %,7d %,7d  %s%n",
                    column.name(),
                    column.distinct(),
                    column.missing(),
                    String.join(", ", column.examples())));
        }
        List<ColumnSummary> proposed =
                columns.stream().filter(ColumnSummary::isHeadLike).toList();
        text.append(
                proposed.isEmpty()
                        ? "\nnone looks like a head: none has 2 to 300 values that repeat"
                        : "\nthese look like heads: " + proposals(proposed)
                                + (proposed.size() == 1 ? "" : "; --head '*' takes all of them"));
        propose(text, columns, ColumnSummary::split, "this one says train or validation", "--split-column");
        propose(
                text,
                columns,
                ColumnSummary::isGroupLike,
                "rows with the same value here may belong together",
                "--group-column");
        List<String> words = columns.stream()
                .filter(ColumnSummary::isHeadLike)
                .flatMap(column -> column.missingWords().stream())
                .distinct()
                .toList();
        if (!words.isEmpty()) {
            text.append("\nthese look like words for a missing label: ")
                    .append(String.join(" ", words))
                    .append(": --usual-na-values");
        }
        return text.toString();
    }

    private static String proposals(List<ColumnSummary> columns) {
        return columns.stream()
                .map(column -> "--head '" + quoted(column.name())
                        + column.tags()
                                .map(separator -> separator.isEmpty() ? ":multi" : ":multi=" + separator)
                                .orElse("")
                        + "'")
                .collect(Collectors.joining(" "));
    }

    /** A comma would end the name. */
    private static String quoted(String column) {
        return column.contains(",") ? '"' + column + '"' : column;
    }

    private static void propose(
            StringBuilder text, List<ColumnSummary> columns, Predicate<ColumnSummary> fits, String why, String option) {
        columns.stream()
                .filter(fits)
                .forEach(
                        column -> text.append(String.format(Locale.ROOT, "%n%s: %s '%s'", why, option, column.name())));
    }
}
