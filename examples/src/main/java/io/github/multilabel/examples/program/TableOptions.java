package io.github.multilabel.examples.program;

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
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** The options that say where the table is and what its columns mean. */
public final class TableOptions {

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            required = true,
            description = "the table: a header, then a row for each image; the separator is found out")
    private Path csv;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "what the paths in the table start from (default: the folder of the table)")
    private Path images;

    @Option(
            names = "--image-column",
            paramLabel = "COLUMN",
            description = "the column with the images (default: the one whose values look like image files)")
    private String imageColumn;

    @Option(
            names = "--head",
            paramLabel = "COLUMN[:multi=SEPARATOR]",
            converter = HeadOption.class,
            description = "a question and the column that answers it; with multi, a cell has any number of answers,"
                    + " such as 'tags:multi=|'. Give it once for each; without any, the columns are listed")
    private List<HeadColumn> heads = List.of();

    @Option(
            names = "--split-column",
            paramLabel = "COLUMN",
            description = "the column that says train, validation or test of each row (default: rows are drawn)")
    private String splitColumn;

    @Option(
            names = "--validation",
            paramLabel = "SHARE",
            description = "the share of the rows to judge by, drawn so that every category is on both sides (default:"
                    + " 0.2, or by the split column)")
    private Double validation;

    @Option(
            names = "--group-column",
            paramLabel = "COLUMN",
            description =
                    "rows with the same value here stay on one side, such as all photos of one car; beside a split"
                            + " column it is checked whether they do")
    private String groupColumn;

    @Option(
            names = "--na-values",
            split = ",",
            paramLabel = "TEXT",
            description = "a cell with this text, in any case, is a missing label, as an empty one is; such as NA,?")
    private List<String> missing = List.of();

    @Option(
            names = "--usual-na-values",
            description = "cells with the usual words for nothing are missing labels: nan, NA, N/A, None, NULL, \\N,"
                    + " #N/A, unknown, ?, - and such (default: they are categories, and a warning tells of them)")
    private boolean usualMissing;

    @Option(
            names = "--min-frequency",
            paramLabel = "N",
            defaultValue = "0",
            description = "categories with fewer training images become one, Other (default: ${DEFAULT-VALUE}, none)")
    private int minFrequency;

    @Option(
            names = "--empty-tags",
            paramLabel = "none|unknown",
            defaultValue = "unknown",
            description = "what an empty cell of a multi head says: that no tag applies, or nothing (default:"
                    + " ${DEFAULT-VALUE})")
    private EmptyTags emptyTags;

    @Option(
            names = "--charset",
            paramLabel = "NAME",
            description = "how the table is encoded, such as windows-1252 (default: UTF-8, or by its byte order mark)")
    private Charset charset;

    @Option(
            names = "--delimiter",
            paramLabel = "CHARACTER",
            description = "what separates the cells (default: found out)")
    private Character delimiter;

    @Option(
            names = "--extension",
            paramLabel = ".jpg",
            description = "what is added to the names of images that do not end so")
    private String extension;

    @Option(
            names = "--downloads",
            paramLabel = "DIR",
            description = "allows addresses (http, https) of images; they are fetched once and kept here")
    private Path downloads;

    @Option(names = "--paths-outside", description = "allows paths that lead outside of the images folder")
    private boolean pathsOutside;

    /** Reads the table. */
    public ImageTable table(long seed) throws IOException {
        CsvFile file = file();
        if (heads.isEmpty()) {
            throw new IllegalArgumentException(columns(file));
        }
        ImageTableBuilder builder =
                ImageTable.csv(file).optMissingValues(missing).optProgress(TerminalProgress.listener());
        heads.forEach(
                head -> builder.addHead(head.withMinFrequency(minFrequency).withEmptyTags(emptyTags)));
        if (usualMissing) {
            builder.optUsualMissingValues();
        }
        if (splitColumn != null) {
            builder.optSplitColumn(splitColumn);
        }
        double drawn = validation != null ? validation : splitColumn == null ? 0.2 : 0;
        if (drawn != 0) {
            builder.optValidation(drawn).optSeed(seed);
        }
        if (groupColumn != null) {
            builder.optGroupColumn(groupColumn);
        }
        return builder.build();
    }

    private CsvFile file() {
        CsvFile file = CsvFile.of(csv);
        file = images == null ? file : file.withImages(images);
        file = imageColumn == null ? file : file.withImageColumn(imageColumn);
        file = charset == null ? file : file.withCharset(charset);
        file = delimiter == null ? file : file.withDelimiter(delimiter);
        file = extension == null ? file : file.withExtension(extension);
        file = downloads == null ? file : file.withDownloads(downloads);
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
                .map(column -> "--head '" + column.name()
                        + column.tags().map(separator -> ":multi=" + separator).orElse("") + "'")
                .toList();
        text.append(
                proposed.isEmpty()
                        ? "\nnone looks like a question: none has 2 to 300 values that repeat"
                        : "\nthese look like questions: " + String.join(" ", proposed));
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

    private static void propose(
            StringBuilder text, List<ColumnSummary> columns, Predicate<ColumnSummary> fits, String why, String option) {
        columns.stream()
                .filter(fits)
                .forEach(column -> text.append(String.format("%n%s: %s '%s'", why, option, column.name())));
    }
}
