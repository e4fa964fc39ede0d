package io.github.multilabel.cli.program;

import io.github.multilabel.data.table.ColumnSummary;
import io.github.multilabel.data.table.CsvFile;
import io.github.multilabel.data.table.EmptyTags;
import io.github.multilabel.data.table.HeadColumn;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.data.table.ImageTableBuilder;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** The options that say where the table is and what its columns mean. */
public final class TableOptions {

    @SuppressWarnings("NullAway.Init") // it is required
    @Option(
            names = "--csv",
            paramLabel = "FILE",
            required = true,
            description = "The table: a header and a row for each image; the separator of the cells is detected.")
    private Path csv;

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
            converter = HeadOption.class,
            description = "A head and the column with its labels; with multi, a cell has any number of them, such as"
                    + " 'tags:multi=|'. Repeat it, or separate several by commas; without any, the columns are listed.")
    private List<HeadColumn> heads = List.of();

    @Option(
            names = "--split-column",
            paramLabel = "COLUMN",
            description = "The column that says train, validation or test for each row (default: a random split).")
    private Optional<String> splitColumn = Optional.empty();

    @Option(
            names = "--validation",
            paramLabel = "FRACTION",
            description = "The fraction of the rows for validation, drawn at random so that every category is on both"
                    + " sides (default: 0.2, or as the split column says).")
    private Optional<Double> validation = Optional.empty();

    @Option(
            names = "--group-column",
            paramLabel = "COLUMN",
            description = "Rows with the same value in this column stay on one side of the split, such as all photos of"
                    + " one car; a split column is checked for that.")
    private Optional<String> groupColumn = Optional.empty();

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
            names = "--min-frequency",
            paramLabel = "N",
            description = "Categories with fewer training images become one, Other (default: ${DEFAULT-VALUE}, none).")
    private int minFrequency;

    @Option(
            names = "--empty-tags",
            paramLabel = "none|unknown",
            description = "The meaning of an empty cell of a multi head: no tag applies, or the label is missing"
                    + " (default: unknown).")
    private Optional<EmptyTags> emptyTags = Optional.empty();

    @Option(
            names = "--charset",
            paramLabel = "NAME",
            description = "The encoding of the table, such as windows-1252 (default: UTF-8, or as its byte order mark"
                    + " says).")
    private Optional<Charset> charset = Optional.empty();

    @Option(
            names = "--delimiter",
            paramLabel = "CHARACTER",
            description = "The separator of the cells (default: detected).")
    private Optional<Character> delimiter = Optional.empty();

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

    @Option(names = "--paths-outside", description = "Allows paths that lead outside of the images folder.")
    private boolean pathsOutside;

    /**
     * Reads the table.
     *
     * @param seed of the split, if one is drawn
     */
    public ImageTable table(long seed) throws IOException {
        CsvFile file = InvalidInputException.check(this::file);
        if (heads.isEmpty()) {
            throw new InvalidInputException(InvalidInputException.check(() -> columns(file)));
        }
        return InvalidInputException.check(() -> table(file, seed));
    }

    private ImageTable table(CsvFile file, long seed) throws IOException {
        ImageTableBuilder builder =
                ImageTable.csv(file).optMissingValues(missing).optProgress(TerminalProgress.listener());
        for (HeadColumn head : heads) {
            HeadColumn column = head.withMinFrequency(minFrequency);
            builder.addHead(emptyTags.map(column::withEmptyTags).orElse(column));
        }
        if (usualMissing) {
            builder.optUsualMissingValues();
        }
        splitColumn.ifPresent(builder::optSplitColumn);
        double drawn = validation.orElse(splitColumn.isPresent() ? 0 : 0.2);
        if (drawn != 0) {
            builder.optValidation(drawn).optSeed(seed);
        }
        groupColumn.ifPresent(builder::optGroupColumn);
        return builder.build();
    }

    private CsvFile file() {
        CsvFile file = CsvFile.of(csv);
        file = images.map(file::withImages).orElse(file);
        file = imageColumn.map(file::withImageColumn).orElse(file);
        file = charset.map(file::withCharset).orElse(file);
        file = delimiter.map(file::withDelimiter).orElse(file);
        file = extension.map(file::withExtension).orElse(file);
        file = downloads.map(file::withDownloads).orElse(file);
        return pathsOutside ? file.withPathsOutside() : file;
    }

    private String columns(CsvFile file) throws IOException {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "no --head is given. %s has these columns:%n%n%-24s %7s %7s  %s%n",
                csv,
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
        List<String> proposed = columns.stream()
                .filter(ColumnSummary::isHeadLike)
                .map(column -> "--head '" + quoted(column.name())
                        + column.tags().map(separator -> ":multi=" + separator).orElse("") + "'")
                .toList();
        text.append(
                proposed.isEmpty()
                        ? "\nnone looks like a head: none has 2 to 300 values that repeat"
                        : "\nthese look like heads: " + String.join(" ", proposed));
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

    /** A comma would end the name. */
    private static String quoted(String column) {
        return column.contains(",") ? '"' + column + '"' : column;
    }

    private static void propose(
            StringBuilder text, List<ColumnSummary> columns, Predicate<ColumnSummary> fits, String why, String option) {
        columns.stream()
                .filter(fits)
                .forEach(column -> text.append(String.format("%n%s: %s '%s'", why, option, column.name())));
    }
}
